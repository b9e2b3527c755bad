import { expect } from 'chai'
import { parseResponse } from '../../../assertions/contract'
import { type EventName, events } from '../contract'
import { type Observed, Observer } from '../observer'
import { isSame } from '../places'
import type { OrbitalState } from '../state'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** From now on another service hears everything. */
export async function listen(state: OrbitalState): Promise<void> {
  const observer = await Observer.open(state.world.access, state.exchange)
  state.world.closeAfterScenario(() => observer.close())
  state.observer = observer
}

async function heard(state: OrbitalState, who: string, name: EventName): Promise<Observed[]> {
  const { userId } = await state.person(who)
  await state.listening.catchUp()
  return state.listening.about(userId, name)
}

function expectWellFormed({ key, body, properties }: Observed): void {
  parseResponse<unknown>(events[key as EventName], body, `the event ${key}`)
  expect(properties.contentType, `the content type of ${key}`).to.equal('application/json')
  expect(properties.deliveryMode, `whether ${key} outlives a restart of the broker`).to.equal(2)
  expect(String(properties.messageId), `the id of ${key}`).to.match(UUID)
  expect(properties.timestamp, `when ${key} was sent`).to.be.a('number')
}

/** Exactly one event for each report, with its very position. */
export async function expectPositionsTold(state: OrbitalState, who: string): Promise<void> {
  const places = state.placesOf(who)
  const told = await heard(state, who, 'courier.location')
  expect(told, `positions of ${who} that other services learnt`).to.have.length(places.length)
  for (const event of told) expectWellFormed(event)
  for (const place of places) {
    const found = told.some(({ body: { latitude, longitude, recorded_at } }) =>
      isSame(place, { latitude, longitude }, recorded_at),
    )
    expect(found, `other services learnt of ${JSON.stringify(place)}`).to.equal(true)
  }
}

export async function expectStatusTold(state: OrbitalState, who: string, from: string, to: string): Promise<void> {
  const told = await heard(state, who, 'courier.status_changed')
  expect(told, `changes of ${who} that other services learnt`).to.have.length(1)
  for (const event of told) {
    expectWellFormed(event)
    expect(event.body, 'the change').to.include({ from, to })
  }
}

export async function expectNothingTold(state: OrbitalState, who: string): Promise<void> {
  for (const name of Object.keys(events) as EventName[])
    expect(await heard(state, who, name), `${name} of ${who} that other services learnt`).to.have.length(0)
}

export async function expectCompletionTold(state: OrbitalState, who: string, title: string): Promise<void> {
  const told = await heard(state, who, 'delivery.completed')
  expect(told, `completions of ${who} that other services learnt`).to.have.length(1)
  for (const event of told) {
    expectWellFormed(event)
    expect(event.body.delivery_id, 'the delivery that was completed').to.equal(state.deliveries.recall(title))
  }
}
