import axios, { type Method } from 'axios'
import type { Agents } from './agents'
import { curlOf } from './curl'
import { DecodingError, parseBody, textOf } from './decoding'
import type { Digester } from './digest'
import {
  ApiError,
  ConnectionError,
  ForeignResponseError,
  isGatewayError,
  ProxyError,
  RedirectError,
  UnreadableResponseError,
  UnsendableError,
} from './errors'
import type { Exchanges } from './exchanges'
import { classifyStatus, type FailedResponse } from './failure'
import { proxyFor } from './proxy'
import { isIdempotent, pauseAfterFailure, pauseAfterLoss, type RetryBudget } from './retry'
import { isSuccess, PROXY_REFUSED, type RawResponse, STALE_CONNECTION, send, TransportError } from './transport'

/** Credentials of the caller: headers for each call, and a way to renew them when the service no longer accepts them. */
export interface Authorization {
  headers(): Promise<Record<string, string>>
  /** Called once after a 401; the call is then repeated once. */
  renew?(): Promise<void>
}

export interface HttpOptions {
  service: string
  /** Without a trailing slash. */
  baseURL: string
  /** The variable to correct if the base URL redirects to another one. */
  addressVariable?: string | undefined
  agents: Agents
  exchanges: Exchanges
  /** Remaining time that the scenario may spend on waiting for rate limits. */
  retryBudget: RetryBudget
  authorization?: Authorization
  /** Decides whether a response is a failure; by its status unless given. */
  classifyFailure?: (response: HttpResponse<unknown>) => FailedResponse | undefined
  headers?: Record<string, string>
  /** Throws where a call must not be sent. */
  refuse?: ((request: HttpRequest) => void) | undefined
  /** Waits, before a call is sent, for a budget that is known to be used up. */
  rateLimit?: () => Promise<void>
  /** Receives the headers of every response, failures included. */
  onHeaders?: (headers: Readonly<Record<string, string>>) => void
}

export interface HttpRequest {
  method: Method
  path: string
  query?: Record<string, unknown> | undefined
  body?: unknown
  headers?: Record<string, string> | undefined
  /** The body of a successful response is digested instead of returned; each attempt gets a new digester. */
  digest?: new () => Digester
  timeout?: number
  /** Without credentials. */
  anonymous?: boolean
  /** May be repeated regardless of its method: it has an idempotency key, or its effect is the same twice. */
  idempotent?: boolean
  /** The caller expects a `DELETE` to be refused: what is not found after a lost response was not deleted by it. */
  expectsRefusal?: boolean
}

export interface HttpResponse<T> {
  status: number
  headers: Readonly<Record<string, string>>
  data: T
}

/** A request with the headers that authenticate its caller. */
type SignedRequest = HttpRequest & {
  credentials: Readonly<Record<string, string>>
  /** Called where a call is sent again whose connection ended before any response. */
  onResend: () => void
}

/** How a caller may remove a thing. */
export type Removal = Pick<HttpRequest, 'expectsRefusal'>
type Extras = Omit<HttpRequest, 'method' | 'path' | 'body'>

const CALL_TIMEOUT = 30_000
const MOST_REDIRECTS = 5
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308]
/** Allowed characters of a header: tabs and Latin-1 without control characters. */
const SENDABLE = /^[\t\x20-\x7e\x80-\xff]*$/

/**
 * The HTTP client of all services: axios with keep-alive connections, 30 s per call, credentials renewed once, waits for rate limits
 * within the scenario's budget, two retries of idempotent calls after gateway errors and lost responses, every exchange recorded.
 * The status is checked before the content type: a 502 is a 502, whatever its body.
 * @throws ApiError for a response that is a failure; ConnectionError, ProxyError, RedirectError, ForeignResponseError or
 *   UnreadableResponseError where there is no usable one
 */
export class Http {
  constructor(private readonly options: HttpOptions) {}

  get<T>(path: string, extras: Extras = {}): Promise<HttpResponse<T>> {
    return this.request<T>({ ...extras, method: 'GET', path })
  }

  post<T>(path: string, body?: unknown, extras: Extras = {}): Promise<HttpResponse<T>> {
    return this.request<T>({ ...extras, method: 'POST', path, body })
  }

  put<T>(path: string, body?: unknown, extras: Extras = {}): Promise<HttpResponse<T>> {
    return this.request<T>({ ...extras, method: 'PUT', path, body })
  }

