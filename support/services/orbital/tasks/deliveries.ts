import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import { eventually } from '../../../assertions/eventually'
import { findDeadLetter } from '../dead-letters'
import { idOfRun } from '../run-ids'
import { ownerOf } from '../seeding'
import { channelOf, sql } from '../servers'
import type { OrbitalState } from '../state'

/** No user has an id as high as this. */
const NOBODY = 2_000_000_000_000
const DEAD = '.dead'

async function publish(state: OrbitalState, text: string, messageId: string): Promise<void> {
  const channel = await channelOf(state.world.access)
  // The broker's refusal of a publish would say no more than that the channel is closed.
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

/** As the service that plans deliveries does it: by a message. */
export async function assign(state: OrbitalState, title: string, who: string, times = 1): Promise<void> {
  const { userId } = await state.person(who)
  const { access } = state.world
  const send = async (id: string): Promise<void> => {
    for (let time = 0; time < times; time++) await publish(state, assignment(id, Number(userId)), idOfRun(access.runId))
  }
  if (state.deliveries.has(title)) await send(state.deliveries.recall(title))
  else await createDelivery(state, title, who, 'message', send)
}

/** Straight into the database, for scenarios that are not about assigning. */
export async function seedDelivery(state: OrbitalState, title: string, who: string): Promise<void> {
  const { userId } = await state.person(who)
  const insert = `insert into self_delivery.deliveries (id, courier_id, status)
    select $1, id, 'assigned' from self_delivery.couriers where user_id = $2`
  await createDelivery(state, title, who, 'sql', (id) => sql(state.world.access, insert, [id, userId]))
  await sql(state.world.access, "update self_delivery.couriers set status = 'busy' where user_id = $1", [userId])
}

/** @param way the row comes: at once by SQL, or once the backend has taken the message */
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

const SPOILT: Readonly<Record<string, () => string>> = {
  'that cannot be read': () => '{"event": "delivery.assi',
  'without a courier': () => JSON.stringify({ event: 'delivery.assigned', delivery_id: randomUUID() }),
  'for a courier nobody knows': () => assignment(randomUUID(), NOBODY),
}

/** It ends among the dead letters, which nobody else takes out. */
export async function assignBadly(state: OrbitalState, how: string): Promise<void> {
  const text = SPOILT[how]?.()
  if (text === undefined) throw new Error(`No assignment is called "${how}"; there are ${Object.keys(SPOILT).join(', ')}.`)
  const creation = { by: 'Ada', data: { queue: `${state.queue}${DEAD}` } }
  const messageId = idOfRun(state.world.access.runId)
  const letter = await state.world.undo.create('orbital.dead-letter', messageId, creation, async (id) => {
    await publish(state, text, id)
    return { id }
  })
  state.tokens.remember('letter', letter.id)
}

export async function expectDeadLetter(state: OrbitalState): Promise<void> {
  const id = state.tokens.recall('letter')
  const found = await findDeadLetter(state.world.access, `${state.queue}${DEAD}`, id)
  expect(found, 'the assignment lies among the dead letters').to.equal(true)
}

export async function expectDelivery(state: OrbitalState, who: string, title: string, status: string): Promise<void> {
  const id = state.deliveries.recall(title)
  await eventually(async () => {
    const [row] = await sql<{ status: string }>(state.world.access, 'select status from self_delivery.deliveries where id = $1', [
      id,
    ])
    expect(row?.status, `the delivery "${title}" in the database`).to.equal(status)
  })
  const seen = await (await state.as(who)).delivery(id)
  expect(seen, `the delivery "${title}" as ${who} sees it`).to.include({ id, status })
  expect(seen.delivered_at === null, `"${title}" has no time of delivery yet`).to.equal(status !== 'delivered')
}

/** A later assignment was taken, so the repeated one has been, too. */
export async function expectDeliveries(state: OrbitalState, who: string, count: number): Promise<void> {
  await assign(state, 'the one after', who)
  await expectDelivery(state, who, 'the one after', 'assigned')
  const { userId } = await state.person(who)
  const select = `select d.id from self_delivery.deliveries d join self_delivery.couriers c on c.id = d.courier_id where c.user_id = $1`
  expect(await sql(state.world.access, select, [userId]), `deliveries of ${who}, with the one after`).to.have.length(count + 1)
}

export async function complete(state: OrbitalState, who: string, title: string): Promise<void> {
  await (await state.as(who)).complete(state.deliveries.recall(title))
}

export async function tryToComplete(state: OrbitalState, who: string, title: string): Promise<void> {
  const client = await state.as(who)
  await state.world.attempt(() => client.complete(state.deliveries.recall(title)))
}

export async function tryToSee(state: OrbitalState, who: string, title: string): Promise<void> {
  const client = await state.as(who)
  await state.world.attempt(() => client.delivery(state.deliveries.recall(title)))
}

export async function setStatus(state: OrbitalState, who: string, status: string): Promise<void> {
  await (await state.as(who)).setStatus(status)
}

export async function tryToSetStatus(state: OrbitalState, who: string, status: string): Promise<void> {
  const client = await state.as(who)
  await state.world.attempt(() => client.setStatus(status))
}
