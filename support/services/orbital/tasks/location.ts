import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { ApiError } from '../../../http/errors'
import type { Reports } from '../parameter-types'
import { FLAWED_REPORTS, isSame, somewhere } from '../places'
import type { OrbitalState, Place } from '../state'

/** Reports new positions, a second apart and all at once; they are remembered once they were accepted. */
export async function report(state: OrbitalState, who: string, reports: Reports): Promise<void> {
  const { count, minutesAgo, isShared, isRetried } = reports
  const { district } = await state.person(who)
  const newest = Date.now() - minutesAgo * 60_000
  const places = Array.from({ length: count }, (_, at): Place => {
    return { ...somewhere(district), recorded_at: new Date(newest - at * 1_000).toISOString() }
  })
  const client = await state.reporter(who, isShared ? state.world.access.address : undefined)
  const send = async (place: Place): Promise<void> => {
    state.result = await client.report(place)
  }
  await Promise.all(places.map((place) => (isRetried ? eventually(() => retried(send, place)) : send(place))))
  state.placesOf(who).push(...places)
}

/** Throws an assertion error while the backend is unavailable, so that the call is repeated. */
async function retried(send: (place: Place) => Promise<void>, place: Place): Promise<void> {
  try {
    await send(place)
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 503)) throw error
    expect.fail('the backend is still unavailable for reports')
  }
}

/** An unavailable backend does not refuse the report but requests a retry. @param flaw of the report, if any */
export async function tryToReport(state: OrbitalState, who: string, flaw?: string): Promise<void> {
  const { district } = await state.person(who)
  const body = flaw === undefined ? somewhere(district) : FLAWED_REPORTS[flaw]?.(district)
  if (!body) throw new Error(`There is no report with ${flaw}; there are ${Object.keys(FLAWED_REPORTS).join(', ')}.`)
  const client = await state.reporter(who)
  state.unavailable = undefined
  await state.world.attempt(async () => {
    try {
      await client.report(body)
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 503)) throw error
      state.unavailable = error
    }
  })
}

export function expectUnavailable({ unavailable }: OrbitalState): void {
  if (!unavailable) expect.fail('the report was not rejected as unavailable')
  expect(unavailable.failure.says ?? '', 'why the backend asks to try again later').to.match(/broker|unavailable|try again/i)
}

export function expectAccepted({ result }: OrbitalState): void {
  expect(result?.status, 'the status of the response to the report').to.equal(204)
  expect(result?.data ?? '', 'the body of the response to the report').to.equal('')
}

/** What the API returns, whichever server it reads it from. */
export async function expectShown(state: OrbitalState, who: string): Promise<void> {
  const place = state.newestOf(who)
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

export async function readHistory(state: OrbitalState, who: string, limit?: number): Promise<void> {
  state.history = await (await state.as(who)).history(limit)
}

export async function tryToReadHistory(state: OrbitalState, who: string, limit?: number): Promise<void> {
  const client = await state.as(who)
  await state.world.attempt(() => client.history(limit))
}

/** Exactly the newest positions, newest first. */
export function expectHistory(state: OrbitalState, who: string, count: number): void {
  const newest = [...state.placesOf(who)].sort((one, other) => other.recorded_at.localeCompare(one.recorded_at))
  expect(state.history, 'entries of the history').to.have.length(count)
  for (const [at, item] of state.history.entries()) {
    const place = newest[at]
    expect(place && isSame(place, item, item.recorded_at), `entry ${at + 1} of the history, newest first`).to.equal(true)
  }
}