  delete<T>(path: string, extras: Extras = {}): Promise<HttpResponse<T>> {
    return this.request<T>({ ...extras, method: 'DELETE', path })
  }

  async request<T>(request: HttpRequest): Promise<HttpResponse<T>> {
    const { refuse, retryBudget, authorization, rateLimit } = this.options
    const { method, idempotent } = request
    refuse?.(request)
    let renewed = false
    let lost = false
    const noteLoss = (): void => {
      lost = true
    }
    for (let attempt = 0; ; attempt++) {
      await rateLimit?.()
      const credentials = request.anonymous ? {} : ((await authorization?.headers()) ?? {})
      let response: HttpResponse<T>
      try {
        response = await this.exchange<T>({ ...request, credentials, onResend: noteLoss })
      } catch (error) {
        if (!(await pauseAfterLoss(error, { method, idempotent, attempt }))) throw error
        lost = true
        continue
      }
      const failure = this.classify(response)
      if (!failure || (lost && isGone(request, failure))) return response
      if (failure.status === 401 && !renewed && !request.anonymous && authorization?.renew) {
        renewed = true
        await authorization.renew()
        continue
      }
      if (!(await pauseAfterFailure(failure, { method, idempotent, attempt }, retryBudget)))
        throw this.failure(request, credentials, response, failure)
      lost ||= isGatewayError(failure.status)
    }
  }

  /** A response of an intermediary is classified only by its status, because it does not contain the service's error body. */
  private classify(response: HttpResponse<unknown>): FailedResponse | undefined {
    const classifyFailure = this.options.classifyFailure ?? classifyStatus
    return isFromBetween(response) ? classifyStatus(response) : classifyFailure(response)
  }

  /** One call, with the redirects that can be followed safely. */
  private async exchange<T>(request: SignedRequest): Promise<HttpResponse<T>> {
    const { service, baseURL, headers } = this.options
    const { credentials } = request
    expectSendable(service, credentials)
    const all = { ...headers, ...credentials, ...request.headers }
    let url = withQuery(baseURL + request.path, request.query)
    for (let redirects = 0; ; redirects++) {
      const response = await this.sendOnce<T>(request, url, all)
      if (!REDIRECTS.includes(response.status)) return response
      url = this.redirected(request, url, response, redirects)
    }
  }

  private async sendOnce<T>(request: SignedRequest, url: string, headers: Record<string, string>): Promise<HttpResponse<T>> {
    const { method, body, timeout = CALL_TIMEOUT } = request
    const { agents, onHeaders } = this.options
    const digester = request.digest && new request.digest()
    const started = performance.now()
    try {
      const raw = await sendUnlessStale(
        { method, url, headers, body, agents, timeout, digester },
        isIdempotent(request) ? request.onResend : undefined,
      )
      const data = digester && isSuccess(raw.status) ? digester.digest() : this.readBody(raw)
      this.remember(request, url, started, { ...raw, data })
      onHeaders?.(raw.headers)
      return this.expectOwn<T>(request, url, { status: raw.status, headers: raw.headers, data: data as T })
    } catch (error) {
      throw this.lost(error, request, url, started)
    }
  }

  private readBody({ status, headers, body }: RawResponse): unknown {
    const type = headers['content-type'] ?? ''
    const text = textOf(body, type)
    return isGatewayError(status) || status === 429 ? tryParseBody(text) : parseBody(text, type)
  }

  private expectOwn<T>({ method, digest }: HttpRequest, url: string, response: HttpResponse<T>): HttpResponse<T> {
    const { status, headers, data } = response
    const isPage = /^text\/html\b/i.test(headers['content-type'] ?? '')
    const isKnown = isGatewayError(status) || status === 429 || REDIRECTS.includes(status)
    if (!digest && isPage && !isKnown)
      throw new ForeignResponseError(this.options.service, method, url, `a web page (status ${status})`, start(data))
    return response
  }

  private redirected(
    { method }: HttpRequest,
    url: string,
    { status, headers }: HttpResponse<unknown>,
    redirects: number,
  ): string {
    const { location } = headers
    const target = location !== undefined && URL.canParse(location, url) ? new URL(location, url) : undefined
    const refuse = (why: string): RedirectError =>
      new RedirectError(method, url, status, target?.href ?? location, why, this.options.addressVariable)
    if (!target) throw refuse('no address that can be followed')
    if (!['GET', 'HEAD'].includes(method.toUpperCase())) throw refuse('only reading calls are repeated elsewhere')
    if (target.origin !== new URL(url).origin) throw refuse('another host, port or scheme')
    if (redirects >= MOST_REDIRECTS) throw refuse(`more than ${MOST_REDIRECTS} redirects`)
    return target.href
  }

