import { expect } from 'chai'
import { ApiError } from '../../core/errors'
import { eventually } from '../../core/eventually'
import { BAD_REPORTS, isSame, isWithin, somewhere } from './places'
import type { OrbitalScene, Place } from './scene'
import { cacheKey, cacheOf, deleteCached } from './servers'

const LONGEST_CACHED = 300

/** Reports somewhere new; the place is remembered once it was accepted. */
export async function reportPosition(scene: OrbitalScene, who: string, { minutesAgo = 0, address }: How = {}): Promise<void> {
  const place = somewhere((await scene.person(who)).district, minutesAgo)
  scene.answer = await (await scene.reporter(who, address)).report(place)
  scene.placesOf(who).push(place)
}

interface How {
  minutesAgo?: number
  /** Of the backend; by default the one the scenario is about. */
  address?: string
}

/** Past the scenario's own backend, to the one that all scenarios share. */
export function reportToSharedBackend(scene: OrbitalScene, who: string): Promise<void> {
  return reportPosition(scene, who, { address: scene.world.access.address })
}

/** One report a second, the newest last in time but sent in any order. */
export async function reportAtOnce(scene: OrbitalScene, who: string, count: number): Promise<void> {
  const client = await scene.reporter(who)
  const { district } = await scene.person(who)
  const now = Date.now()
  const places = Array.from({ length: count }, (_, at): Place => {
    return { ...somewhere(district), recorded_at: new Date(now - at * 1_000).toISOString() }
  })
  await Promise.all(places.map((place) => client.report(place)))
  scene.placesOf(who).push(...places.reverse())
}

export async function tryToReport(scene: OrbitalScene, who: string, what?: string): Promise<void> {
  const { district } = await scene.person(who)
  const report = what === undefined ? somewhere(district) : BAD_REPORTS[what]?.(district)
  if (!report) throw new Error(`No bad report is called "${what}"; there are ${Object.keys(BAD_REPORTS).join(', ')}.`)
  const client = await scene.reporter(who)
  await scene.world.attempt(() => client.report(report))
}

export function expectPlainAcceptance(scene: OrbitalScene): void {
  expect(scene.answer?.status, 'the status of the answer').to.equal(204)
  expect(scene.answer?.data ?? '', 'the body of the answer').to.equal('')
}

/** What the backend shows, whichever server it took it from. */
export async function expectShownAt(scene: OrbitalScene, who: string, which: 'last' | 'first' = 'last'): Promise<void> {
  const place = lastOf(scene, who, which)
  const { userId } = await scene.person(who)
  await eventually(async () => {
    const { user_id, location } = await (await scene.as(who)).courier()
    expect(user_id, `whose position is shown to ${who}`).to.equal(Number(userId))
    if (!location) expect.fail(`no position is shown to ${who}`)
    expect(
      isSame(place, location, location.reported_at),
      `${JSON.stringify(location)} is where ${who} was: ${JSON.stringify(place)}`,
    ).to.equal(true)
  })
}

export function lastOf(scene: OrbitalScene, who: string, which: 'last' | 'first' = 'last'): Place {
  const place = scene.placesOf(who).at(which === 'last' ? -1 : 0)
  if (!place) throw new Error(`${who} has reported nothing in this scenario.`)
  return place
}

export async function expectCached(scene: OrbitalScene, who: string, most = LONGEST_CACHED): Promise<void> {
  const place = lastOf(scene, who)
  const { userId } = await scene.person(who)
  const [cache, key] = [await cacheOf(scene.world.access), cacheKey(scene.world.access, userId)]
  const [text, seconds] = await Promise.all([cache.get(key), cache.ttl(key)])
  const cached = JSON.parse(text ?? '{}') as { latitude?: number; longitude?: number }
  expect(cached, `the cached position of ${who}`).to.include({ latitude: place.latitude, longitude: place.longitude })
  expect(seconds, 'seconds until the cached position expires').to.be.within(most - 30, most)
}

export async function forgetCached(scene: OrbitalScene, who: string): Promise<void> {
  const { userId, district } = await scene.person(who)
  const { access } = scene.world
  const text = await (await cacheOf(access)).get(cacheKey(access, userId))
  if (text === null) return
  expect(isWithin(district, JSON.parse(text) as object), `the cached position of ${who}, ${text}, is one she reported`).to.equal(
    true,
  )
  await deleteCached(access, userId, text)
}

export async function askHistory(scene: OrbitalScene, who: string, limit?: number): Promise<void> {
  scene.history = await (await scene.as(who)).history(limit)
}

export async function tryToAskHistory(scene: OrbitalScene, who: string, limit: number): Promise<void> {
  const client = await scene.as(who)
  await scene.world.attempt(() => client.history(limit))
}

/** The latest reports and nothing else, newest first. */
export function expectHistory(scene: OrbitalScene, who: string, count: number): void {
  const newest = [...scene.placesOf(who)].sort((one, other) => other.recorded_at.localeCompare(one.recorded_at))
  expect(scene.history, 'entries of the history').to.have.length(count)
  for (const [at, item] of scene.history.entries()) {
    const place = newest[at]
    expect(place && isSame(place, item, item.recorded_at), `entry ${at + 1} of the history, newest first`).to.equal(true)
  }
}

/** A server that is gone is no refusal: nobody is to blame but the backend. */
export async function tryToReportWhileDown(scene: OrbitalScene, who: string): Promise<void> {
  try {
    await (await scene.reporter(who)).report(somewhere((await scene.person(who)).district))
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    scene.outcomes.push({ call: 'report a position', refusal: error, challenge: undefined })
    return
  }
  scene.outcomes.push({ call: 'report a position', refusal: undefined, challenge: undefined })
}

export function expectUnavailable(scene: OrbitalScene): void {
  expect(scene.outcomes.at(-1)?.refusal?.status, 'the status of the answer').to.equal(503)
}

export async function reportOnceBack(scene: OrbitalScene, who: string): Promise<void> {
  await eventually(async () => {
    await tryToReportBack(scene, who)
  })
}

async function tryToReportBack(scene: OrbitalScene, who: string): Promise<void> {
  try {
    await reportPosition(scene, who)
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 503)) throw error
    expect.fail(`the report of ${who} is still answered with 503`)
  }
}
