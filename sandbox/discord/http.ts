import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readBodies } from '../kit/bodies'
import { Refusal } from '../kit/refusal'
import { withoutCharset } from '../kit/server'
import { installUnrouted } from '../kit/unrouted'
import { caller, type Discord } from './context'
import { invalidForm, refuse } from './errors'
import { LARGEST_BODY } from './forms/upload'
import { parseJson } from './json'

const PREFIX = /^\/api(?:\/v(?:9|10))?(?=\/)/
const FILES = '/attachments/:channel/:id/:filename'
/** Needs no credentials: the caller is identified by its address. */
const OPEN = '/gateway'

/** Method and route pattern without the version, e.g. `POST /channels/:id/messages`. */
export function operationOf(request: FastifyRequest): string {
  return `${request.method} ${patternOf(request)}`
}

/**
 * JDA sends `@me` percent-encoded, which the router would not match; and the router rejects an invalid percent sign before a route could
 * respond with Discord's error.
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

/** Only channels and guilds in a path have their own buckets. */
function majorOf(pattern: string, { params }: FastifyRequest): string {
  return /^\/(?:channels|guilds)\/:id/.test(pattern) ? ((params as { id?: string }).id ?? '') : ''
}

/** Reads JSON, forms and multipart forms; multipart bodies stay bytes for the routes that accept files. */
function bodyOf(bytes: Buffer, mediaType: string): unknown {
  if (bytes.length === 0) return undefined
  if (bytes.length > LARGEST_BODY) throw refuse('tooLarge')
  if (mediaType === 'multipart/form-data') return bytes
  if (mediaType === 'application/json') return parseJson(bytes.toString())
  if (mediaType === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(bytes.toString()))
  const kinds = "{'application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'}"
  const message = `Expected "Content-Type" header to be one of ${kinds}.`
  throw invalidForm([{ path: [], code: 'CONTENT_TYPE_INVALID', message }])
}

/** The refusal of a request that no route matches: for another API version, or for a method that a known path does not have. */
function unrouted(path: string, isKnown: boolean): Refusal {
  const version = /^\/api\/v(\d+)(?:\/|$)/.exec(path)?.[1]
  if (version !== undefined && !['9', '10'].includes(version)) return refuse('invalidVersion')
  return refuse(isKnown ? 'wrongMethod' : 'notFound')
}

export function failure(status: number, message: string): Refusal {
  if (status === 413) return refuse('tooLarge')
  return new Refusal(status, { message: `${status}: ${status === 500 ? 'Internal Server Error' : message}`, code: 0 })
}

/** Bodies, credentials and rate limits of all routes. */
export function installProtocol(app: FastifyInstance, discord: Discord): void {
  readBodies(app, bodyOf)
  app.addHook('onRequest', async (request, reply) => {
    const pattern = patternOf(request)
    if (request.is404 || pattern === FILES) return undefined
    if (!discord.limits.mayFail(request.ip)) return refuseAtEdge(reply)
    // Clients take a 429 without it for one of Cloudflare, which bans an address.
    void reply.header('Via', '1.1 google')
    const bot = pattern === OPEN ? request.ip : caller(discord, request).id
    discord.limits.call({ bot, operation: operationOf(request), major: majorOf(pattern, request) }, reply)
    return undefined
  })
  withoutCharset(app)
  app.addHook('onResponse', async (request, reply) => {
    const isShared = reply.getHeader('x-ratelimit-scope') === 'shared'
    if ([401, 403, 429].includes(reply.statusCode) && !isShared) discord.limits.failed(request.ip)
  })
  installUnrouted(app, (_request, routesAt, path) => unrouted(path, routesAt(path).length > 0))
}

/** After ten thousand refused requests in ten minutes, the proxy in front of Discord refuses, without JSON. */
function refuseAtEdge(reply: FastifyReply): FastifyReply {
  return reply.code(429).header('Retry-After', '600').type('text/html').send('<title>Access denied | discord.com</title>')
}

/**
 * Responds to invalid HTTP, which reaches no route. The common case is a path with an emoji that is not percent-encoded, to which
 * Discord responds as to an unknown emoji.
 */
export function refuseUnreadable({ code, rawPacket }: { code: string; rawPacket: unknown }, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const [line = ''] = Buffer.isBuffer(rawPacket) ? rawPacket.toString('latin1').split('\r\n') : []
  const { body } = refuse(/\/reactions\/[^/]*[\u0080-\u00ff]/.test(line) ? 'unknownEmoji' : 'malformed')
  const text = JSON.stringify(body)
  const head = [
    'HTTP/1.1 400 Bad Request',
    'Content-Type: application/json',
    `Content-Length: ${text.length}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`)
}
