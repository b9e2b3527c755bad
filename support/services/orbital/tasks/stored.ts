import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { deleteCached, readCached } from '../cached-positions'
import { fieldAt, layoutOf } from '../layout'
import { isSame, isWithin } from '../places'
import { historyOf, sql } from '../servers'
import type { OrbitalState, Place } from '../state'

/** Seconds of its lifetime that may have passed when a key is read. */
const SPENT = 30

interface CourierRow {
  status: string
  last_latitude: number | null
  last_longitude: number | null
  last_seen_at: Date | null
}

async function rowOf(state: OrbitalState, who: string): Promise<CourierRow> {
  const { userId } = await state.person(who)
  const columns = 'status, last_latitude, last_longitude, last_seen_at'
  const select = `select ${columns} from self_delivery.couriers where user_id = $1`
  const [row] = await sql<CourierRow>(state.world.access, select, [userId])
  if (!row) throw new Error(`${who} is not a courier.`)
  return row
}

/** In the courier's row, read from the database itself. */
export async function expectRow(state: OrbitalState, who: string): Promise<void> {
  const place = state.newestOf(who)
  const row = await rowOf(state, who)
  const stored = { latitude: row.last_latitude, longitude: row.last_longitude }
  expect(
    isSame(place, stored, row.last_seen_at?.toISOString()),
    `the row of ${who}: ${JSON.stringify(row)} is ${JSON.stringify(place)}`,
  ).to.equal(true)
}

interface Documented {
  latitude: unknown
  longitude: unknown
  at: string
}

async function documentsOf(state: OrbitalState, who: string): Promise<Documented[]> {
  const { userId } = await state.person(who)
  const { history: names } = layoutOf(state.world.access)
  const found = await (await historyOf(state.world.access)).find({ [names.user_id]: { $in: [Number(userId), userId] } }).toArray()
  return found.map((document) => {
    const at = fieldAt(document, names.recorded_at)
    return {
      latitude: fieldAt(document, names.latitude),
      longitude: fieldAt(document, names.longitude),
      at: at instanceof Date ? at.toISOString() : String(at),
    }
  })
}

/** Exactly one document for each report. */
export async function expectDocuments(state: OrbitalState, who: string): Promise<void> {
  const places = state.placesOf(who)
  const documents = await documentsOf(state, who)
  expect(documents, `documents in the history of ${who}`).to.have.length(places.length)
  for (const place of places)
    expect(
      documents.some((one) => isSame(place, one, one.at)),
      `a document for ${JSON.stringify(place)} among ${JSON.stringify(documents)}`,
    ).to.equal(true)
}

export async function expectCached(state: OrbitalState, who: string, lifetime: number): Promise<void> {
  const place: Place = state.newestOf(who)
  const { userId } = await state.person(who)
  const cached = await readCached(state.world.access, userId)
  if (!cached) expect.fail(`the cached position of ${who}: there is none`)
  const { latitude, longitude, reportedAt, tolerance, secondsLeft } = cached
  expect(latitude, `the latitude of the cached position of ${who}`).to.be.closeTo(place.latitude, tolerance)
  expect(longitude, `the longitude of the cached position of ${who}`).to.be.closeTo(place.longitude, tolerance)
  if (reportedAt !== undefined)
    expect(timeOf(reportedAt), `the time of the cached position of ${who}`).to.equal(new Date(place.recorded_at).getTime())
  expect(secondsLeft, 'seconds until the cached position expires').to.be.within(lifetime - SPENT, lifetime)
}

/** ISO 8601, or seconds or milliseconds since 1970. */
function timeOf(value: unknown): number {
  const number = Number(value)
  if (Number.isNaN(number)) return new Date(String(value)).getTime()
  return number < 1e11 ? number * 1_000 : number
}

export async function removeCached(state: OrbitalState, who: string): Promise<void> {
  const { userId, district } = await state.person(who)
  const cached = await readCached(state.world.access, userId)
  if (!cached) return
  const isReported = isWithin(district, cached, cached.tolerance)
  expect(isReported, `the cached position of ${who}, ${cached.raw.join(' ')}, is one ${who} reported`).to.equal(true)
  await deleteCached(state.world.access, userId, cached)
}

/** Neither a row's position, nor, where the suite has access to those servers, a document or a cached position. */
export async function expectNothing(state: OrbitalState, who: string): Promise<void> {
  const { access } = state.world
  const { userId } = await state.person(who)
  const nowhere = { last_latitude: null, last_longitude: null, last_seen_at: null }
  expect(await rowOf(state, who), `the row of ${who}`).to.include(nowhere)
  if (access.setting('ORBITAL_MONGODB_URL'))
    expect(await documentsOf(state, who), `documents in the history of ${who}`).to.deep.equal([])
  if (access.setting('ORBITAL_REDIS_URL'))
    expect(await readCached(access, userId), `the cached position of ${who}`).to.equal(undefined)
}

export async function expectStatus(state: OrbitalState, who: string, status: string): Promise<void> {
  const { userId } = await state.person(who)
  await eventually(async () => {
    const courier = await (await state.as(who)).courier()
    expect(courier.user_id, `whose status is shown to ${who}`).to.equal(Number(userId))
    expect(courier.status, `the status shown to ${who}`).to.equal(status)
    expect((await rowOf(state, who)).status, `the status of ${who} in the database`).to.equal(status)
  })
}
