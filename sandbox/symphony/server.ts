import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { readBodies } from '../kit/bodies'
import type { InjectedFaults } from '../kit/injected-faults'
import type { Refusal } from '../kit/refusal'
import { addRoutes } from '../kit/routes'
import { defineSandbox, type SandboxOptions, type Setup } from '../kit/sandbox'
import { type Built, newServer, refuse as refuseWith } from '../kit/server'
import { installUnrouted } from '../kit/unrouted'
import { Authority, Keys } from './authority'
import type { Symphony } from './context'
import { type Controlled, symphonyControl } from './control'
import { badRequest, refuse } from './errors'
import { Feeds } from './feeds'
import { handOut } from './files'
import { addPerson, MAIN_POD, type Provisioning, person, ROOM } from './pods'
import { LARGEST, post } from './posting'
import { infoRoutes } from './routes/agent'
import { authRoutes } from './routes/auth'
import { datafeedRoutes, oldDatafeedRoutes } from './routes/datafeeds'
import { memberRoutes } from './routes/members'
import { messageRoutes, suppressionRoutes } from './routes/messages'
import { presenceRoutes } from './routes/presence'
import { roomRoutes } from './routes/rooms'
import { searchRoutes } from './routes/search'
import { streamRoutes } from './routes/streams'
import { userRoutes } from './routes/users'
import { SessionStore } from './sessions'
import { SymphonyStore } from './store'

const POD = { ...userRoutes, ...presenceRoutes, ...roomRoutes, ...memberRoutes, ...streamRoutes, ...suppressionRoutes }
const AGENT = { ...messageRoutes, ...searchRoutes, ...datafeedRoutes, ...oldDatafeedRoutes, ...infoRoutes }
/** Difference between the ports of HTTPS and plain HTTP, where the port is given. */
const HTTPS_OFFSET = 200
/** Maximum bytes of text in one request. */
const MOST_TEXT = 8 * 1024 * 1024
/** Far longer than ids, so that longer texts are looked up and not found. */
const LONGEST_ID = 4_096
const READS = /\/(?:read|search|list)$/

/** The app of one Symphony server, not yet listening: pod, agent and all authentication below one address. */
function buildSymphony(symphony: Symphony, faults: InjectedFaults): Built {
  const { app, hooks } = newServer({
    fastify: {
      // Read completely, so that the client receives the refusal of a body that is too large.
      bodyLimit: 2 * LARGEST + MOST_TEXT,
      frameworkErrors: ({ statusCode = 500, message }, _request, reply) => void refuseWith(reply, failure(statusCode, message)),
      routerOptions: { maxParamLength: LONGEST_ID, querystringParser: parseQuery },
    },
    failure,
    faults,
    state: symphony.store.state,
    writes: ({ method, url }) => method !== 'GET' && !READS.test(url.split('?')[0] ?? ''),
  })
  readBodies(app, bodyOf)
  app.addHook('onRequest', async ({ headers }, reply) => {
    void reply.header('x-trace-id', headers['x-trace-id'] ?? randomUUID().slice(0, 6))
  })
  installUnrouted(app, (_request, routesAt, path) => {
    const allow = routesAt(path).flatMap(({ methods }) => methods)
    if (allow.length === 0) return refuse(404, 'Not Found')
    return refuse(405, 'Method Not Allowed', { allow: allow.sort().join(', ') })
  })
  addRoutes(app, symphony, authRoutes)
  addRoutes(app, symphony, POD, '/pod')
  addRoutes(app, symphony, AGENT, '/agent')
  return { app, hooks }
}

/** Starts a Symphony on plain HTTP and on HTTPS, with a bot, two people and a room. */
export const startSymphony = defineSandbox({
  service: 'symphony',
  control: symphonyControl,
  build: buildSymphony,
  open: async ({ options, faults }: Setup<SandboxOptions>): Promise<Controlled> => {
    const store = new SymphonyStore(options.seed ?? randomUUID())
    let foreign: Promise<Authority> | undefined
    const provisioning: Provisioning = {
      store,
      keys: new Keys(),
      authority: await Authority.make('Symphony sandbox authority'),
      foreignAuthority: () => {
        foreign ??= Authority.make('Another authority')
        return foreign
      },
    }
    const feeds = new Feeds(store, (type) => faults.suppresses(type))
    return { store, sessions: new SessionStore(store), feeds, planned: new Map(), provisioning }
  },
  ready: async (symphony, { app, origin, options, onStop }) => {
    onStop(() => symphony.feeds.close())
    const secure = await serveSecurely(app, symphony.provisioning.authority, options.port ? options.port + HTTPS_OFFSET : 0)
    onStop(() => secure.close())
    const { variables, remove } = await seed(symphony)
    onStop(remove)
    const hosts = { SYMPHONY_SESSION_AUTH_HOST: secure.address, SYMPHONY_KEY_MANAGER_HOST: secure.address }
    return { variables: { SYMPHONY_HOST: origin, ...hosts, ...variables } }
  },
})

/** The main pod's people, and the files that go with its bot. */
async function seed({ provisioning, ...symphony }: Controlled) {
  const add = (options: z.input<typeof person>) => addPerson(provisioning, MAIN_POD, person.parse(options))
  const bot = await add({ name: 'Ada', certificate: 'trusted' })
  const { username: ben = '', roomId = '' } = await add({ name: 'Ben' })
  const { username: cleo = '' } = await add({ name: 'Cleo' })
  const { variables, remove } = handOut(provisioning.authority.certificate, bot)
  const author = symphony.store.usernamed(ben)
  // A person has written in the room before any other person.
  const message = '<messageML>The release notes are in the wiki.</messageML>'
  if (author) post(symphony, author, symphony.store.stream(author, roomId), { message, files: [], previews: [] })
  const people = { SYMPHONY_TEST_USER_NAME: ben, SYMPHONY_TEST_USER_NAME_2: cleo }
  return { variables: { ...variables, SYMPHONY_TEST_ROOM_NAME: ROOM, ...people }, remove }
}

/** The same app over TLS; clients may show a certificate, which the routes that want one judge. */
async function serveSecurely(app: FastifyInstance, authority: Authority, port: number) {
  const { key, certificate } = await authority.forServer()
  const tls = { key, cert: certificate, ca: authority.certificate, requestCert: true, rejectUnauthorized: false }
  const server: Server = createServer(tls, (request: IncomingMessage, reply: ServerResponse) => app.routing(request, reply))
  server.keepAliveTimeout = app.server.keepAliveTimeout
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  const { port: bound } = server.address() as AddressInfo
  return {
    address: `https://127.0.0.1:${bound}`,
    close: (): void => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** A repeated parameter is a list, like one with commas. */
function parseQuery(query: string): Record<string, string> {
  const all: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(query)) all[name] = Object.hasOwn(all, name) ? `${all[name]},${value}` : value
  return all
}

/** Clients send the JSON content type with empty bodies as well. */
function bodyOf(bytes: Buffer, mediaType: string): unknown {
  if (mediaType === 'multipart/form-data') return bytes
  const text = bytes.toString()
  if (mediaType !== 'application/json') return text === '' ? undefined : text
  try {
    return text.trim() === '' ? undefined : JSON.parse(text)
  } catch (error) {
    throw badRequest(`The body is not valid JSON: ${String(error)}`)
  }
}

const failure = (status: number, message: string): Refusal => refuse(status, status === 500 ? 'Internal Server Error' : message)
