import { readBodies } from '../../kit/bodies'
import { InjectedFaults } from '../../kit/injected-faults'
import { type Built, newServer, withoutCharset } from '../../kit/server'
import type { Snapshots } from '../../kit/state'
import { installUnrouted } from '../../kit/unrouted'
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
import { crashed, detail } from './errors'
import { readablePath, unroutedAt } from './http'
import type { Service } from './route'

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
export function buildService(service: Service, faults = new InjectedFaults(), state?: Snapshots): Built {
  const { app, hooks } = newServer({
    fastify: {
      exposeHeadRoutes: false,
      bodyLimit: 1024 * 1024 * 1024,
      routerOptions: {
        maxParamLength: 16_384,
        // If a parameter is repeated, the last value counts.
        querystringParser: (text) => Object.fromEntries(new URLSearchParams(text)),
      },
      rewriteUrl: ({ url = '/' }) => url.replace(/^[^?]*/, readablePath),
    },
    failure: crashed,
    faults,
    state,
    operation: (request) => `${request.method} ${routeOf(request.routeOptions.url ?? request.url)}`,
    writes: (request) => request.method === 'POST' && WRITES.test(routeOf(request.url)),
  })
  // The media type does not matter: each route parses the bytes as it expects.
  readBodies(app, (bytes) => bytes)
  withoutCharset(app)
  const known = installUnrouted(app, unroutedAt)
  // Empty segments of a path are ignored.
  app.addHook('onRequest', async ({ params }) => {
    const named = Object.entries(params as Record<string, string>).filter(([name]) => name !== '*')
    if (named.some(([, value]) => value === '')) throw detail(404, 'Not Found')
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

function routeOf(url: string): string {
  return url.startsWith(PREFIX) ? url.slice(PREFIX.length) : url
}
