import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import multipart from '@fastify/multipart'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify'
import { type FaultHooks, installFaults } from '../kit/fault-hooks'
import { FaultSwitch } from '../kit/faults'
import { Refusal } from '../kit/refusal'
import { listen, type RunningSandbox, type SandboxOptions } from '../kit/sandbox'
import { Authority } from './authority'
import type { Symphony } from './context'
import { symphonyControl } from './control'
import { Feeds } from './feeds'
import { handOut } from './files'
import { LARGEST } from './form'
import { KeyRing } from './key-ring'
import { watchMethods } from './methods'
import { MAIN_POD, type Office, ROOM, settle } from './pods'
import { agentRoutes } from './routes/agent'
import { authRoutes } from './routes/auth'
import { datafeedReadRoutes, datafeedRoutes, oldDatafeedRoutes } from './routes/datafeeds'
import { memberRoutes } from './routes/members'
import { readingRoutes, suppressionRoutes, writingRoutes } from './routes/messages'
import { presenceRoutes } from './routes/presence'
import { roomChangeRoutes, roomRoutes } from './routes/rooms'
import { searchRoutes } from './routes/search'
import { streamRoutes } from './routes/streams'
import { userRoutes, userSearchRoutes } from './routes/users'
import { SessionOffice } from './sessions'
import { SymphonyStore } from './store'

const POD = [
  userRoutes,
  userSearchRoutes,
  presenceRoutes,
  roomRoutes,
  roomChangeRoutes,
  memberRoutes,
  streamRoutes,
  suppressionRoutes,
]
const AGENT = [writingRoutes, readingRoutes, searchRoutes, datafeedRoutes, datafeedReadRoutes, oldDatafeedRoutes, agentRoutes]
/** HTTPS listens so far above plain HTTP, where the port is given. */
const HTTPS_OFFSET = 200
/** Bytes of all that is text in one request. */
const MOST_TEXT = 8 * 1024 * 1024
/** Ids are far shorter; longer ones are looked for, too, and not found. */
const LONGEST_ID = 4_096
const READS = /\/(?:read|search|list)$/

/** The app of one Symphony, not yet listening: pod, agent and all authentication below one address. */
export function buildSymphony(symphony: Symphony, faults: FaultSwitch): { app: FastifyInstance; hooks: FaultHooks } {
  const app = Fastify({
    logger: false,
    forceCloseConnections: true,
    bodyLimit: LARGEST + MOST_TEXT,
    frameworkErrors: (error, _request, reply) => answer(error, reply),
    routerOptions: { maxParamLength: LONGEST_ID, querystringParser: criteria },
  })
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => parse(String(body), done))
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body === '' ? undefined : body))
  app.register(multipart, { limits: { fileSize: LARGEST + 1, fieldSize: MOST_TEXT }, throwFileSizeLimit: false })
  app.addHook('onRequest', async ({ headers }, reply) => {
    void reply.header('x-trace-id', headers['x-trace-id'] ?? randomUUID().slice(0, 6))
  })
  app.setErrorHandler((error: FastifyError, _request, reply) => answer(error, reply))
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ code: 404, message: 'Not Found' }))
  const hooks = installFaults(app, {
    faults,
    state: symphony.store.state,
    writes: ({ method, url }) => method !== 'GET' && !READS.test(url.split('?')[0] ?? ''),
  })
  const otherMethods = watchMethods(app)
  app.register(authRoutes, { symphony })
  for (const routes of POD) app.register(routes, { prefix: '/pod', symphony })
  for (const routes of AGENT) app.register(routes, { prefix: '/agent', symphony })
  app.register(otherMethods)
  return { app, hooks }
}

/** Starts a Symphony on plain HTTP and on HTTPS, with a bot, a user and a room, whose names and files `variables` holds. */
export async function startSymphony(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const faults = new FaultSwitch()
  const store = new SymphonyStore(options.seed ?? randomUUID())
  const feeds = new Feeds(store, (type) => faults.swallows(type))
  const symphony: Symphony = { store, sessions: new SessionOffice(store), feeds, planned: new Map() }
  const office = await openOffice(store)
  const { app, hooks } = buildSymphony(symphony, faults)
  const controlApp = symphonyControl(symphony, office, faults, hooks)
  const [address, control] = await Promise.all([listen(app, options.port), listen(controlApp, options.controlPort)])
  const secure = await serveSecurely(app, office.authority, options.port ? options.port + HTTPS_OFFSET : 0)
  const { variables, remove } = await furnish(office)
  return {
    service: 'symphony',
    address,
    control,
    variables: {
      SYMPHONY_HOST: address,
      SYMPHONY_SESSION_AUTH_HOST: secure.address,
      SYMPHONY_KEY_MANAGER_HOST: secure.address,
      ...variables,
    },
    backing: [],
    stop: async () => {
      feeds.close()
      secure.close()
      remove()
      await Promise.all([app.close(), controlApp.close()])
    },
  }
}

/** The main pod's bot and user, and the files that go with them. */
async function furnish(office: Office) {
  const bot = await settle(office, MAIN_POD, { name: 'Ada', certificate: 'trusted' })
  const { username: ben = '' } = await settle(office, MAIN_POD, { name: 'Ben' })
  const { username: cleo = '' } = await settle(office, MAIN_POD, { name: 'Cleo' })
  const { variables, remove } = handOut(office.authority.certificate, bot)
  const people = { SYMPHONY_TEST_USER_NAME: ben, SYMPHONY_TEST_USER_NAME_2: cleo }
  return { variables: { ...variables, SYMPHONY_TEST_ROOM_NAME: ROOM, ...people }, remove }
}

async function openOffice(store: SymphonyStore): Promise<Office> {
  let strangers: Promise<Authority> | undefined
  return {
    store,
    keys: new KeyRing(),
    authority: await Authority.make('Symphony sandbox authority'),
    strangers: () => {
      strangers ??= Authority.make('Somebody else’s authority')
      return strangers
    },
  }
}

/** The same app over TLS; clients may show a certificate, which the routes that want one judge. */
async function serveSecurely(
  app: FastifyInstance,
  authority: Authority,
  port: number,
): Promise<{ address: string; close(): void }> {
  const { key, certificate } = await authority.forServer()
  const tls = { key, cert: certificate, ca: authority.certificate, requestCert: true, rejectUnauthorized: false }
  const server: Server = createServer(tls, (request: IncomingMessage, reply: ServerResponse) => app.routing(request, reply))
  server.keepAliveTimeout = app.server.keepAliveTimeout
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  const { port: bound } = server.address() as AddressInfo
  return {
    address: `https://127.0.0.1:${bound}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** A parameter that comes several times is a list, as one with commas is. */
function criteria(query: string): Record<string, string> {
  const all: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(query)) all[name] = Object.hasOwn(all, name) ? `${all[name]},${value}` : value
  return all
}

/** Clients send the JSON content type with empty bodies, too. */
function parse(body: string, done: (error: Error | null, value?: unknown) => void): void {
  try {
    done(null, body.trim() === '' ? undefined : JSON.parse(body))
  } catch (error) {
    done(new Refusal(400, { code: 400, message: `The body is not valid JSON: ${String(error)}` }))
  }
}

function answer(error: FastifyError | Refusal, reply: FastifyReply): FastifyReply {
  if (error instanceof Refusal) return reply.code(error.status).headers(error.headers).send(error.body)
  const status = error.statusCode ?? 500
  return reply.code(status).send({ code: status, message: status === 500 ? 'Internal Server Error' : error.message })
}
