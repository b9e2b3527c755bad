import { z } from 'zod'
import { parseResponse } from '../../assertions/contract'
import type { Authorization, Http } from '../../http/client'
import type { ServiceAccess } from '../service'
import { token } from './contract'

/** Tokens are good for 24 hours; they are taken for expired one hour early. */
const LIFETIME = 23 * 3_600_000

/** People whose account the environment holds; a token of theirs serves the whole run. */
const ACCOUNTS = new Set(['Ada', 'Ben'])

export interface Token {
  value: string
  /** Epoch milliseconds. */
  expires: number
}

/** Exchanges an API key for a bearer token. The Colony allows 30 exchanges an hour and address. */
export async function exchange(http: Http, apiKey: string): Promise<Token> {
  const { data } = await http.post('/auth/token', { api_key: apiKey }, { anonymous: true })
  return { value: parseResponse(token, data, 'a token').access_token, expires: Date.now() + LIFETIME }
}

const claims = z.object({ sub: z.uuid() })

/** Tokens are JWTs whose `sub` is the id of the account; nothing where one is no JWT after all. */
export function subjectOf(token: string): string | undefined {
  const [, encoded = ''] = token.split('.')
  try {
    return claims.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString())).sub
  } catch {
    return undefined
  }
}

/**
 * A person's bearer token, exchanged on first use and kept. Live, all scenarios of a run share one per account; a sandbox person
 * lives for one scenario only and gets a token of their own.
 */
export class Tokens implements Authorization {
  private token: Token | undefined
  /** An exchange under way, which calls made at the same time wait for. */
  private coming: Promise<Token> | undefined
  private spent = false

  constructor(
    private readonly access: ServiceAccess,
    private readonly who: { name: string; apiKey: string },
    private readonly anonymous: Http,
  ) {}

  get isCached(): boolean {
    return this.token !== undefined && this.token.expires > Date.now()
  }

  async headers(): Promise<Record<string, string>> {
    const token = this.token && this.isCached ? this.token : await this.exchanged()
    return { authorization: `Bearer ${token.value}` }
  }

  /** Id of the account the token is of; nothing where the token does not say. */
  async subject(): Promise<string | undefined> {
    return subjectOf((await this.headers()).authorization ?? '')
  }

  private exchanged(): Promise<Token> {
    this.coming ??= this.fetch().finally(() => {
      this.coming = undefined
    })
    return this.coming
  }

  /** Empties the cache; asks nothing of the service. */
  forget(): void {
    this.token = undefined
    this.spent = true
  }

  async renew(): Promise<void> {
    this.forget()
  }

  private async fetch(): Promise<Token> {
    const shared = this.access.isLive && !this.spent && ACCOUNTS.has(this.who.name)
    const fetched = shared
      ? await this.access.once<Token>('token', this.who.name)
      : await exchange(this.anonymous, this.who.apiKey)
    this.access.learn(fetched.value)
    this.token = fetched
    return fetched
  }
}
