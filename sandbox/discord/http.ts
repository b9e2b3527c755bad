import multipart from '@fastify/multipart'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../kit/refusal'
import { caller, type Discord } from './context'
import { invalidForm, refuse } from './errors'
import { LARGEST_REQUEST } from './forms/upload'
import { parseJson } from './json'

const PREFIX = /^\/api(?:\/v(?:9|10))?(?=\/)/
const FILES = '/attachments/:channel/:id/:filename'
/** Needs no credentials: whoever asks is known by where they come from. */
const OPEN = '/gateway'

/** Method and route pattern without the version, e.g. `POST /channels/:id/messages`. */
export function operationOf(request: FastifyRequest): string {
  return `${request.method} ${patternOf(request)}`
}

/**
 * JDA writes `@me` percent-encoded, which a router takes for another word; and one that finds a percent sign that encodes nothing gives
 * up before any route could say what is wrong.
 */
export function rewriteUrl({ url = '/' }: { url?: string | undefined }): string {
  const [path = '', ...query] = url.split('?')
  const readable = isEncoded(path) ? path.replace(/%40me(?=\/|$)/g, '@me') : path.replaceAll('%', '%25')
  return [readable, ...query].join('?')
}

function isEncoded(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

const patternOf = (request: FastifyRequest): string => (request.routeOptions.url ?? request.url).replace(PREFIX, '')

/** Of all that a path names, only channels and guilds have buckets of their own. */
function majorOf(pattern: string, { params }: FastifyRequest): string {
  return /^\/(?:channels|guilds)\/:id/.test(pattern) ? ((params as { id?: string }).id ?? '') : ''
}

/** Bodies, credentials, rate limits and error bodies: what all routes have in common. */
export function installProtocol(app: FastifyInstance, discord: Discord): void {
  installBodies(app)
  app.register(multipart)
  app.addHook('onRequest', async (request, reply) => {
    const pattern = patternOf(request)
    if (request.is404 || pattern === FILES) return undefined
    if (!discord.limits.mayFail(request.ip)) return banned(reply)
    const bot = pattern === OPEN ? request.ip : caller(discord, request).id
    discord.limits.call({ bot, operation: operationOf(request), major: majorOf(pattern, request) }, reply)
    return undefined
  })
  // Just this, without a charset: discord.py takes anything else for text.
  app.addHook('onSend', async (_request, reply, payload) => {
    if (/^application\/json/.test(String(reply.getHeader('content-type')))) void reply.header('content-type', 'application/json')
    return payload
  })
  app.addHook('onResponse', async (request, reply) => {
    const isShared = reply.getHeader('x-ratelimit-scope') === 'shared'
    if ([401, 403, 429].includes(reply.statusCode) && !isShared) discord.limits.failed(request.ip)
  })
  app.setErrorHandler((error: FastifyError | Refusal, _request, reply) => answer(error, reply))
  installNotFound(app)
}

/** Ten thousand refused requests in ten minutes end at the edge, before Discord itself: no JSON there. */
function banned(reply: FastifyReply): FastifyReply {
  return reply.code(429).header('Retry-After', '600').type('text/html').send('<title>Access denied | discord.com</title>')
}

function installBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  const parsing = { parseAs: 'string', bodyLimit: LARGEST_REQUEST } as const
  app.addContentTypeParser('application/json', parsing, async (_request: FastifyRequest, body: string) =>
    body === '' ? undefined : parseJson(body),
  )
  app.addContentTypeParser('application/x-www-form-urlencoded', parsing, async (_request: FastifyRequest, body: string) =>
    Object.fromEntries(new URLSearchParams(body)),
  )
  app.addContentTypeParser('*', parsing, async (_request: FastifyRequest, body: string) => {
    if (body === '') return undefined
    const kinds = "{'application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'}"
    throw invalidForm([
      { path: [], code: 'CONTENT_TYPE_INVALID', message: `Expected "Content-Type" header to be one of ${kinds}.` },
    ])
  })
}

/** A known path asked for in a way it does not take is 405; another API version is refused by name. */
function installNotFound(app: FastifyInstance): void {
  const known: RegExp[] = []
  app.addHook('onRoute', ({ url }) => {
    known.push(new RegExp(`^${url.replace(/:\w+/g, '[^/]+')}$`))
  })
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    const version = /^\/api\/v(\d+)(?:\/|$)/.exec(path)?.[1]
    if (version !== undefined && !['9', '10'].includes(version)) return answer(refuse('invalidVersion'), reply)
    return answer(refuse(known.some((pattern) => pattern.test(path)) ? 'wrongMethod' : 'notFound'), reply)
  })
}

function answer(error: FastifyError | Refusal, reply: FastifyReply): FastifyReply {
  if (error instanceof Refusal) return reply.code(error.status).headers(error.headers).send(error.body)
  if (error.statusCode === 413) return answer(refuse('tooLarge'), reply)
  const status = error.statusCode ?? 500
  return reply.code(status).send({ message: `${status}: ${status === 500 ? 'Internal Server Error' : error.message}`, code: 0 })
}
