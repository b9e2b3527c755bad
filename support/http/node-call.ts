import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import type { Agents } from './agents'

const DECODERS: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
}

const FORM = 'application/x-www-form-urlencoded'
const HABITS = {
  accept: 'application/json, text/plain, */*',
  'accept-encoding': 'gzip, deflate, br',
  'user-agent': 'acceptance-suite',
}

export interface NodeCall {
  method: string
  url: string
  headers: Readonly<Record<string, string>>
  body: unknown
  agents: Agents
  /** Milliseconds for the whole call. */
  timeout: number
  /** The body as bytes instead of JSON, or text where it is no JSON. */
  bytes: boolean
}

export interface Reply {
  status: number
  headers: Record<string, string>
  data: unknown
}

/** No answer came; `code` says why, as Node names it. */
export class NoAnswer extends Error {
  constructor(
    readonly code: string,
    options?: ErrorOptions,
  ) {
    super(code, options)
    this.name = 'NoAnswer'
  }
}

/**
 * One call straight over node:http, without what axios spends on merging configurations: keep-alive, a deadline, no redirects,
 * any status. Bodies are text, bytes or JSON; for others, and behind a proxy, axios serves (see `isPlainCall`).
 * @throws NoAnswer
 */
export function nodeCall(call: NodeCall): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      clearTimeout(deadline)
      reject(new NoAnswer(error.code ?? error.message, { cause: error }))
    }
    const body = encoded(call.body)
    const secure = call.url.startsWith('https:')
    const options: RequestOptions = {
      method: call.method.toUpperCase(),
      headers: headersOf(call, body),
      agent: secure ? call.agents.httpsAgent : call.agents.httpAgent,
    }
    const sent = (secure ? requestHttps : requestHttp)(call.url, options, (answer) => {
      collect(answer, fail, (raw) => {
        clearTimeout(deadline)
        resolve({ status: answer.statusCode ?? 0, headers: flat(answer), data: call.bytes ? raw : parsed(raw.toString()) })
      })
    })
    const late = Object.assign(new Error(`no answer within ${call.timeout} ms`), { code: 'ETIMEDOUT' })
    const deadline = setTimeout(() => sent.destroy(late), call.timeout)
    sent.on('error', fail).end(body)
  })
}

/** Whether a body needs nothing of axios: no form data, no stream, no object to be sent as anything but JSON. */
export function isPlainCall(body: unknown, headers: Readonly<Record<string, string>>): boolean {
  if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) return true
  if (typeof body !== 'object' || body === null) return false
  const type = headerOf(headers, 'content-type')
  return (
    (type === undefined || type.includes('json')) && [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(body))
  )
}

function encoded(body: unknown): string | Buffer | undefined {
  return body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
}

function headersOf({ headers, body }: NodeCall, sent: string | Buffer | undefined): Record<string, string> {
  if (sent === undefined) return { ...HABITS, ...headers }
  const type =
    headerOf(headers, 'content-type') === undefined ? { 'content-type': sent === body ? FORM : 'application/json' } : {}
  return { ...HABITS, ...type, ...headers, 'content-length': String(Buffer.byteLength(sent)) }
}

function headerOf(headers: Readonly<Record<string, string>>, wanted: string): string | undefined {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1]
}

/** By events: an async iterator over the answer costs more than the rest of this. */
function collect(answer: IncomingMessage, fail: (error: Error) => void, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = []
  answer.on('data', (chunk: Buffer) => chunks.push(chunk))
  answer.on('error', fail)
  answer.on('end', () => {
    try {
      done(decoded(Buffer.concat(chunks), answer.headers['content-encoding']))
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)))
    }
  })
}

function decoded(body: Buffer, encoding: string | undefined): Buffer {
  const decoder = body.length > 0 ? DECODERS[encoding ?? ''] : undefined
  return decoder ? decoder(body) : body
}

/** Headers that come several times (cookies) are joined, as HTTP allows. */
function flat({ headers }: IncomingMessage): Record<string, string> {
  const joined: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) joined[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return joined
}

/** JSON as what it says, anything else as the text it is. */
function parsed(text: string): unknown {
  if (text === '') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
