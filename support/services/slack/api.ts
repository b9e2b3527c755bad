import { type FilesUploadV2Arguments, LogLevel, WebAPIRequestError, WebClient, type WebClientOptions } from '@slack/web-api'
import type { z } from 'zod'
import { assertExactly } from '../../assertions/agreement'
import { ContractError, parseResponse } from '../../assertions/contract'
import type { Http } from '../../http/client'
import { type Digest, Digester } from '../../http/digest'
import { ApiError } from '../../http/errors'
import type { ServiceAccess } from '../service'
import { classifyFailure } from './http'
import { takeTurn } from './shared-rate-limiter'

type Args = Record<string, unknown>
type FetchResponse = Awaited<ReturnType<NonNullable<WebClientOptions['fetch']>>>
interface Paged {
  response_metadata?: { next_cursor?: string | undefined } | undefined
}

/**
 * Slack's own Web API client, called by method name over the suite's HTTP client, so that calls are recorded, rate limits waited
 * for, and failures explained.
 */
export class SlackApi {
  /** The token's scopes, from the latest response. */
  scopes: readonly string[] | undefined
  private readonly web: WebClient
  private readonly http: Http

  /** @param token undefined for calls that must be refused without one */
  constructor(
    private readonly access: ServiceAccess,
    readonly token: string | undefined,
  ) {
    this.http = access.http({
      baseURL: '',
      classifyFailure,
      authorization: {
        headers: async (): Promise<Record<string, string>> => (token ? { authorization: `Bearer ${token}` } : {}),
      },
      onHeaders: (headers) => this.takeScopes(headers['x-oauth-scopes']),
    })
    this.web = new WebClient(undefined, {
      ...this.clientOptions(),
      // The suite repeats calls itself: it knows how long a scenario may wait.
      retryConfig: { retries: 0 },
    })
  }

  /** For Slack's other clients, which start with a call of the Web API. */
  clientOptions() {
    return {
      slackApiUrl: this.access.address,
      logger: noLogger,
      fetch: (url: string | URL, init?: object) => this.fetch(String(url), init),
    }
  }

  /**
   * @param what names the response in a failure, e.g. `a person`
   * @throws ApiError if Slack refuses the call, ContractError if the response violates the contract
   */
  async call<T>(method: string, args: Args, schema: z.ZodType<T>, what: string): Promise<T> {
    return parseResponse(schema, await this.perform(method, () => this.web.apiCall(method, args)), what)
  }

  /** @throws ContractError if a header lists no scopes, or other ones than before */
  private takeScopes(header: string | undefined): void {
    if (header === undefined) return
    const scopes = scopesIn(header)
    const malformed = scopes.filter((scope) => !SCOPE.test(scope))
    if (malformed.length > 0) throw new ContractError('the header x-oauth-scopes', [`"${malformed.join('", "')}" is not a scope`])
    if (this.scopes) assertExactly('the scopes of one token', scopes, this.scopes)
    this.scopes = scopes
  }

  /** All pages of a list, two hundred items each, until enough were read. */
  async walk<T, P extends Paged>(
    method: string,
    args: Args,
    { schema, items, enough }: { schema: z.ZodType<P>; items: (page: P) => readonly T[]; enough?: (item: T) => boolean },
  ): Promise<T[]> {
    const all: T[] = []
    for (let cursor: string | undefined; cursor !== ''; ) {
      const page: P = await this.call(
        method,
        { limit: 200, ...args, ...(cursor ? { cursor } : {}) },
        schema,
        `a page of ${method}`,
      )
      all.push(...items(page))
      cursor = page.response_metadata?.next_cursor ?? ''
      if (enough && items(page).some(enough)) break
    }
    return all
  }

  /** Announces, uploads and completes a file in one call. */
  upload<T>(args: FilesUploadV2Arguments, schema: z.ZodType<T>): Promise<T> {
    const upload = () => this.web.filesUploadV2(args)
    return this.perform('files.completeUploadExternal', upload).then((response) => parseResponse(schema, response, 'an upload'))
  }

