import type { FastifyPluginAsync } from 'fastify'
import type { KnownPath } from '../../kit/unrouted'

interface Options {
  known: readonly KnownPath[]
}

/** Routes without a description: aliases for older callers, and the description itself. */
const HIDDEN = ['/manifest', '/openapi.json', '/docs', '/docs/oauth2-redirect', '/redoc']

/** The framework's own description of the service: its routes, as JSON and as a page. */
export const descriptionRoutes: FastifyPluginAsync<Options> = async (app, { known }) => {
  app.route({ method: ['GET', 'HEAD'], url: '/openapi.json', handler: async () => descriptionOf(known) })
  for (const [url, what] of [
    ['/docs', 'Swagger UI'],
    ['/docs/oauth2-redirect', 'Swagger UI: OAuth2 Redirect'],
    ['/redoc', 'ReDoc'],
  ] as const) {
    app.route({
      method: ['GET', 'HEAD'],
      url,
      handler: (_request, reply) => reply.type('text/html; charset=utf-8').send(pageOf(what)),
    })
  }
}

function descriptionOf(known: Options['known']) {
  const described = known.filter(({ url }) => !HIDDEN.includes(url))
  return {
    openapi: '3.1.0',
    info: {
      title: 'Handler Service',
      description: 'Per-app handler service for authentication, preflight, and metadata operations',
      version: '1.0.0',
    },
    paths: Object.fromEntries(described.map((path) => [templateOf(path.url), operationsOf(path)])),
  }
}

function operationsOf({ url, methods }: KnownPath) {
  const parameters = [...url.matchAll(/:(\w+)|(\*)/g)].map(([, name = 'runId']) => ({
    name: snake(name),
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const responses = { '200': { description: 'Successful Response', content: { 'application/json': { schema: {} } } } }
  return Object.fromEntries(methods.map((method) => [method.toLowerCase(), { parameters, responses }]))
}

/** `/status/:workflowId/*` as descriptions write it: `/status/{workflow_id}/{run_id}`. */
function templateOf(url: string): string {
  return url.replace(/:(\w+)/g, (_all, name: string) => `{${snake(name)}}`).replace('*', '{run_id}')
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function pageOf(what: string): string {
  return `<!DOCTYPE html><html><head><title>Handler Service - ${what}</title></head><body><div id="page" data-url="/openapi.json"></div></body></html>`
}
