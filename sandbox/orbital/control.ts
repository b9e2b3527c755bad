import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { withClient } from '../backing/postgres-client'
import { controlRoute } from '../kit/control'
import { Refusal } from '../kit/refusal'
import type { Readiness } from './backend'
import type { Orbital } from './context'
import type { FreshBackends } from './fresh-backends'
import { downgrade, revisions, upgrade } from './migrate'
import type { Servers } from './servers'
import { issue } from './tokens'

/** The shared backend, its servers, and everything that the control API has created. */
export interface Controlled extends Orbital {
  servers: Servers
  ready: Readiness
  fresh: FreshBackends
  /** Databases by an opaque id, because their URLs contain a password. */
  databases: Map<string, { name: string; url: string }>
}

const person = z.strictObject({
  name: z.string().min(1),
  /** Null for a user who is not a courier. */
  courier: z.enum(['offline', 'online', 'busy']).nullable().default('offline'),
})

const route = controlRoute<Controlled>()

const backends = [
  route(
    'POST /backends',
    'Starts a backend of its own on the same servers, with settings that differ.',
    { name: z.string().optional(), settings: z.record(z.string(), z.union([z.string(), z.number()])).optional() },
    ({ fresh }, { name, settings }) => fresh.start(name, settings),
  ),
  route('GET /backends', 'Lists ids and names of those backends.', {}, ({ fresh }) => fresh.all),
  route('DELETE /backends/:id', 'Stops such a backend and deletes its exchange and queues.', {}, ({ fresh }, { id }) =>
    fresh.stop(id),
  ),
  route(
    'POST /backends/:id/lines/:server/:what',
    'Cuts or mends the connections of such a backend to a server.',
    { server: z.enum(['postgres', 'rabbitmq', 'mongodb', 'redis']), what: z.enum(['cut', 'mend']) },
    async ({ fresh }, { id, server, what }) => {
      const line = fresh.line(id, server)
      if (!line) throw new Refusal(404, { error: `There is no backend ${id}.` })
      await (what === 'cut' ? line.cut() : line.mend())
    },
  ),
]

/** Databases for the migrations. */
const databases = [
  route('GET /revisions', 'Lists the revisions of the schema and the parent of each.', {}, () =>
    revisions.map(({ id, parent }) => ({ id, parent })),
  ),
  route('GET /databases', 'Lists ids and names of the databases made for migrations.', {}, (controlled) =>
    [...controlled.databases].map(([id, { name }]) => ({ id, name })),
  ),
  route(
    'POST /databases',
    'Creates an empty database.',
    { name: z.string().default('') },
    async ({ servers, databases: made }, { name }) => {
      const url = await servers.postgres.createDatabase('orbital_migrations')
      const id = new URL(url).pathname.slice(1)
      made.set(id, { name, url })
      return { id, url }
    },
  ),
  route('DELETE /databases/:id', 'Drops such a database.', {}, async ({ servers, databases: made }, { id }) => {
    const found = made.get(id)
    if (found) await servers.postgres.dropDatabase(found.url)
    made.delete(id)
  }),
  route(
    'POST /databases/:id/:how',
    'Upgrades a database to the head, or downgrades it by `count` revisions, all of them by default.',
    { how: z.enum(['upgrade', 'downgrade']), count: z.int().min(1).optional() },
    async ({ databases: made }, { id, how, count }) => {
      const url = made.get(id)?.url
      if (!url) throw new Refusal(404, { error: `There is no database ${id}.` })
      return { applied: how === 'upgrade' ? await upgrade(url) : await downgrade(url, count) }
    },
  ),
]

export const orbitalControl = [
  route(
    'POST /people',
    'Creates users, couriers unless they say otherwise; the response has phone, password and token of each by name.',
    { group: z.string().optional(), people: z.array(person) },
    async (controlled, { people }) => ({
      people: Object.fromEntries(
        await Promise.all(people.map(async (one) => [one.name, await addPerson(controlled, one)] as const)),
      ),
    }),
  ),
  route(
    'POST /servers/:name/ready',
    'Waits until a backing server accepts connections, and starts it where it is not up.',
    { name: z.enum(['rabbitmq', 'mongodb', 'redis']) },
    async ({ ready, broker }, { name }) => {
      await ready[name]()
      if (name === 'rabbitmq') await broker.demand()
    },
  ),
  ...backends,
  ...databases,
]

/** For clients other than the suite, which seeds the database itself. */
function addPerson({ settings }: Controlled, { name, courier }: z.infer<typeof person>) {
  const [externalId, password] = [randomUUID(), randomUUID()]
  const digits = Math.floor(Math.random() * 1e10)
  const phone = `+1555${digits.toString().padStart(10, '0')}`
  return withClient(settings.POSTGRES_SUPABASE_URL, async (client) => {
    const { hash } = await import('bcryptjs')
    const add = 'insert into marten.users (external_id, phone, password_hash) values ($1, $2, $3) returning id'
    const { rows } = await client.query<{ id: string }>(add, [externalId, phone, await hash(password, 4)])
    const id = Number(rows[0]?.id)
    if (courier) await client.query('insert into self_delivery.couriers (user_id, status) values ($1, $2)', [id, courier])
    return { id, name, externalId, phone, password, token: await issue(id, settings) }
  })
}
