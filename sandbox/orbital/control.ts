import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { Client } from 'pg'
import { mayBreak } from '../backing/may-break'
import { buildControl } from '../kit/control'
import type { FaultSwitch } from '../kit/faults'
import { Refusal } from '../kit/refusal'
import type { Readiness } from './backend'
import type { FreshBackends } from './fresh-backends'
import { downgrade, revisions, upgrade } from './migrate'
import type { Servers } from './servers'
import type { Overrides, Settings } from './settings'
import { issue } from './tokens'

export interface Controlled {
  servers: Servers
  ready: Readiness
  settings: Settings
  faults: FaultSwitch
  fresh: FreshBackends
  /** The shared backend has declared its exchange and takes assignments. */
  connected(): Promise<void>
}

interface Wish {
  name: string
  courier?: 'offline' | 'online' | 'busy' | null
}

/** Powers over this backend: servers to wait for, backends and databases of a scenario's own, and people for other clients. */
export function orbitalControl(controlled: Controlled): FastifyInstance {
  const app = buildControl(controlled.faults, { forget: () => undefined })
  app.post<{ Params: { name: string } }>('/servers/:name/ready', async ({ params }, reply) => {
    const ready = controlled.ready[params.name as keyof Readiness]
    if (!ready) return reply.code(404).send({ error: `there is no server ${params.name}` })
    await ready()
    if (params.name === 'rabbitmq') await controlled.connected()
    return reply.code(204).send()
  })
  app.post<{ Body: { people: Wish[] } }>('/people', async ({ body }) => ({
    people: Object.fromEntries(await Promise.all(body.people.map(async (wish) => [wish.name, await settle(controlled, wish)]))),
  }))
  freshBackendPowers(app, controlled)
  databasePowers(app, controlled)
  return app
}

function freshBackendPowers(app: FastifyInstance, { fresh }: Controlled): void {
  app.post<{ Body: { name?: string; settings?: Overrides } | undefined }>('/backends', async ({ body }) =>
    fresh.start(body?.name, body?.settings),
  )
  app.get('/backends', async () => fresh.all)
  app.delete<{ Params: { id: string } }>('/backends/:id', async ({ params }, reply) => {
    await fresh.stop(params.id)
    return reply.code(204).send()
  })
  app.post<{ Params: { id: string; server: string; what: string } }>(
    '/backends/:id/lines/:server/:what',
    async ({ params }, reply) => {
      const line = fresh.line(params.id, params.server)
      if (!line) return reply.code(404).send({ error: `no backend ${params.id} has a line to ${params.server}` })
      await (params.what === 'cut' ? line.cut() : line.mend())
      return reply.code(204).send()
    },
  )
}

/** Databases by an id that gives nothing away; their URLs hold a password. */
function databasePowers(app: FastifyInstance, { servers }: Controlled): void {
  const made = new Map<string, { name: string; url: string }>()
  const urlOf = (id: string): string => {
    const found = made.get(id)
    if (!found) throw new Refusal(404, { error: `there is no database ${id}` })
    return found.url
  }
  app.get('/revisions', async () => revisions.map(({ id, parent }) => ({ id, parent })))
  app.get('/databases', async () => [...made].map(([id, { name }]) => ({ id, name })))
  app.post<{ Body: { name?: string } | undefined }>('/databases', async ({ body }) => {
    const url = await servers.postgres.createDatabase('orbital_migrations')
    const id = new URL(url).pathname.slice(1)
    made.set(id, { name: body?.name ?? '', url })
    return { id, url }
  })
  app.delete<{ Params: { id: string } }>('/databases/:id', async ({ params }, reply) => {
    const found = made.get(params.id)
    if (found) await servers.postgres.dropDatabase(found.url)
    made.delete(params.id)
    return reply.code(204).send()
  })
  app.post<{ Params: { id: string; how: string }; Body: { count?: number } | undefined }>(
    '/databases/:id/:how',
    async ({ params: { id, how }, body }) => ({
      applied: how === 'upgrade' ? await upgrade(urlOf(id)) : await downgrade(urlOf(id), body?.count),
    }),
  )
}

/** Somebody who can log in, for clients other than the suite, which seeds for itself. */
async function settle({ settings }: Controlled, { name, courier = 'offline' }: Wish) {
  const { hash } = await import('bcryptjs')
  const [externalId, password] = [randomUUID(), randomUUID()]
  const phone = `+1555${Math.floor(Math.random() * 1e10)
    .toString()
    .padStart(10, '0')}`
  const client = mayBreak(new Client({ connectionString: settings.POSTGRES_SUPABASE_URL }))
  await client.connect()
  try {
    const add = 'insert into marten.users (external_id, phone, password_hash) values ($1, $2, $3) returning id'
    const { rows } = await client.query<{ id: string }>(add, [externalId, phone, await hash(password, 4)])
    const id = Number(rows[0]?.id)
    if (courier) await client.query('insert into self_delivery.couriers (user_id, status) values ($1, $2)', [id, courier])
    return { id, name, externalId, phone, password, token: await issue(id, settings) }
  } finally {
    await client.end()
  }
}
