import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { findDeadLetter } from '../dead-letters'
import { idOfRun } from '../run-ids'
import { ownerOf } from '../seeding'
import { channelOf, sql } from '../servers'
import type { OrbitalState } from '../state'
import { expectWithinScenario } from './events'

/** No user has an id as high as this. */
const UNKNOWN_USER = 2_000_000_000_000
const DEAD = '.dead'

async function publish(state: OrbitalState, text: string, messageId: string): Promise<void> {
  const channel = await channelOf(state.world.access)
  // A refused publish only closes the channel, without a reason.
  await channel.checkExchange(state.exchange)
  const properties = { contentType: 'application/json', persistent: true, messageId }
  channel.publish(state.exchange, 'delivery.assigned', Buffer.from(text), {
    ...properties,
    timestamp: Math.floor(Date.now() / 1_000),
  })
  await channel.waitForConfirms()
  await channel.close()
}

function assignment(deliveryId: string, userId: number): string {
  return JSON.stringify({ event: 'delivery.assigned', delivery_id: deliveryId, user_id: userId })
}

/** Assigns by a message, as the planning service does; also repeats the message of an earlier delivery. */
export async function assign(state: OrbitalState, title: string, who: string): Promise<void> {
  const { userId } = await state.person(who)
  const send = (id: string): Promise<void> => publish(state, assignment(id, Number(userId)), idOfRun(state.world.access.runId))
  if (state.deliveries.has(title)) await send(state.deliveries.recall(title))
  else await createDelivery(state, title, who, 'message', send)
}

/** Inserts into the database, for scenarios that are not about assigning. */
export async function seedDelivery(state: OrbitalState, title: string, who: string): Promise<void> {
  const { userId } = await state.person(who)
  const insert = `insert into self_delivery.deliveries (id, courier_id, status)
    select $1, id, 'assigned' from self_delivery.couriers where user_id = $2`
  await createDelivery(state, title, who, 'sql', (id) => sql(state.world.access, insert, [id, userId]))
  await sql(state.world.access, "update self_delivery.couriers set status = 'busy' where user_id = $1", [userId])
}

/** @param way the row is created: at once by SQL, or once the backend has consumed the message */
async function createDelivery(
  state: OrbitalState,
  title: string,
  who: string,
  way: 'sql' | 'message',
  make: (id: string) => Promise<unknown>,
): Promise<void> {
  const id = state.deliveries.remember(title, idOfRun(state.world.access.runId))
  const creation = { by: who, data: { ...ownerOf(await state.person(who)), way } }
  await state.world.undo.create('orbital.delivery', id, creation, async () => {
    await make(id)
    return { id }
  })
}

const INVALID: Readonly<Record<string, () => string>> = {
  'an unreadable assignment': () => '{"event": "delivery.assi',
  'an assignment without a courier': () => JSON.stringify({ event: 'delivery.assigned', delivery_id: randomUUID() }),
  'an assignment for an unknown courier': () => assignment(randomUUID(), UNKNOWN_USER),
}

/** It ends in the dead-letter queue, from which only the undo takes it. */
export async function assignBadly(state: OrbitalState, assignment: string): Promise<void> {
  const text = INVALID[assignment]?.()
  if (text === undefined) throw new Error(`There is no ${assignment}; there are ${Object.keys(INVALID).join(', ')}.`)
  const creation = { by: 'Ada', data: { queue: `${state.queue}${DEAD}` } }
  const messageId = idOfRun(state.world.access.runId)
  await state.world.undo.create('orbital.dead-letter', messageId, creation, async (id) => {
    await publish(state, text, id)
    return { id }
  })
  state.messages.remember(assignment, { id: messageId, text })
}

export async function expectDeadLetter(state: OrbitalState, assignment: string): Promise<void> {
  const { id, text } = state.messages.recall(assignment)
  const found = await findDeadLetter(state.world.access, `${state.queue}${DEAD}`, id)
  expect(found?.text, `${assignment} is in the dead-letter queue, unchanged`).to.equal(text)
}

export async function expectDelivery(state: OrbitalState, who: string, title: string, status: string): Promise<void> {
  const id = state.deliveries.recall(title)
  const { userId } = await state.person(who)
  const select = `select d.status, c.user_id::text from self_delivery.deliveries d
    join self_delivery.couriers c on c.id = d.courier_id where d.id = $1`
  await eventually(async () => {
    const [row] = await sql<{ status: string; user_id: string }>(state.world.access, select, [id])
    expect(row, `the delivery "${title}" in the database`).to.deep.equal({ status, user_id: userId })
  })
  const seen = await (await state.as(who)).delivery(id)
  expect(seen, `the delivery "${title}" as ${who} sees it`).to.include({ id, status })
  expectWithinScenario(state, seen.assigned_at, `the time of assignment of "${title}"`)
  if (status !== 'delivered') expect(seen.delivered_at, `the time of delivery of "${title}"`).to.equal(null)
  else expectWithinScenario(state, String(seen.delivered_at), `the time of delivery of "${title}"`)
}

/** The courier's deliveries are these and no others. */
export async function expectDeliveries(state: OrbitalState, who: string, titles: readonly string[]): Promise<void> {
  for (const title of titles) await expectDelivery(state, who, title, 'assigned')
  const { userId } = await state.person(who)
  const select = `select d.id::text from self_delivery.deliveries d join self_delivery.couriers c on c.id = d.courier_id
    where c.user_id = $1`
  const rows = await sql<{ id: string }>(state.world.access, select, [userId])
  expect(
    rows.map(({ id }) => id),
    `deliveries of ${who}`,
  ).to.have.members(titles.map((title) => state.deliveries.recall(title)))
}

export async function complete(state: OrbitalState, who: string, title: string): Promise<void> {
  await (await state.as(who)).complete(state.deliveries.recall(title))
}

export async function attempt(state: OrbitalState, who: string, act: 'view' | 'complete', title: string): Promise<void> {
  const client = await state.as(who)
  const id = state.deliveries.recall(title)
  await state.world.attempt(() => (act === 'view' ? client.delivery(id) : client.tryToComplete(id)))
}

export async function setStatus(state: OrbitalState, who: string, status: string): Promise<void> {
  await (await state.as(who)).setStatus(status)
}

export async function tryToSetStatus(state: OrbitalState, who: string, status: string): Promise<void> {
  const client = await state.as(who)
  await state.world.attempt(() => client.setStatus(status))
}
