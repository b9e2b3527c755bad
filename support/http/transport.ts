import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import axios, { AxiosError, AxiosHeaders, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios'
import type { Agents } from './agents'
import { ACCEPTED_CODINGS, DecodingError, decodeBody } from './decoding'
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
}

export interface RawResponse {
  status: number
  /** Names in lower case; values of repeated headers joined by commas. */
  headers: Record<string, string>
  /** Without content codings. */
  body: Buffer
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

/** The axios instance of all calls. Bodies and statuses are left to the caller, so that they are not processed twice. */
const client = axios.create({
  adapter: nodeAdapter,
  transformRequest: [],
  transformResponse: [],
  validateStatus: () => true,
  responseType: 'arraybuffer',
})

/**
 * One call, any status, no redirects.
 * @throws TransportError without a complete response in time; DecodingError where its content coding cannot be decoded
 */
export async function send({ method, url, headers, body, agents, timeout }: RawRequest): Promise<RawResponse> {
  const encoded = body instanceof FormData ? await encodeForm(body) : encode(body)
  const agent = agents.for(url)
  try {
    const response = await client.request<Buffer>({
      method,
      url,
      headers: { ...STANDING_HEADERS, ...encoded.headers, ...lowerCased(headers), ...lengthOf(encoded.data, method) },
      data: encoded.data,
      timeout,
      ...(url.startsWith('https:') ? { httpsAgent: agent } : { httpAgent: agent }),
    })
    const flat = response.headers as Record<string, string>
    if (response.status === 407) throw new TransportError(PROXY_REFUSED, undefined, 'it asks for a user and password')
    return {
      status: response.status,
      headers: flat,
      body: await decoded(response.data, flat['content-encoding'], response.status),
    }
  } catch (error) {
    if (!(error instanceof AxiosError)) throw error
    throw new TransportError(error.code ?? error.message, error.response?.status)
  }
}

async function decoded(body: Buffer, codings: string | undefined, status: number): Promise<Buffer> {
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
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

/** Not chunked, because some intermediaries refuse that. A POST or PUT without a body has `Content-Length: 0`. */
function lengthOf(data: Encoded['data'], method: string): Record<string, string> {
  if (data instanceof MultipartForm) return { 'content-length': String(data.length) }
  if (data !== undefined) return { 'content-length': String(Buffer.byteLength(data)) }
  return /^(?:POST|PUT|PATCH)$/i.test(method) ? { 'content-length': '0' } : {}
}

/** Axios adapter over node:http: a third faster than axios' own, and it detects a body that is cut short. */
function nodeAdapter(config: InternalAxiosRequestConfig): Promise<AxiosResponse<Buffer>> {
  return new Promise((resolve, reject) => {
    const { url = '', timeout = 0 } = config
    const secure = url.startsWith('https:')
    // Axios sets a content type for each POST, also without a body.
    if (config.data === undefined) config.headers.delete('content-type')
    const options = {
      method: config.method?.toUpperCase() ?? 'GET',
      headers: config.headers.toJSON() as Record<string, string>,
      agent: secure ? config.httpsAgent : config.httpAgent,
    }
    let begun: IncomingMessage | undefined
    const fail = (error: NodeJS.ErrnoException): void => {
      clearTimeout(deadline)
      reject(failed(error, config, sent, begun))
    }
    const sent = (secure ? requestHttps : requestHttp)(url, options, (message) => {
      begun = message
      const { socket } = message
      const receive = isLarge(message) ? fill : collect
      receive(message, fail, (data) => {
        clearTimeout(deadline)
        const { statusCode = 0, statusMessage = '' } = message
        // A server that crashed may close the connection without notice, and the next call on it would fail.
        if (statusCode === 500) socket.destroy()
        resolve({ data, status: statusCode, statusText: statusMessage, headers: flat(message), config, request: sent })
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
    const late = Object.assign(new Error(`no response within ${timeout} ms`), { code: 'ETIMEDOUT' })
    const deadline = setTimeout(() => sent.destroy(late), timeout)
    sent.on('error', fail)
    if (config.data instanceof MultipartForm) for (const piece of config.data.pieces) sent.write(piece)
    sent.end(config.data instanceof MultipartForm ? undefined : config.data)
  })
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

/** Uses events, because an async iterator over the body is slower than everything else here. */
function collect(message: IncomingMessage, fail: (error: Error) => void, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = []
  message.on('data', (chunk: Buffer) => chunks.push(chunk))
  message.on('error', fail)
  message.on('end', () => done(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
}

const MEBI = 1024 * 1024

function isLarge({ headers }: IncomingMessage): boolean {
  const length = Number(headers['content-length'])
  return length > MEBI && length < 128 * MEBI
}

/** A file goes to where it stays, so that it is not in memory twice. Node reads no more than the announced length. */
function fill(message: IncomingMessage, fail: (error: Error) => void, done: (body: Buffer) => void): void {
  const body = Buffer.allocUnsafeSlow(Number(message.headers['content-length']))
  let at = 0
  message.on('data', (chunk: Buffer) => (at += chunk.copy(body, at)))
  message.on('error', fail)
  message.on('end', () => done(body.subarray(0, at)))
}

function flat({ headers }: IncomingMessage): Record<string, string> {
  const joined: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) joined[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return joined
}
