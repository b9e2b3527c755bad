import { expect } from 'chai'
import { eventually } from '../../core/eventually'
import { isSame } from './places'
import type { OrbitalScene, Place } from './scene'
import { cacheKey, cacheOf, type HistoryDocument, historyOf, sql } from './servers'
import { lastOf } from './tasks-location'

interface CourierRow {
  status: string
  last_latitude: number | null
  last_longitude: number | null
  last_seen_at: Date | null
}

async function rowOf(scene: OrbitalScene, who: string): Promise<CourierRow> {
  const { userId } = await scene.person(who)
  const columns = 'status, last_latitude, last_longitude, last_seen_at'
  const [row] = await sql<CourierRow>(scene.world.access, `select ${columns} from self_delivery.couriers where user_id = $1`, [
    userId,
  ])
  if (!row) throw new Error(`${who} is no courier.`)
  return row
}

async function documentsOf(scene: OrbitalScene, who: string): Promise<HistoryDocument[]> {
  const { userId } = await scene.person(who)
  return (await historyOf(scene.world.access)).find({ user_id: Number(userId) }).toArray()
}

/** In the courier's row, as the database itself tells it. */
export async function expectRowAt(scene: OrbitalScene, who: string, which: 'last' | 'first' = 'last'): Promise<void> {
  const place = lastOf(scene, who, which)
  const row = await rowOf(scene, who)
  const stored = { latitude: row.last_latitude, longitude: row.last_longitude }
  expect(
    isSame(place, stored, row.last_seen_at?.toISOString()),
    `the row of ${who}: ${JSON.stringify(row)} is ${JSON.stringify(place)}`,
  ).to.equal(true)
}

/** One document for each report, and none besides. */
export async function expectDocuments(scene: OrbitalScene, who: string): Promise<void> {
  const places = scene.placesOf(who)
  const documents = await documentsOf(scene, who)
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

export async function expectNothingNoted(scene: OrbitalScene, who: string): Promise<void> {
  const nowhere = { last_latitude: null, last_longitude: null, last_seen_at: null }
  expect(await rowOf(scene, who), `the row of ${who}`).to.include(nowhere)
}

/** Neither row nor document nor cached position. */
export async function expectNothingKept(scene: OrbitalScene, who: string): Promise<void> {
  const { userId } = await scene.person(who)
  await expectNothingNoted(scene, who)
  expect(await documentsOf(scene, who), `documents in the history of ${who}`).to.have.length(0)
  const cached = await (await cacheOf(scene.world.access)).exists(cacheKey(scene.world.access, userId))
  expect(cached, `cached positions of ${who}`).to.equal(0)
}

export async function expectStatus(scene: OrbitalScene, who: string, status: string): Promise<void> {
  await eventually(async () => {
    const courier = await (await scene.as(who)).courier()
    expect(courier.status, `the status shown to ${who}`).to.equal(status)
    expect((await rowOf(scene, who)).status, `the status of ${who} in the database`).to.equal(status)
  })
}