  /** The error, with its cause, for a call without a usable response. */
  private lost(error: unknown, request: SignedRequest, url: string, started: number): unknown {
    const { service } = this.options
    const { method } = request
    if (error instanceof DecodingError) {
      this.remember(request, url, started)
      return new UnreadableResponseError(method, url, error.status ?? 0, error.message, error.isCutShort)
    }
    if (!(error instanceof TransportError)) return error
    this.remember(request, url, started)
    if (error.status !== undefined && error.code !== 'ETIMEDOUT')
      return new UnreadableResponseError(method, url, error.status, 'the connection ended before its body did', true)
    const proxy = proxyFor(url)
    if (proxy && (error.code === PROXY_REFUSED || NOT_REACHED.has(error.code)))
      return new ProxyError(method, url, proxy.shown, proxy.variable, error.detail ?? error.code)
    return new ConnectionError(service, method, url, error.code)
  }

  private remember(request: SignedRequest, url: string, started: number, response?: RawResponse & { data: unknown }): void {
    this.options.exchanges.remember({
      method: request.method,
      url,
      requestBody: request.body,
      contentType: request.headers?.['content-type'],
      credentials: request.credentials,
      status: response?.status,
      headers: response?.headers,
      response: response?.data,
      requestId: response?.headers['x-request-id'],
      milliseconds: performance.now() - started,
    })
  }

  private failure(
    request: HttpRequest,
    credentials: Readonly<Record<string, string>>,
    response: HttpResponse<unknown>,
    failure: FailedResponse,
  ): ApiError {
    const { exchanges, service, baseURL } = this.options
    const { method, headers = {}, body } = request
    return new ApiError({
      service,
      method,
      path: withQuery(request.path, request.query),
      ...failure,
      requestId: response.headers['x-request-id'],
      body: isFromBetween(response) ? pageText(response) : exchanges.text(response.data),
      curl: curlOf({
        method,
        url: withQuery(baseURL + request.path, request.query),
        contentType: headers['content-type'],
        body: exchanges.text(body),
        credentials,
      }),
    })
  }
}

/** With these errors a call through a proxy has failed at the proxy. */
const NOT_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EPROTO'])

/**
 * If the server closes a keep-alive connection at the moment of use, the call is sent again once. Most likely nothing of it was
 * received; only its response may have been lost, too.
 * @param onResend absent where the call must not be sent again
 */
async function sendUnlessStale(request: Parameters<typeof send>[0], onResend: (() => void) | undefined): Promise<RawResponse> {
  try {
    return await send(request)
  } catch (error) {
    if (!(onResend && error instanceof TransportError && error.code === STALE_CONNECTION)) throw error
    onResend()
    return send(request)
  }
}

/** A removal that is repeated after a lost response may find the thing already removed. */
function isGone({ method, expectsRefusal }: HttpRequest, { status }: FailedResponse): boolean {
  return method.toUpperCase() === 'DELETE' && (status === 404 || status === 410) && !expectsRefusal
}

/** Whether a load balancer, a proxy or a content network wrote the response instead of the service. */
function isFromBetween({ status, headers }: HttpResponse<unknown>): boolean {
  return (isGatewayError(status) || status === 429) && !/\bjson\b/i.test(headers['content-type'] ?? '')
}

function pageText({ data }: HttpResponse<unknown>): string {
  const text = String(data)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return text.slice(0, 120) || '(no body)'
}

function tryParseBody(text: string): unknown {
  try {
    return parseBody(text, '')
  } catch {
    return text
  }
}

/** Checked before Node does, with a message that does not contain the header's value. */
function expectSendable(service: string, credentials: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(credentials)) if (!SENDABLE.test(value)) throw new UnsendableError(service, name)
}

/** Only for calls with a query, because axios merges its whole configuration for this. */
function withQuery(url: string, query: HttpRequest['query']): string {
  return query ? axios.getUri({ url, params: query }) : url
}

function start(data: unknown): string {
  return JSON.stringify(String(data).replace(/\s+/g, ' ').slice(0, 60))
}
