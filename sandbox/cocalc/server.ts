import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { type PostgresServer, startPostgres } from '../backing/postgres'
import { type FaultHooks, installFaults } from '../kit/fault-hooks'
import { FaultSwitch } from '../kit/faults'
import { listen, type RunningSandbox, type SandboxOptions } from '../kit/sandbox'
import { callHub, callProject, type Incoming } from './bridge'
import type { Cocalc } from './context'
import { cocalcControl } from './control'
import { dbOf, openPool } from './database'
import { textOf } from './errors'
import { Past } from './faulty'
import { ResultCache } from './hub/jupyter'
import { KeyRing } from './keys'
import { operationOf } from './operation'
import { ProjectHost } from './project/host'
import { SCHEMA } from './schema'
import { settle } from './seed'
import { isRecord } from './values'

const BODY_LIMIT = 1024 * 1024
const NOT_FOUND = '<!DOCTYPE html><html><head><title>404: This page could not be found</title></head><body>404</body></html>'

type Endpoint = (cocalc: Cocalc, incoming: Incoming) => Promise<unknown>

/** The app of one CoCalc, not yet listening. */
export function buildCocalc(cocalc: Cocalc): { app: FastifyInstance; hooks: FaultHooks } {
  const app = Fastify({ logger: false, forceCloseConnections: true, bodyLimit: BODY_LIMIT })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => parse(request, String(body), done))
  app.setErrorHandler((error: FastifyError, _request, reply) => refuse(error, reply))
  app.setNotFoundHandler((_request, reply) => reply.code(404).type('text/html; charset=utf-8').send(NOT_FOUND))
  const hooks = installFaults(app, { faults: cocalc.faults, operation: operationOf })
  app.get('/healthcheck', async (_request, reply) => reply.type('text/plain').send('healthchecks:OK'))
  const endpoints: readonly [string, Endpoint][] = [
    ['hub', callHub],
    ['project', callProject],
  ]
  for (const [path, endpoint] of endpoints)
    app.all(`/api/conat/${path}`, (request, reply) => answer(cocalc, endpoint, request, reply))
  return { app, hooks }
}

/** Whatever happens is answered with 200: the function's own value, or an object with its error's text. Only bodies of POST count. */
async function answer(cocalc: Cocalc, endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
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

function parse(request: FastifyRequest, body: string, done: (error: Error | null, value?: unknown) => void): void {
  try {
    const isJson = request.headers['content-type']?.toLowerCase().includes('json')
    done(null, isJson ? JSON.parse(body || '{}') : body)
  } catch {
    done(Object.assign(new Error('Invalid JSON'), { statusCode: 400 }))
  }
}

function refuse(error: FastifyError, reply: FastifyReply): FastifyReply {
  const status = error.statusCode ?? 500
  const text = status === 413 ? 'Body exceeded 1mb limit' : status === 400 ? 'Invalid JSON' : 'Internal Server Error'
  return reply.code(status).type('text/plain; charset=utf-8').send(text)
}

/** One CoCalc on a database of its own. */
async function openCocalc(postgres: PostgresServer): Promise<{ cocalc: Cocalc; database: string }> {
  const database = await postgres.createDatabase('cocalc')
  const pool = openPool(database)
  await pool.query(SCHEMA)
  const db = dbOf(pool)
  const host = new ProjectHost(db)
  const faults = new FaultSwitch()
  const cocalc: Cocalc = {
    pool,
    db,
    host,
    faults,
    keys: new KeyRing(db),
    results: new ResultCache(),
    past: new Past(pool, host),
    activity: new Map(),
    background: new Set(),
  }
  return { cocalc, database }
}

export interface RunningCocalc extends RunningSandbox {
  readonly lacks: readonly string[]
  readonly real: readonly string[]
}

/** Starts a CoCalc with one site admin and one other account, on a real PostgreSQL whose login `variables` holds. */
export async function startCocalc(options: SandboxOptions = {}): Promise<RunningCocalc> {
  const postgres = await startPostgres()
  const { cocalc, database } = await openCocalc(postgres)
  const ada = await settle(cocalc, { firstName: 'Ada', lastName: 'Admin', admin: true })
  const dan = await settle(cocalc, { firstName: 'Dan', lastName: 'Example' })
  const { app, hooks } = buildCocalc(cocalc)
  const controlApp = cocalcControl(cocalc, ada, cocalc.faults, hooks)
  const [address, control, kernels] = await Promise.all([
    listen(app, options.port),
    listen(controlApp, options.controlPort),
    // Python is started beforehand only for those who will need it.
    options.tags && !options.tags.includes('@needs:python') ? undefined : cocalc.host.kernels.label(),
  ])
  return {
    service: 'cocalc',
    address,
    control,
    variables: {
      COCALC_HOST: address,
      COCALC_API_KEY: ada.apiKey,
      COCALC_API_KEY_2: dan.apiKey,
      ...databaseVariables(database),
    },
    backing: [postgres.label, ...(kernels ? [kernels] : [])],
    lacks: cocalc.host.pythons.length > 0 ? [] : ['python'],
    real: ['postgres'],
    stop: () => stop(cocalc, [app, controlApp], postgres),
  }
}

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

async function stop(cocalc: Cocalc, apps: readonly FastifyInstance[], postgres: PostgresServer): Promise<void> {
  await Promise.all(apps.map((app) => app.close()))
  await Promise.allSettled(cocalc.background)
  await cocalc.past.forget()
  await cocalc.host.close()
  await cocalc.pool.end()
  await postgres.stop()
}
