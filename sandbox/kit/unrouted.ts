import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Refusal } from './refusal'
import { refuse } from './server'

/** A path that has routes, as its pattern is written: `/posts/:id`. */
export interface KnownPath {
  readonly url: string
  readonly methods: string[]
  /** Methods of the first of its routes; FastAPI names no others. */
  readonly first: readonly string[]
}

/**
 * Responds to requests that no route matches. Must be installed before the routes.
 * @param respond receives a function that finds the routes of a path, one entry per pattern, in the order in which they were added
 * @returns every pattern with its methods, as they are added
 */
export function installUnrouted(
  app: FastifyInstance,
  respond: (request: FastifyRequest, routesAt: (path: string) => KnownPath[], path: string) => Refusal,
): readonly KnownPath[] {
  const known: (KnownPath & { pattern: RegExp })[] = []
  app.addHook('onRoute', ({ url, method }) => {
    const methods = [method].flat()
    const before = known.find((one) => one.url === url)
    if (before) before.methods.push(...methods)
    else known.push({ url, methods, first: [...methods], pattern: patternOf(url) })
  })
  const routesAt = (path: string): KnownPath[] => known.filter(({ pattern }) => pattern.test(path))
  app.setNotFoundHandler((request, reply) => {
    const [path = '/'] = request.url.split('?')
    return refuse(reply, respond(request, routesAt, path))
  })
  return known
}

function patternOf(url: string): RegExp {
  const source = url.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+').replace('*', '.*')
  return new RegExp(`^${source}$`)
}
