import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../kit/refusal'
import { type Body, isObject } from './credentials'
import { crashed } from './errors'

/** The body as JSON whatever its content type says; undefined where there is none. @throws SyntaxError */
export function jsonOf(request: FastifyRequest): unknown {
  const text = request.body
  if (typeof text !== 'string' || text.trim() === '') return undefined
  return JSON.parse(text)
}

/** @throws Refusal the plain 500 an app answers what is no JSON, or no object */
export function objectOf(request: FastifyRequest): Body {
  const body = anyJsonOf(request)
  if (!isObject(body)) throw crashed()
  return body
}

/** @throws Refusal the plain 500 an app answers what is no JSON at all */
export function anyJsonOf(request: FastifyRequest): unknown {
  try {
    const body = jsonOf(request)
    if (body !== undefined) return body
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw crashed()
}

/** The framework's own 422 for a path, query or form parameter; unlike the contract's it shows the input. */
export function invalidParameter(fault: {
  type: string
  loc: [string, string]
  msg: string
  input: unknown
  ctx?: Body
}): Refusal {
  return new Refusal(422, { detail: [fault] })
}

/** Success, data, message, in that order; an empty message is left out. */
export function envelope(success: boolean, data: unknown, message = ''): Body {
  return message === '' ? { success, data } : { success, data, message }
}

interface Known {
  methods: Set<string>
  pattern: RegExp
}

/**
 * Answers what no route took: 405 with the methods a path knows, 307 to the path with or without its last slash where that is
 * known, 404 otherwise. Must be installed before the routes.
 */
export function installUnrouted(app: FastifyInstance): void {
  const known = new Map<string, Known>()
  app.addHook('onRoute', ({ method, url }) => {
    const entry = known.get(url) ?? { methods: new Set<string>(), pattern: patternOf(url) }
    for (const one of [method].flat()) entry.methods.add(one)
    known.set(url, entry)
  })
  const methodsAt = (path: string): string[] =>
    [...known.values()].filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => [...methods])
  app.setNotFoundHandler((request, reply) => unrouted(request, reply, methodsAt))
}

function unrouted(request: FastifyRequest, reply: FastifyReply, methodsAt: (path: string) => string[]): FastifyReply {
  const [path = '/', query] = request.url.split('?', 2)
  const methods = methodsAt(path)
  if (methods.length > 0)
    return reply
      .code(405)
      .header('allow', [...new Set(methods)].join(', '))
      .send({ detail: 'Method Not Allowed' })
  const other = path.endsWith('/') ? path.replace(/\/+$/, '') : `${path}/`
  if (path !== '/' && methodsAt(other).length > 0) {
    const location = `http://${request.host}${other}${query === undefined ? '' : `?${query}`}`
    return reply.code(307).header('location', location).send()
  }
  return reply.code(404).send({ detail: 'Not Found' })
}

function patternOf(url: string): RegExp {
  const source = url.replace(/[.]/g, '\\.').replace(/:[a-zA-Z]+/g, '[^/]+')
  return new RegExp(`^${source.replace('*', '.*')}$`)
}
