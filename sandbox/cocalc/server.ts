import type { FastifyReply, FastifyRequest } from 'fastify'
import { startPostgres } from '../backing/postgres'
import { readBodies } from '../kit/bodies'
import type { InjectedFaults } from '../kit/injected-faults'
import { Refusal } from '../kit/refusal'
import { defineSandbox, type SandboxOptions, type Setup } from '../kit/sandbox'
import { type Built, newServer } from '../kit/server'
import { installUnrouted } from '../kit/unrouted'
import { callHub, callProject, type Incoming, operationOf } from './bridge'
import type { Cocalc } from './context'
import { type Controlled, cocalcControl } from './control'
import { dbOf, openPool } from './database'
import { textOf } from './errors'
import { Past } from './faulty'
import { ResultCache } from './hub/jupyter'
import { Keys } from './keys'
import { ProjectHost } from './project/host'
import { SCHEMA } from './schema'
import { addPerson } from './seed'
import { isRecord } from './values'

const NOT_FOUND = '<!DOCTYPE html><html><head><title>404: This page could not be found</title></head><body>404</body></html>'

type Endpoint = (cocalc: Cocalc, incoming: Incoming) => Promise<unknown>

const plainText = { 'content-type': 'text/plain; charset=utf-8' }

/** The app of one CoCalc server, not yet listening. */
function buildCocalc(cocalc: Cocalc, faults: InjectedFaults): Built {
  const operation = ({ url, body }: FastifyRequest): string => operationOf(url.split('?')[0]?.split('/').at(-1) ?? '', body)
  const { app, hooks } = newServer({ fastify: { bodyLimit: 1024 * 1024 }, failure, faults, operation })
  readBodies(app, bodyOf)
  installUnrouted(app, () => new Refusal(404, NOT_FOUND, { 'content-type': 'text/html; charset=utf-8' }))
  app.get('/healthcheck', async (_request, reply) => reply.type('text/plain').send('healthchecks:OK'))
  app.all('/api/conat/hub', (request, reply) => respond(cocalc, callHub, request, reply))
  app.all('/api/conat/project', (request, reply) => respond(cocalc, callProject, request, reply))
  return { app, hooks }
}

/** The response has status 200 in any case: the function's own value, or an object with its error's text. Only bodies of POST count. */
async function respond(cocalc: Cocalc, endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { authorization } = request.headers
  const body = request.method === 'POST' && isRecord(request.body) ? request.body : {}
  void reply.type('application/json; charset=utf-8')
  try {
    const value = (await endpoint(cocalc, { authorization, body })) ?? null
    return reply.send(typeof value === 'object' && value !== null ? value : JSON.stringify(value))
  } catch (error) {
    return reply.send({ error: textOf(error) })
  }
}

function bodyOf(bytes: Buffer, mediaType: string): unknown {
  const text = bytes.toString()
  if (!mediaType.includes('json')) return text
  try {
    return JSON.parse(text || '{}')
  } catch {
    throw failure(400)
  }
}

function failure(status: number): Refusal {
  const text = status === 413 ? 'Body exceeded 1mb limit' : status === 400 ? 'Invalid JSON' : 'Internal Server Error'
  return new Refusal(status, text, plainText)
}

/** Starts a CoCalc with one site admin and one other account, on a database of its own. */
export const startCocalc = defineSandbox({
  service: 'cocalc',
  control: cocalcControl,
  build: buildCocalc,
  open: async ({ faults, onStop }: Setup<SandboxOptions>): Promise<Controlled & { label: string; database: string }> => {
    const postgres = await startPostgres()
    onStop(() => postgres.stop())
    const database = await postgres.createDatabase('cocalc')
    const pool = openPool(database)
    onStop(() => pool.end())
    await pool.query(SCHEMA)
    const db = dbOf(pool)
    const host = new ProjectHost(db)
    onStop(() => host.close())
    const past = new Past(pool, host)
    onStop(() => past.forget())
    const background = new Set<Promise<unknown>>()
    onStop(() => Promise.allSettled(background))
    const parts = { keys: new Keys(db), results: new ResultCache(), activity: new Map<string, number>() }
    const cocalc: Cocalc = { pool, db, host, faults, past, background, ...parts }
    const ada = await addPerson(cocalc, { firstName: 'Ada', lastName: 'Admin', admin: true })
    return { ...cocalc, ada, label: postgres.label, database }
  },
  ready: async (cocalc, { origin, options }) => {
    const dan = await addPerson(cocalc, { firstName: 'Dan', lastName: 'Example' })
    // Python is started beforehand only for scenarios that need it.
    const needsPython = !options.tags || options.tags.includes('@needs:python')
    const kernels = needsPython ? await cocalc.host.kernels.label() : undefined
    const keys = { COCALC_API_KEY: cocalc.ada.apiKey, COCALC_API_KEY_2: dan.apiKey }
    return {
      variables: { COCALC_HOST: origin, ...keys, ...databaseVariables(cocalc.database) },
      backing: [cocalc.label, ...(kernels ? [kernels] : [])],
      lacks: cocalc.host.pythons.length > 0 ? [] : ['python'],
      real: ['postgres'],
    }
  },
})

function databaseVariables(database: string): Record<string, string> {
  const { hostname, port, username, password, pathname } = new URL(database)
  return {
    PGHOST: hostname,
    PGPORT: port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
  }
}
