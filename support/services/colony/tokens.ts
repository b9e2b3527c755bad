import { z } from 'zod'
import { parseResponse } from '../../assertions/contract'
import type { Authorization, Http } from '../../http/client'
import type { ServiceAccess } from '../service'
import { token } from './contract'

/** Tokens are valid for 24 hours; they are treated as expired one hour early. */
const LIFETIME = 23 * 3_600_000

/** People with credentials in the environment; each has one token for the whole run. */
const ACCOUNTS = new Set(['Ada', 'Ben'])

export interface Token {
  value: string
  /** Id of its account; absent where the token does not contain it. */
  subject?: string | undefined
  /** Epoch milliseconds. */
  expires: number
}

/** Exchanges an API key for an access token. The Colony allows 30 exchanges an hour and address. An exchange changes nothing: it may be repeated. */
export async function exchange(http: Http, apiKey: string): Promise<Token> {
  const { data } = await http.post('/auth/token', { api_key: apiKey }, { anonymous: true, idempotent: true })
  const value = parseResponse(token, data, 'a token').access_token
  return { value, subject: subjectOf(value), expires: Date.now() + LIFETIME }
}

const claims = z.object({ sub: z.uuid() })

/** Tokens are JWTs whose `sub` is the id of the account; undefined where a token is not a JWT. */
function subjectOf(token: string): string | undefined {
  const [, encoded = ''] = token.split('.')
  try {
    return claims.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString())).sub
  } catch {
    return undefined
  }
}

/**
 * A person's access token, exchanged on first use and cached. Live, all scenarios of a run share one per account; a sandbox person
 * exists for one scenario only and gets a token of their own.
 */
export class Tokens implements Authorization {
  private token: Token | undefined
  /** An exchange in progress, for which simultaneous calls wait. */
  private pending: Promise<Token> | undefined
  private isSpent = false

  constructor(
    private readonly access: ServiceAccess,
    private readonly who: { name: string; apiKey: string },
    private readonly anonymous: Http,
  ) {}

  get isCached(): boolean {
    return this.token !== undefined && this.token.expires > Date.now()
  }

  async headers(): Promise<Record<string, string>> {
    return { authorization: `Bearer ${(await this.current()).value}` }
  }

  /** Id of the token's account; undefined where the token does not contain it. */
  async subject(): Promise<string | undefined> {
    return (await this.current()).subject
  }

  private async current(): Promise<Token> {
    return this.token && this.isCached ? this.token : this.exchanged()
  }

  private exchanged(): Promise<Token> {
    this.pending ??= this.fetch().finally(() => {
      this.pending = undefined
    })
    return this.pending
  }

  /** Empties the cache without a call. */
  forget(): void {
    this.token = undefined
    this.isSpent = true
  }

  async renew(): Promise<void> {
    this.forget()
  }

  private async fetch(): Promise<Token> {
    const shared = this.access.isLive && !this.isSpent && ACCOUNTS.has(this.who.name)
    const fetched = shared
      ? await this.access.once<Token>('token', this.who.name)
      : await exchange(this.anonymous, this.who.apiKey)
    this.access.learn(fetched.value)
    this.token = fetched
    return fetched
  }
}
