import { expect } from 'chai'
import { parseResponse } from '../../../assertions/contract'
import { type EventName, events } from '../contract'
import { type Observed, Observer } from '../observer'
import { isSame } from '../places'
import type { OrbitalState } from '../state'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** Clocks of two machines may differ by this much, in milliseconds. */
const CLOCK_SKEW = 60_000

/** From now on another service receives every event. */
export async function subscribe(state: OrbitalState): Promise<void> {
  const observer = await Observer.open(state.world.access, state.exchange)
  state.world.closeAfterScenario(() => observer.close())
  state.observer = observer
}

/** All events about the person, so that an unexpected event fails. */
async function receivedAbout(state: OrbitalState, who: string): Promise<Observed[]> {
  const { userId } = await state.person(who)
  await state.subscribed.catchUp()
  return state.subscribed.about(userId)
}

/** @param allowed another event that the same action may cause */
async function expectOnly(
  state: OrbitalState,
  who: string,
  name: EventName,
  { count = 1, what, allowed }: { count?: number; what: string; allowed?: EventName },
): Promise<Observed[]> {
  const received = await receivedAbout(state, who)
  const named = received.filter(({ key }) => key === name)
  expect(named, `${what} of ${who} that other services received`).to.have.length(count)
  expect(
    received.filter(({ key }) => key !== name && key !== allowed).map(({ key }) => key),
    `other events about ${who}`,
  ).to.deep.equal([])
  for (const event of named) expectWellFormed(state, event)
  const ids = named.map(({ properties }) => String(properties.messageId))
  expect(new Set(ids).size, `different message ids of ${what}`).to.equal(ids.length)
  return named
}

function expectWellFormed(state: OrbitalState, { key, body, properties }: Observed): void {
  parseResponse<unknown>(events[key as EventName], body, `the event ${key}`)
  expect(properties.contentType, `the content type of ${key}`).to.equal('application/json')
  expect(properties.deliveryMode, `whether ${key} is persistent`).to.equal(2)
  expect(String(properties.messageId), `the message id of ${key}`).to.match(UUID)
  expectWithinScenario(state, Number(properties.timestamp) * 1_000, `when ${key} was published`)
}

/** Times set by the server are between the scenario's beginning and now. */
export function expectWithinScenario(state: OrbitalState, time: number | string, what: string): void {
  const at = new Date(time).getTime()
  expect(at, `${what}, ${time}, which lies within the scenario`).to.be.within(
    state.startedAt - CLOCK_SKEW,
    Date.now() + CLOCK_SKEW,
  )
}

/** Exactly one event for each report, with its very position. */
export async function expectPositions(state: OrbitalState, who: string): Promise<void> {
  const places = state.placesOf(who)
  const received = await expectOnly(state, who, 'courier.location', { count: places.length, what: 'positions' })
  for (const place of places) {
    const found = received.some(({ body: { latitude, longitude, recorded_at } }) =>
      isSame(place, { latitude, longitude }, recorded_at),
    )
    expect(found, `other services received ${JSON.stringify(place)}`).to.equal(true)
  }
}

export async function expectStatusChange(state: OrbitalState, who: string, from: string, to: string): Promise<void> {
  for (const { body } of await expectOnly(state, who, 'courier.status_changed', { what: 'changes' }))
    expect(body, 'the change').to.include({ from, to })
}

export async function expectNone(state: OrbitalState, who: string): Promise<void> {
  expect(
    (await receivedAbout(state, who)).map(({ key }) => key),
    `events about ${who} that other services received`,
  ).to.deep.equal([])
}

export async function expectCompletion(state: OrbitalState, who: string, title: string): Promise<void> {
  // A backend may announce that the courier is online again as well.
  const expected = { what: 'completions', allowed: 'courier.status_changed' } as const
  for (const { body } of await expectOnly(state, who, 'delivery.completed', expected)) {
    expect(body.delivery_id, 'the delivery that was completed').to.equal(state.deliveries.recall(title))
    expectWithinScenario(state, String(body.delivered_at), 'the time of delivery in the event')
  }
}
