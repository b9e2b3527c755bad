import Fastify, { type FastifyInstance, type FastifyPluginAsync } from 'fastify'
import { type FaultHooks, installFaults } from '../../kit/fault-hooks'
import { FaultSwitch } from '../../kit/faults'
import { Refusal } from '../../kit/refusal'
import type { Snapshots } from '../../kit/state'
import { configRoutes } from '../routes/config'
import { descriptionRoutes } from '../routes/description'
import { eventRoutes } from '../routes/events'
import { fileRoutes } from '../routes/files'
import { handlerRoutes } from '../routes/handler'
import { healthRoutes } from '../routes/health'
import { manifestRoutes } from '../routes/manifest'
import { runRoutes } from '../routes/runs'
import { startRoutes } from '../routes/start'
import { vaultRoutes } from '../routes/vault'
import type { ConnectorApp, Infrastructure } from './app'
import { installUnrouted, readablePath } from './http'

/** The SDK release whose responses are given; `doc`: 3.28.3 with a preflight as the older documentation shows it. */
export type Dialect = '3.52.0' | '3.28.3' | 'doc'

/** Whether the app is on the newer release. */
export function isNew({ dialect }: Pick<Service, 'dialect'>): boolean {
  return dialect === '3.52.0'
}

/** What every route works with. */
export interface Service {
  app: ConnectorApp
  infrastructure: Infrastructure
  dialect: Dialect
}

export interface RouteOptions {
  service: Service
}

export type Routes = FastifyPluginAsync<RouteOptions>

const ROUTES = [
  healthRoutes,
  handlerRoutes,
  startRoutes,
  runRoutes,
  configRoutes,
  vaultRoutes,
  fileRoutes,
  eventRoutes,
  manifestRoutes,
]
const WRITES = /^(start|stop|config|dev|file)\b|^\/events/
const PREFIX = '/workflows/v1/'

/** The web server of one connector app, not yet listening. */
export function buildService(
  service: Service,
  faults = new FaultSwitch(),
  state?: Snapshots,
): { app: FastifyInstance; hooks: FaultHooks } {
  const app = emptyServer()
  const known = installUnrouted(app)
  const hooks = installFaults(app, {
    faults,
    ...(state ? { state } : {}),
    operation: (request) => `${request.method} ${routeOf(request.routeOptions.url ?? request.url)}`,
    writes: (request) => request.method === 'POST' && WRITES.test(routeOf(request.url)),
  })
  for (const routes of ROUTES) app.register(routes, { service })
  for (const [path, document] of Object.entries(service.app.routes ?? {})) {
    app.after(() => {
      if (!app.hasRoute({ method: 'GET', url: path })) app.get(path, async () => document)
    })
  }
  app.register(descriptionRoutes, { known })
  return { app, hooks }
}

/** A web server with an app's manners, but without its routes. */
function emptyServer(): FastifyInstance {
  const app = Fastify({
    logger: false,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    bodyLimit: 1024 * 1024 * 1024,
    routerOptions: {
      maxParamLength: 16_384,
      // Of a parameter that comes several times the last one counts.
      querystringParser: (text) => Object.fromEntries(new URLSearchParams(text)),
    },
    rewriteUrl: ({ url = '/' }) => url.replace(/^[^?]*/, readablePath),
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  // What a body is called does not matter, not even where the name is none a parser would take; only forms are told by it.
  app.addHook('onRequest', async ({ raw }) => {
    if (!isForm(raw.headers['content-type'])) raw.headers['content-type'] = 'text/plain'
  })
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof Refusal) return reply.code(error.status).headers(error.headers).send(error.body)
    return reply.code(500).type('text/plain; charset=utf-8').send('Internal Server Error')
  })
  app.addHook('onSend', async (_request, reply, payload) => {
    if (String(reply.getHeader('content-type')).startsWith('application/json')) reply.header('content-type', 'application/json')
    return payload
  })
  return app
}

function isForm(type = ''): boolean {
  return /^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(type)
}

function routeOf(url: string): string {
  return url.startsWith(PREFIX) ? url.slice(PREFIX.length) : url
}
