import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { Axios, AxiosError, AxiosHeaders, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios'
import type { Agents, Route } from './agents'
import { ACCEPTED_CODINGS, DecodingError, decodeBody } from './decoding'
import type { Digester } from './digest'
import { MultipartForm } from './multipart'

const FORM = 'application/x-www-form-urlencoded'
const STANDING_HEADERS = {
  accept: 'application/json, text/plain, */*',
  'accept-encoding': ACCEPTED_CODINGS,
  'user-agent': 'acceptance-suite',
}

export interface RawRequest {
  method: string
  url: string
  headers: Readonly<Record<string, string>>
  /** Text or bytes unchanged (a form unless a header names another type), forms as forms, anything else as JSON. */
  body?: unknown
  agents: Agents
  /** Milliseconds for the whole call. */
  timeout: number
  /** Takes the body of a successful response instead of the caller. */
  digester?: Digester | undefined
}

export interface RawResponse {
  status: number
  /** Names in lower case; values of repeated headers joined by commas. */
  headers: Record<string, string>
  /** Without content codings; empty where a digester took it. */
  body: Buffer
}

const NOTHING = Buffer.alloc(0)

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

/** No response, or only a part of one; `code` is Node's error code. */
export class TransportError extends Error {
  constructor(
    readonly code: string,
    /** The status, where a response had begun. */
    readonly status?: number,
    /** The message of a proxy. */
    readonly detail?: string,
  ) {
    super(detail ? `${code}: ${detail}` : code)
    this.name = 'TransportError'
  }
}

/** The axios instance of all calls, without axios' defaults: bodies and statuses are left to the caller, and are not processed twice. */
const client = new Axios({ adapter: nodeAdapter })

/** Axios copies headers several times on their way, and leaves data alone, so headers are part of the data in both directions. */
const HEADERS_ARE_IN_DATA = new AxiosHeaders()

/** What a call sends. A class, because axios copies plain objects. */
class Outgoing {
  constructor(
    readonly route: Route,
    readonly headers: Readonly<Record<string, string>>,
    readonly body: Encoded['data'],
    readonly digester: Digester | undefined,
  ) {}
}

/**
 * One call, any status, no redirects.
 * @throws TransportError without a complete response in time; DecodingError where its content coding cannot be decoded
 */
export async function send({ method, url, headers, body, agents, timeout, digester }: RawRequest): Promise<RawResponse> {
  const encoded = body instanceof FormData ? await encodeForm(body) : encode(body)
  const all = { ...STANDING_HEADERS, ...encoded.headers, ...lowerCased(headers), ...lengthOf(encoded.data, method) }
  const data = new Outgoing(agents.route(url), all, encoded.data, digester)
  try {
    const { data: response } = await client.request<RawResponse>({ method, url, timeout, data })
    const { status, headers: received } = response
    if (status === 407) throw new TransportError(PROXY_REFUSED, undefined, 'it asks for a user and password')
    const codings = received['content-encoding']
    if (codings === undefined) return response
    const whole = await decoded(response.body, codings, status)
    if (!digester || !isSuccess(status)) return { ...response, body: whole }
    digester.add(whole)
    return { ...response, body: NOTHING }
  } catch (error) {
    if (!(error instanceof AxiosError)) throw error
    throw new TransportError(error.code ?? error.message, error.response?.status)
  }
}

async function decoded(body: Buffer, codings: string, status: number): Promise<Buffer> {
  try {
    return await decodeBody(body, codings)
  } catch (error) {
    if (error instanceof DecodingError) error.status = status
    throw error
  }
}

interface Encoded {
  data: string | Buffer | MultipartForm | undefined
  headers: Record<string, string>
}

/** For libraries that send files this way; `MultipartForm` needs less memory. */
async function encodeForm(form: FormData): Promise<Encoded> {
  const multipart = new Response(form)
  return {
    data: Buffer.from(await multipart.arrayBuffer()),
    headers: { 'content-type': multipart.headers.get('content-type') ?? 'multipart/form-data' },
  }
}

function encode(body: unknown): Encoded {
  if (body === undefined || body === null) return { data: undefined, headers: {} }
  if (body instanceof MultipartForm) return { data: body, headers: { 'content-type': body.contentType } }
  if (Buffer.isBuffer(body)) return { data: body, headers: { 'content-type': FORM } }
  if (typeof body === 'string') return { data: body, headers: { 'content-type': FORM } }
  if (body instanceof URLSearchParams) return { data: body.toString(), headers: { 'content-type': FORM } }
  return { data: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  const lower: Record<string, string> = {}
  for (const name in headers) lower[name.toLowerCase()] = headers[name] ?? ''
  return lower
}

/** Not chunked, because some intermediaries refuse that. A POST or PUT without a body has `Content-Length: 0`. */
function lengthOf(data: Encoded['data'], method: string): Record<string, string> {
  if (data instanceof MultipartForm) return { 'content-length': String(data.length) }
  if (data !== undefined) return { 'content-length': String(Buffer.byteLength(data)) }
  return /^(?:POST|PUT|PATCH)$/i.test(method) ? { 'content-length': '0' } : {}
}

/** Axios adapter over node:http: a third faster than axios' own, and it detects a body that is cut short. */
function nodeAdapter(config: InternalAxiosRequestConfig): Promise<AxiosResponse<RawResponse>> {
  return new Promise((resolve, reject) => {
    const { url = '', timeout = 0 } = config
    const { route, headers, body, digester } = config.data as Outgoing
    const options = { ...route, path: pathOf(url), method: config.method?.toUpperCase() ?? 'GET', headers }
    let begun: IncomingMessage | undefined
    const fail = (error: NodeJS.ErrnoException): void => {
      clearTimeout(deadline)
      reject(failed(error, config, sent, begun))
    }
    const sent = (route.protocol === 'https:' ? requestHttps : requestHttp)(options, (message) => {
      begun = message
      const { socket, statusCode: status = 0, statusMessage: statusText = '' } = message
      const given = flat(message)
      const isDigested = isSuccess(status) && given['content-encoding'] === undefined
      collect(message, isDigested ? digester : undefined, fail, (received) => {
        clearTimeout(deadline)
        // A server that crashed may close the connection without notice, and the next call on it would fail.
        if (status === 500) socket.destroy()
        const data = { status, headers: given, body: received }
        resolve({ data, status, statusText, headers: HEADERS_ARE_IN_DATA, config, request: sent })
      })
    })
    // Emitted by the proxy agents: the refusal of a tunnel must not be treated as a response of the service.
    // Without a tunnel, as for plain HTTP, there is no status.
    sent.once('proxyConnect', ({ statusCode, statusText }: { statusCode?: number; statusText?: string }) => {
      if (statusCode === undefined || statusCode === 200) return
      const refused = new TransportError(PROXY_REFUSED, undefined, `it returned ${statusCode} ${statusText ?? ''}`.trim())
      clearTimeout(deadline)
      reject(refused)
      sent.destroy()
    })
    const deadline = setTimeout(() => sent.destroy(late(timeout)), timeout)
    sent.on('error', fail)
    if (body instanceof MultipartForm) for (const piece of body.pieces) sent.write(piece)
    sent.end(body instanceof MultipartForm ? undefined : body)
  })
}

/** The path of a URL in which nothing is to be encoded or resolved: of nearly every call. */
const PLAIN_PATH = /^https?:\/\/[^/?#]+(\/(?:[\w!$&'()*+,;=:@~-]|%(?!2[eE])|\/(?!\.)|(?<!\/)\.)*(?:\?[\w!$&()*+,;=:@%/?.~-]*)?)$/

function pathOf(url: string): string {
  const plain = PLAIN_PATH.exec(url)?.[1]
  if (plain !== undefined) return plain
  const { pathname, search } = new URL(url)
  return pathname + search
}

function late(timeout: number): Error {
  return Object.assign(new Error(`no response within ${timeout} ms`), { code: 'ETIMEDOUT' })
}

/** `ERR_STALE_CONNECTION`: the service closed a keep-alive connection at the moment of reuse, and received nothing of the call. */
function failed(
  error: NodeJS.ErrnoException,
  config: InternalAxiosRequestConfig,
  sent: ClientRequest,
  begun: IncomingMessage | undefined,
): AxiosError {
  const isStale = begun === undefined && sent.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
  const response = begun && {
    data: '',
    status: begun.statusCode ?? 0,
    statusText: '',
    headers: new AxiosHeaders(),
    config,
  }
  const wrapped = new AxiosError(error.message, isStale ? STALE_CONNECTION : error.code, config, sent, response)
  wrapped.cause = error
  return wrapped
}

/** A proxy responded without opening a tunnel to the service. */
export const PROXY_REFUSED = 'ERR_PROXY_REFUSED'
export const STALE_CONNECTION = 'ERR_STALE_CONNECTION'

/**
 * Uses events, because an async iterator over the body is slower than everything else here.
 * @param digester takes the body, if there is one
 */
function collect(
  message: IncomingMessage,
  digester: Digester | undefined,
  fail: (error: Error) => void,
  done: (body: Buffer) => void,
): void {
  const chunks: Buffer[] = []
  message.on('data', (chunk: Buffer) => (digester ? digester.add(chunk) : chunks.push(chunk)))
  message.on('error', fail)
  message.on('end', () => done(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
}

function flat({ headers }: IncomingMessage): Record<string, string> {
  const joined: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) joined[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return joined
}