  /** Of the file at a URL that Slack returned. */
  async digest(url: string): Promise<Digest> {
    return (await this.http.get<Digest>(url, { digest: Digester })).data
  }

  private async perform<T>(method: string, call: () => Promise<T>): Promise<T> {
    if (this.access.isLive) await takeTurn(this.access, method)
    try {
      return await call()
    } catch (error) {
      const reason = thrown(error)
      this.checkProvided(reason)
      throw reason
    }
  }

  /** The refusal for a missing scope lists the scopes that the token has. */
  private checkProvided(error: unknown): void {
    if (!isRefused(error, 'missing_scope') || !(error instanceof ApiError)) return
    const provided = scopesIn(/, has (.*)$/.exec(error.failure.says ?? '')?.[1] ?? '')
    assertExactly('the scopes in a refusal', provided, this.scopes ?? [])
  }

  /** Slack documents the header for bot and user tokens. */
  private tellsScopes(url: string): boolean {
    const isOfApp = this.access.isLive && this.token?.startsWith('xapp-')
    return url.startsWith(this.access.address) && this.token !== undefined && !isOfApp
  }

  private async fetch(
    url: string,
    init: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<FetchResponse> {
    const type = init.headers?.['Content-Type']
    const headers = type === undefined ? {} : { headers: { 'content-type': type } }
    const idempotent = !NOT_IDEMPOTENT.has(url.split('/').at(-1) ?? '')
    const response = await this.http.request({ method: 'POST', path: url, body: init.body, idempotent, ...headers })
    if (this.tellsScopes(url) && response.headers['x-oauth-scopes'] === undefined)
      throw new ContractError(url, ['x-oauth-scopes: is missing'])
    return responseOf(url, response)
  }
}

/** Methods that are not idempotent; all others may be repeated if a response was lost. */
const NOT_IDEMPOTENT = new Set([
  ...['chat.postMessage', 'chat.delete', 'files.completeUploadExternal', 'files.delete'],
  ...['reactions.add', 'reactions.remove'],
])

const SCOPE = /^[a-z_]+(?:[.:][a-z_]+)+$/

function scopesIn(list: string): string[] {
  return list.split(',').map((scope) => scope.trim())
}

/** Refusals are not thrown in the form of Slack's client, and its warnings are not reported. */
const nothing = (): undefined => undefined
const noLogger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: () => LogLevel.ERROR,
}

function responseOf(
  url: string,
  { status, headers, data }: { status: number; headers: Readonly<Record<string, string>>; data: unknown },
): FetchResponse {
  const text = typeof data === 'string' ? data : JSON.stringify(data)
  const { response_metadata: metadata } = (data ?? {}) as { response_metadata?: unknown }
  // Slack's client writes to it without checking.
  if (metadata === null) throw new ContractError(url, ['response_metadata: is null'])
  return {
    ok: true,
    status,
    statusText: '',
    url,
    headers: { get: (name) => headers[name.toLowerCase()] ?? null, entries: () => Object.entries(headers) },
    text: async () => text,
    json: async () => JSON.parse(text) as unknown,
    arrayBuffer: async () => new TextEncoder().encode(text).buffer as ArrayBuffer,
  }
}

/** Slack's client wraps the errors of its transport. */
export function thrown(error: unknown): unknown {
  return error instanceof WebAPIRequestError ? error.original : error
}

/** Whether a call was refused with one of these error names. */
export function isRefused(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof ApiError && codes.includes(error.code ?? '')
}

/** Makes the call, and counts these refusals as success. */
export async function settled<T>(act: () => Promise<T>, ...codes: readonly string[]): Promise<T | undefined> {
  try {
    return await act()
  } catch (error) {
    if (isRefused(error, ...codes)) return undefined
    throw error
  }
}
