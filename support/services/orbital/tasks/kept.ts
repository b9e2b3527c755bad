import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { isSame } from '../places'
import { cacheKey, cacheOf, type HistoryDocument, historyOf, sql } from '../servers'
import type { OrbitalState, Place } from '../state'
import { lastOf } from './location'

interface CourierRow {
  status: string
  last_latitude: number | null
  last_longitude: number | null
  last_seen_at: Date | null
}

async function rowOf(state: OrbitalState, who: string): Promise<CourierRow> {
  const { userId } = await state.person(who)
  const columns = 'status, last_latitude, last_longitude, last_seen_at'
  const [row] = await sql<CourierRow>(state.world.access, `select ${columns} from self_delivery.couriers where user_id = $1`, [
    userId,
  ])
  if (!row) throw new Error(`${who} is no courier.`)
  return row
}

async function documentsOf(state: OrbitalState, who: string): Promise<HistoryDocument[]> {
  const { userId } = await state.person(who)
  return (await historyOf(state.world.access)).find({ user_id: Number(userId) }).toArray()
}

/** In the courier's row, as the database itself tells it. */
export async function expectRowAt(state: OrbitalState, who: string, which: 'last' | 'first' = 'last'): Promise<void> {
  const place = lastOf(state, who, which)
  const row = await rowOf(state, who)
  const stored = { latitude: row.last_latitude, longitude: row.last_longitude }
  expect(
    isSame(place, stored, row.last_seen_at?.toISOString()),
    `the row of ${who}: ${JSON.stringify(row)} is ${JSON.stringify(place)}`,
  ).to.equal(true)
}

/** One document for each report, and none besides. */
export async function expectDocuments(state: OrbitalState, who: string): Promise<void> {
  const places = state.placesOf(who)
  const documents = await documentsOf(state, who)
  expect(documents, `documents in the history of ${who}`).to.have.length(places.length)
  for (const place of places)
    expect(
      documents.some((one) => isDocumentOf(place, one)),
      `a document for ${JSON.stringify(place)}`,
    ).to.equal(true)
}

function isDocumentOf(place: Place, { latitude, longitude, recorded_at }: HistoryDocument): boolean {
  return isSame(place, { latitude, longitude }, recorded_at.toISOString())
}

export async function expectNothingNoted(state: OrbitalState, who: string): Promise<void> {
  const nowhere = { last_latitude: null, last_longitude: null, last_seen_at: null }
  expect(await rowOf(state, who), `the row of ${who}`).to.include(nowhere)
}

/** Neither row nor document nor cached position. */
export async function expectNothingKept(state: OrbitalState, who: string): Promise<void> {
  const { userId } = await state.person(who)
  await expectNothingNoted(state, who)
  expect(await documentsOf(state, who), `documents in the history of ${who}`).to.have.length(0)
  const cached = await (await cacheOf(state.world.access)).exists(cacheKey(state.world.access, userId))
  expect(cached, `cached positions of ${who}`).to.equal(0)
}

export async function expectStatus(state: OrbitalState, who: string, status: string): Promise<void> {
  await eventually(async () => {
    const courier = await (await state.as(who)).courier()
    expect(courier.status, `the status shown to ${who}`).to.equal(status)
    expect((await rowOf(state, who)).status, `the status of ${who} in the database`).to.equal(status)
  })
}
