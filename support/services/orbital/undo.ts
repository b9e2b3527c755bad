import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import type { UndoTable } from '../../undo/undo'
import type { ServiceAccess } from '../service'
import { cacheKey, cacheOf, channelOf, historyOf, sql } from './servers'

/** The suite reaches the backend's servers itself; who made a thing makes no difference. */
export interface OrbitalClients {
  access: ServiceAccess
}

const userOf = (data: Record<string, string>): string => data.userId ?? ''

async function none(access: ServiceAccess, text: string, value: string): Promise<boolean> {
  return (await sql(access, text, [value])).length === 0
}

/** What only a sandbox makes ends with it. */
async function isGone({ control }: ServiceAccess, path: string, id: string): Promise<boolean> {
  return !(await control?.get<string[]>(path))?.includes(id)
}

/** How everything a scenario makes ends: it is gone. */
export const undo: UndoTable<OrbitalClients> = {
  user: {
    ends: 'removed',
    undo: async ({ access }, { id }) => void (await sql(access, 'delete from marten.users where id = $1', [id])),
    hasEnded: ({ access }, { id }) => none(access, 'select 1 from marten.users where id = $1', id),
    find: async ({ access }, { name }) => {
      const [row] = await sql<{ id: string }>(access, 'select id from marten.users where external_id = $1', [name])
      return row && String(row.id)
    },
  },
  courier: {
    ends: 'removed',
    undo: async ({ access }, { id }) => void (await sql(access, 'delete from self_delivery.couriers where id = $1', [id])),
    hasEnded: ({ access }, { id }) => none(access, 'select 1 from self_delivery.couriers where id = $1', id),
    find: async ({ access }, { data }) => {
      const find = 'select id from self_delivery.couriers where user_id = $1'
      const [row] = await sql<{ id: string }>(access, find, [userOf(data)])
      return row && String(row.id)
    },
  },
  deliveries: {
    ends: 'removed',
    undo: async ({ access }, { data }) => {
      const mine = 'select id from self_delivery.couriers where user_id = $1'
      await sql(access, `delete from self_delivery.deliveries where courier_id in (${mine})`, [userOf(data)])
    },
    hasEnded: ({ access }, { data }) => {
      const mine = 'self_delivery.deliveries d join self_delivery.couriers c on c.id = d.courier_id where c.user_id = $1'
      return none(access, `select 1 from ${mine}`, userOf(data))
    },
    find: async (_clients, { data }) => userOf(data),
  },
  position: {
    ends: 'removed',
    undo: async ({ access }, { data }) => void (await (await cacheOf(access)).del(cacheKey(userOf(data)))),
    hasEnded: async ({ access }, { data }) => (await (await cacheOf(access)).exists(cacheKey(userOf(data)))) === 0,
    find: async (_clients, { data }) => userOf(data),
  },
  history: {
    ends: 'removed',
    undo: async ({ access }, { data }) => void (await (await historyOf(access)).deleteMany({ user_id: Number(userOf(data)) })),
    hasEnded: async ({ access }, { data }) => {
      return (await (await historyOf(access)).countDocuments({ user_id: Number(userOf(data)) })) === 0
    },
    find: async (_clients, { data }) => userOf(data),
  },
  'dead-letter': {
    ends: 'removed',
    // It may be on its way there still.
    undo: ({ access }, { id, data }) =>
      eventually(async () => {
        expect(await findDeadLetter(access, data.queue ?? '', id, 'take'), `${id} is in ${data.queue}`).to.equal(true)
      }),
    find: async (_clients, { name }) => name,
  },
  backend: {
    ends: 'removed',
    undo: async ({ access }, { id }) => void (await access.control?.delete(`/backends/${id}`)),
    hasEnded: ({ access }, { id }) => isGone(access, '/backends', id),
  },
  database: {
    ends: 'removed',
    undo: async ({ access }, { id }) => void (await access.control?.delete(`/databases/${id}`)),
    hasEnded: ({ access }, { id }) => isGone(access, '/databases', id),
  },
}

/** Looks for one message in a queue of dead letters, and leaves the others as they are. @returns whether it was there */
export async function findDeadLetter(
  access: ServiceAccess,
  queue: string,
  messageId: string,
  how: 'look' | 'take',
): Promise<boolean> {
  const channel = await channelOf(access)
  try {
    for (let message = await channel.get(queue); message; message = await channel.get(queue)) {
      if (message.properties.messageId !== messageId) continue
      if (how === 'look') return true
      channel.ack(message)
      // An answer comes only after the acknowledgement was taken in.
      await channel.checkQueue(queue)
      return true
    }
    return false
  } finally {
    // What was looked at and not taken goes back as the channel closes, if the broker has not closed it.
    await channel.close().catch(() => undefined)
  }
}
