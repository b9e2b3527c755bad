import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { ApiError } from '../../../http/errors'
import { BAD_REPORTS, isSame, isWithin, somewhere } from '../places'
import { cacheKey, cacheOf, deleteCached } from '../servers'
import type { OrbitalState, Place } from '../state'

const LONGEST_CACHED = 300

/** Reports somewhere new; the place is remembered once it was accepted. */
export async function reportPosition(state: OrbitalState, who: string, { minutesAgo = 0, address }: How = {}): Promise<void> {
  const place = somewhere((await state.person(who)).district, minutesAgo)
  state.answer = await (await state.reporter(who, address)).report(place)
  state.placesOf(who).push(place)
}

interface How {
  minutesAgo?: number
  /** Of the backend; by default the one the scenario is about. */
  address?: string
}

/** Past the scenario's own backend, to the one that all scenarios share. */
export function reportToSharedBackend(state: OrbitalState, who: string): Promise<void> {
  return reportPosition(state, who, { address: state.world.access.address })
}

/** One report a second, the newest last in time but sent in any order. */
export async function reportAtOnce(state: OrbitalState, who: string, count: number): Promise<void> {
  const client = await state.reporter(who)
  const { district } = await state.person(who)
  const now = Date.now()
  const places = Array.from({ length: count }, (_, at): Place => {
    return { ...somewhere(district), recorded_at: new Date(now - at * 1_000).toISOString() }
  })
  await Promise.all(places.map((place) => client.report(place)))
  state.placesOf(who).push(...places.reverse())
}

export async function tryToReport(state: OrbitalState, who: string, what?: string): Promise<void> {
  const { district } = await state.person(who)
  const report = what === undefined ? somewhere(district) : BAD_REPORTS[what]?.(district)
  if (!report) throw new Error(`No bad report is called "${what}"; there are ${Object.keys(BAD_REPORTS).join(', ')}.`)
  const client = await state.reporter(who)
  await state.world.attempt(() => client.report(report))
}

export function expectPlainAcceptance(state: OrbitalState): void {
  expect(state.answer?.status, 'the status of the answer').to.equal(204)
  expect(state.answer?.data ?? '', 'the body of the answer').to.equal('')
}

/** What the backend shows, whichever server it took it from. */
export async function expectShownAt(state: OrbitalState, who: string, which: 'last' | 'first' = 'last'): Promise<void> {
  const place = lastOf(state, who, which)
  const { userId } = await state.person(who)
  await eventually(async () => {
    const { user_id, location } = await (await state.as(who)).courier()
    expect(user_id, `whose position is shown to ${who}`).to.equal(Number(userId))
    if (!location) expect.fail(`no position is shown to ${who}`)
    expect(
      isSame(place, location, location.reported_at),
      `${JSON.stringify(location)} is where ${who} was: ${JSON.stringify(place)}`,
    ).to.equal(true)
  })
}

export function lastOf(state: OrbitalState, who: string, which: 'last' | 'first' = 'last'): Place {
  const place = state.placesOf(who).at(which === 'last' ? -1 : 0)
  if (!place) throw new Error(`${who} has reported nothing in this scenario.`)
  return place
}

export async function expectCached(state: OrbitalState, who: string, most = LONGEST_CACHED): Promise<void> {
  const place = lastOf(state, who)
  const { userId } = await state.person(who)
  const [cache, key] = [await cacheOf(state.world.access), cacheKey(state.world.access, userId)]
  const [text, seconds] = await Promise.all([cache.get(key), cache.ttl(key)])
  const cached = JSON.parse(text ?? '{}') as { latitude?: number; longitude?: number }
  expect(cached, `the cached position of ${who}`).to.include({ latitude: place.latitude, longitude: place.longitude })
  expect(seconds, 'seconds until the cached position expires').to.be.within(most - 30, most)
}

export async function forgetCached(state: OrbitalState, who: string): Promise<void> {
  const { userId, district } = await state.person(who)
  const { access } = state.world
  const text = await (await cacheOf(access)).get(cacheKey(access, userId))
  if (text === null) return
  expect(isWithin(district, JSON.parse(text) as object), `the cached position of ${who}, ${text}, is one she reported`).to.equal(
    true,
  )
  await deleteCached(access, userId, text)
}

export async function askHistory(state: OrbitalState, who: string, limit?: number): Promise<void> {
  state.history = await (await state.as(who)).history(limit)
}

export async function tryToAskHistory(state: OrbitalState, who: string, limit: number): Promise<void> {
  const client = await state.as(who)
  await state.world.attempt(() => client.history(limit))
}

/** The latest reports and nothing else, newest first. */
export function expectHistory(state: OrbitalState, who: string, count: number): void {
  const newest = [...state.placesOf(who)].sort((one, other) => other.recorded_at.localeCompare(one.recorded_at))
  expect(state.history, 'entries of the history').to.have.length(count)
  for (const [at, item] of state.history.entries()) {
    const place = newest[at]
    expect(place && isSame(place, item, item.recorded_at), `entry ${at + 1} of the history, newest first`).to.equal(true)
  }
}

/** A server that is gone is no refusal: nobody is to blame but the backend. */
export async function tryToReportWhileDown(state: OrbitalState, who: string): Promise<void> {
  try {
    await (await state.reporter(who)).report(somewhere((await state.person(who)).district))
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    state.outcomes.push({ call: 'report a position', refusal: error, challenge: undefined })
    return
  }
  state.outcomes.push({ call: 'report a position', refusal: undefined, challenge: undefined })
}

export function expectUnavailable(state: OrbitalState): void {
  expect(state.outcomes.at(-1)?.refusal?.status, 'the status of the answer').to.equal(503)
}

export async function reportOnceBack(state: OrbitalState, who: string): Promise<void> {
  await eventually(async () => {
    await tryToReportBack(state, who)
  })
}

async function tryToReportBack(state: OrbitalState, who: string): Promise<void> {
  try {
    await reportPosition(state, who)
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 503)) throw error
    expect.fail(`the report of ${who} is still answered with 503`)
  }
}
