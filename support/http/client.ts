import type { Method } from 'axios'
import axios, { AxiosError } from 'axios'

import { type Agents, isLoopback, isProxied } from './agents'
import { curlOf } from './curl'
import { ApiError, ConnectionError, ForeignAnswerError, UnsendableError } from './errors'
import type { Exchanges } from './exchanges'
import { classifyStatus, type FailedResponse } from './failure'
import { isPlainCall, NoAnswer, nodeCall, type Reply } from './node-call'
import { pauseBefore, type RetryBudget } from './retry'

/** Who is calling: headers for each call, and a way to get fresh ones when the service no longer takes them. */
export interface Authorization {
  headers(): Promise<Record<string, string>>
  /** Called once after a 401; the call is then repeated once. */
  renew?(): Promise<void>
}

export interface HttpOptions {
  service: string
  /** Without a trailing slash. */
  baseURL: string
  agents: Agents
  exchanges: Exchanges
  /** What is left of the scenario's willingness to wait out rate limits. */
  retryBudget: RetryBudget
  authorization?: Authorization
  /** Tells success from failure; by the status unless the service speaks otherwise. */
  classifyFailure?: (answer: HttpResponse<unknown>) => FailedResponse | undefined
  headers?: Record<string, string>
  /** Waits, before a call leaves, for a budget that is known to be used up. */
  rateLimit?: () => Promise<void>
  /** Sees the headers of every answer, failures included. */
  onHeaders?: (headers: Readonly<Record<string, string>>) => void
}

export interface HttpRequest {
  method: Method
  path: string
  query?: Record<string, unknown> | undefined
  body?: unknown
  headers?: Record<string, string> | undefined
  /** The answer as bytes instead of JSON. */
  bytes?: boolean
  timeout?: number
  anonymous?: boolean
}

export interface HttpResponse<T> {
  status: number
  headers: Readonly<Record<string, string>>
  data: T
}

type Extras = Omit<HttpRequest, 'method' | 'path' | 'body'>

const CALL_TIMEOUT = 30_000
/** What a header may hold: tabs and Latin-1 without control characters. */
const SENDABLE = /^[\t\x20-\x7e\x80-\xff]*$/

/**
 * The one way to a service: keep-alive, 30 s a call, credentials renewed once, rate limits waited out within the scenario's
 * patience, gateway errors of idempotent calls tried twice more, every exchange remembered.
 * @throws ApiError for an answer that is a failure, ConnectionError for none, ForeignAnswerError for one that is not the service's
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

  async request<T>(call: HttpRequest): Promise<HttpResponse<T>> {
    let renewed = false
    for (let attempt = 0; ; attempt++) {
      await this.options.rateLimit?.()
      const credentials = call.anonymous ? {} : ((await this.options.authorization?.headers()) ?? {})
      const answer = await this.send<T>(call, credentials)
      const verdict = (this.options.classifyFailure ?? classifyStatus)(answer)
      if (!verdict) return answer
      if (verdict.status === 401 && !renewed && !call.anonymous && this.options.authorization?.renew) {
        renewed = true
        await this.options.authorization.renew()
        continue
      }
      if (!(await pauseBefore({ failure: verdict, method: call.method, attempt, retryBudget: this.options.retryBudget })))
        throw this.failure(call, credentials, answer, verdict)
    }
  }

  private async send<T>(call: HttpRequest, credentials: Readonly<Record<string, string>>): Promise<HttpResponse<T>> {
    const url = withQuery(this.options.baseURL + call.path, call.query)
    const headers = { ...this.options.headers, ...credentials, ...call.headers }
    expectSendable(this.options.service, credentials)
    const started = performance.now()
    try {
      const reply = await this.exchange(call, url, headers)
      this.remember(call, url, started, reply)
      this.options.onHeaders?.(reply.headers)
      return this.answered<T>(call, url, reply)
    } catch (error) {
      if (!(error instanceof AxiosError || error instanceof NoAnswer)) throw error
      this.remember(call, url, started)
      throw new ConnectionError(this.options.service, call.method, url, error.code ?? error.message)
    }
  }

  /** Straight over node:http wherever nothing stands between; axios knows proxies, forms and streams. */
  private async exchange(call: HttpRequest, url: string, headers: Record<string, string>): Promise<Reply> {
    const { agents } = this.options
    const { method, body, bytes = false, timeout = CALL_TIMEOUT } = call
    if (!isProxied(url) && isPlainCall(body, headers)) return nodeCall({ method, url, headers, body, agents, timeout, bytes })
    const answer = await axios.request({
      ...agents,
      method,
      url,
      headers,
      data: body,
      timeout,
      maxRedirects: 0,
      validateStatus: () => true,
      responseType: bytes ? 'arraybuffer' : 'json',
      ...(isLoopback(url) ? { proxy: false as const } : {}),
    })
    return { status: answer.status, headers: answer.headers as Record<string, string>, data: answer.data }
  }

  private answered<T>(call: HttpRequest, url: string, { status, headers, data }: Reply): HttpResponse<T> {
    const type = headers['content-type'] ?? ''
    if (!call.bytes && type.startsWith('text/html')) {
      throw new ForeignAnswerError(this.options.service, call.method, url, `a web page (status ${status})`, start(data))
    }
    return { status, headers, data: data as T }
  }

  private remember(call: HttpRequest, url: string, started: number, reply?: Reply): void {
    this.options.exchanges.remember({
      method: call.method,
      url,
      requestBody: call.body,
      status: reply?.status,
      answer: reply?.data,
      requestId: reply?.headers['x-request-id'],
      milliseconds: performance.now() - started,
    })
  }

  private failure(
    call: HttpRequest,
    credentials: Readonly<Record<string, string>>,
    answer: HttpResponse<unknown>,
    verdict: FailedResponse,
  ): ApiError {
    const { exchanges, service, baseURL } = this.options
    const { method, headers = {}, body } = call
    return new ApiError({
      service,
      method,
      path: withQuery(call.path, call.query),
      ...verdict,
      requestId: answer.headers['x-request-id'],
      body: exchanges.text(answer.data),
      curl: curlOf({
        method,
        url: withQuery(baseURL + call.path, call.query),
        contentType: headers['content-type'],
        body: exchanges.text(body),
        credentials,
      }),
    })
  }
}

/** Before Node says so, in words that leave open whose header it was. */
function expectSendable(service: string, credentials: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(credentials)) if (!SENDABLE.test(value)) throw new UnsendableError(service, name)
}

/** Axios merges its whole configuration to answer this: not for the many calls that have no query. */
function withQuery(url: string, query: HttpRequest['query']): string {
  return query ? axios.getUri({ url, params: query }) : url
}

function start(data: unknown): string {
  return JSON.stringify(String(data).replace(/\s+/g, ' ').slice(0, 60))
}
