import { setTimeout as pause } from 'node:timers/promises'
import {
  DiscordAPIError,
  HTTPError,
  RateLimitError,
  type RawFile,
  REST,
  type RequestMethod,
  type ResponseLike,
} from '@discordjs/rest'
import { curlOf } from '../../http/curl'
import { ApiError, ConnectionError, ForeignResponseError, isUnanswered, ProxyError } from '../../http/errors'
import { proxyFor } from '../../http/proxy'
import type { ServiceAccess } from '../service'
import { newDispatcher } from './dispatcher'
import { type ErrorBody, sentenceOf } from './form-errors'
import { budgetOf, currentBudget, givesUp, waitOf } from './wait-budget'

export type Method = `${RequestMethod}`

export interface DiscordCall {
  method: Method
  /** After the version, such as `/channels/1`. */
  path: `/${string}`
  query?: Readonly<Record<string, string | number | boolean>>
  body?: unknown
  files?: RawFile[]
}

const TIMEOUT = 30_000
const WAITS_IN_ALL = 30_000
/** Discord's global limit for all calls of a bot. */
const CALLS_A_SECOND = 50
/** How often an idempotent call is repeated after a gateway error or a lost response. */
const RETRIES = 2
/** POST calls that may be repeated: they return what already exists. */
const IDEMPOTENT_POSTS = /^\/(?:users\/@me\/channels|channels\/\d+\/typing)$/
/** Milliseconds added to the reset of a bucket, which counts from the arrival of the response; the library adds them twice. */
const MARGIN = 10

/** Live one REST client per process, so that scenarios share the state of the rate limits; on a sandbox one per bot. */
export function openRest(access: ServiceAccess): Promise<REST> {
  const open = async (): Promise<REST> =>
    new REST({
      agent: await access.connection(
        'dispatcher',
        async () => newDispatcher(access.address),
        (client) => client.close(),
      ),
      api: access.address,
      version: '10',
      timeout: TIMEOUT,
      retries: 0,
      offset: MARGIN,
      rejectOnRateLimit: givesUp,
      hashSweepInterval: 0,
      handlerSweepInterval: 0,
      globalRequestsPerSecond: access.isLive ? Math.ceil(CALLS_A_SECOND / access.shards) : Number.POSITIVE_INFINITY,
    })
  return access.isLive ? access.connection('rest', open, () => undefined) : open()
}

/**
 * Calls of one bot by `@discordjs/rest`, which follows Discord's rate-limit buckets. Every exchange is recorded.
 * @throws ApiError for a failure (a rate limit longer than the wait budget is a 429), ConnectionError if there is no response
 */
export class DiscordRest {
  private readonly budget = budgetOf(WAITS_IN_ALL)

  constructor(
    private readonly rest: REST,
    private readonly access: ServiceAccess,
    readonly token: string,
  ) {}

  async call(call: DiscordCall): Promise<unknown> {
    const mayRepeat = call.method !== 'POST' || IDEMPOTENT_POSTS.test(call.path)
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.once(call)
      } catch (error) {
        // A DELETE whose response was lost finds nothing when it is repeated.
        if (attempt > 0 && call.method === 'DELETE' && error instanceof ApiError && error.status === 404) return undefined
        if (!mayRepeat || attempt >= RETRIES || !isUnanswered(error)) throw error
        await pause(200 * 2 ** attempt)
      }
    }
  }

  private async once(call: DiscordCall): Promise<unknown> {
    const started = performance.now()
    try {
      const response = await currentBudget.run(this.budget, () => this.send(call))
      const data = await this.read(call, response)
      this.remember(call, started, response.status, data, Object.fromEntries(response.headers.entries()))
      return data
    } catch (error) {
      if (error instanceof ForeignResponseError) throw error
      throw this.failed(call, started, error)
    }
  }

  /** The library discards its token after a 401, and live several scenarios share the client. */
  private send({ method, path, query, body, files }: DiscordCall): Promise<ResponseLike> {
    this.rest.setToken(this.token)
    return this.rest.queueRequest({
      fullRoute: path,
      method: method as RequestMethod,
      ...(body === undefined ? {} : { body }),
      ...(files ? { files } : {}),
      ...(query ? { query: searchOf(query) } : {}),
    })
  }

  private async read(call: DiscordCall, response: ResponseLike): Promise<unknown> {
    if (response.status === 204) return undefined
    const text = await response.text()
    const type = response.headers.get('content-type') ?? 'no content type'
    if (type.startsWith('application/json')) return text === '' ? undefined : JSON.parse(text)
    throw new ForeignResponseError('discord', call.method, this.urlOf(call), type, JSON.stringify(text.slice(0, 60)))
  }

  private failed(call: DiscordCall, started: number, error: unknown): unknown {
    const { exchanges } = this.access
    if (error instanceof DiscordAPIError) {
      this.remember(call, started, error.status, error.rawError)
      const raw = error.rawError as ErrorBody
      const failure = { code: raw.code?.toString(), says: sentenceOf(raw), body: exchanges.text(raw) }
      return this.apiError(call, { status: error.status, ...failure })
    }
    if (error instanceof HTTPError) {
      this.remember(call, started, error.status, '')
      return this.apiError(call, { status: error.status, body: '' })
    }
    if (error instanceof RateLimitError) {
      this.remember(call, started, 429, '')
      const says = `the rate limit of ${error.method} ${error.route} is used up`
      return this.apiError(call, { status: 429, says, body: says, retryAfter: waitOf(error) / 1_000 })
    }
    this.remember(call, started, undefined, undefined)
    const { code, message } = error as { code?: string; message: string }
    const url = this.urlOf(call)
    const proxy = proxyFor(url)
    if (proxy) return new ProxyError(call.method, url, proxy.shown, proxy.variable, code ?? message)
    return new ConnectionError('Discord', call.method, url, code ?? message)
  }

  private apiError(
    call: DiscordCall,
    verdict: { status: number; code?: string | undefined; says?: string | undefined; body: string; retryAfter?: number },
  ): ApiError {
    const { method, path, body } = call
    return new ApiError({
      service: 'discord',
      method,
      path: path + queryOf(call),
      ...verdict,
      curl: curlOf({
        method,
        url: this.urlOf(call),
        body: this.access.exchanges.text(body),
        credentials: { Authorization: `Bot ${this.token}` },
      }),
    })
  }

  private remember(
    call: DiscordCall,
    started: number,
    status: number | undefined,
    response: unknown,
    headers?: Readonly<Record<string, string>>,
  ): void {
    this.access.exchanges.remember({
      method: call.method,
      url: this.urlOf(call),
      requestBody: call.files ? { ...(call.body as object), files: call.files.map(({ name }) => name) } : call.body,
      credentials: { Authorization: `Bot ${this.token}` },
      status,
      headers,
      response,
      milliseconds: performance.now() - started,
    })
  }

  private urlOf(call: DiscordCall): string {
    return `${this.access.address}/v10${call.path}${queryOf(call)}`
  }
}

function queryOf({ query }: DiscordCall): string {
  return query ? `?${searchOf(query)}` : ''
}

function searchOf(query: NonNullable<DiscordCall['query']>): URLSearchParams {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) search.set(name, String(value))
  return search
}
