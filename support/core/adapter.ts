import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import axios, { AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios'

const DECODERS: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
}

/**
 * An axios adapter straight on node:http: keep-alive agents, a deadline for the whole call, bodies as text or bytes. It follows no
 * redirect and knows no proxy; `usesOwnAdapter` says where axios's own must serve. A third of a call's cost goes with it.
 */
export function nodeAdapter(config: InternalAxiosRequestConfig): Promise<AxiosResponse> {
  return new Promise((resolve, reject) => {
    const call = open(config, (response) => collect(config, call, response).then(resolve, reject))
    const fail = (error: NodeJS.ErrnoException): void =>
      reject(new AxiosError(error.message, error.code ?? AxiosError.ERR_NETWORK, config, call))
    call.on('error', fail)
    if (config.timeout) {
      call.setTimeout(config.timeout, () => {
        call.destroy(Object.assign(new Error(`no answer within ${config.timeout} ms`), { code: AxiosError.ETIMEDOUT }))
      })
    }
    call.end(config.data)
  })
}

/** Own adapter: bodies that are text or bytes, and no proxy between here and the service. */
export function usesOwnAdapter(body: unknown, proxied: boolean): boolean {
  return !proxied && (body === undefined || typeof body === 'string' || Buffer.isBuffer(body) || isPlain(body))
}

function isPlain(body: unknown): boolean {
  return typeof body === 'object' && body !== null && [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(body))
}

function open(config: InternalAxiosRequestConfig, answered: (response: IncomingMessage) => void): ClientRequest {
  const url = config.params ? axios.getUri(config) : (config.url ?? '')
  const secure = url.startsWith('https:')
  const headers: Record<string, string> = { 'accept-encoding': 'gzip, deflate, br' }
  for (const [name, value] of Object.entries(config.headers.toJSON()))
    if (value !== null && value !== undefined) headers[name] = String(value)
  const body: unknown = config.data
  if (body === undefined || body === null) delete headers['Content-Type']
  if (typeof body === 'string' || Buffer.isBuffer(body)) headers['content-length'] = String(Buffer.byteLength(body))
  const options = {
    method: (config.method ?? 'get').toUpperCase(),
    headers,
    agent: secure ? config.httpsAgent : config.httpAgent,
  }
  return secure ? requestHttps(url, options, answered) : requestHttp(url, options, answered)
}

/** By events: an async iterator over the answer costs more than the rest of this. */
function collect(config: InternalAxiosRequestConfig, call: ClientRequest, response: IncomingMessage): Promise<AxiosResponse> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('error', (error) => reject(new AxiosError(error.message, AxiosError.ERR_NETWORK, config, call)))
    response.on('end', () => {
      try {
        resolve(answerOf(config, call, response, Buffer.concat(chunks)))
      } catch (error) {
        reject(new AxiosError(String(error), AxiosError.ERR_BAD_RESPONSE, config, call))
      }
    })
  })
}

function answerOf(
  config: InternalAxiosRequestConfig,
  call: ClientRequest,
  response: IncomingMessage,
  raw: Buffer,
): AxiosResponse {
  const body = decode(raw, response.headers['content-encoding'])
  const data: unknown = config.responseType === 'arraybuffer' ? body : body.toString('utf8')
  const headers = response.headers as AxiosResponse['headers']
  return { data, status: response.statusCode ?? 0, statusText: response.statusMessage ?? '', headers, config, request: call }
}

function decode(body: Buffer, encoding: string | undefined): Buffer {
  const decoder = body.length > 0 ? DECODERS[encoding ?? ''] : undefined
  return decoder ? decoder(body) : body
}
