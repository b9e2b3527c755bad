import type { Args } from './args'
import { missingScope, refused } from './errors'
import type { Events } from './events'
import type { Limits, Tier } from './limits'
import type { AppRow, TeamRow, TokenKind, TokenRow, UserRow } from './model'
import type { SocketMode } from './socket'
import type { SlackStore } from './store'

/** The dependencies of every method. */
export interface Slack {
  store: SlackStore
  events: Events
  sockets: SocketMode
  limits: Limits
}

/** The caller. */
export interface Caller {
  token: TokenRow
  team: TeamRow
  app: AppRow
  user: UserRow
}

/** One call of a method by an authenticated caller. */
export interface Call {
  slack: Slack
  store: SlackStore
  caller: Caller
  args: Args
  warn(code: string): void
}

export interface Method {
  tier: Tier
  /** One of these is required; which one may depend on the arguments. */
  scopes?: readonly string[]
  /** The scopes that suffice for these arguments; undefined where the arguments do not decide it, and any of `scopes` suffices. */
  needs?: (call: Pick<Call, 'store' | 'caller' | 'args'>) => readonly string[] | undefined
  /** Kinds of token that it accepts; bots' and users' unless given. */
  tokens?: readonly TokenKind[]
  /** True for a method that may change something. */
  writes?: boolean
  run(call: Call): object
}

/** Declares a method: the conditions of a call, and what it does. */
export const method = (conditions: Omit<Method, 'run'>, run: Method['run']): Method => ({ ...conditions, run })

export type Methods = Readonly<Record<string, Method>>

/** The account of a token. @throws the refusal for this token */
export function callerOf(store: SlackStore, text: string | undefined): Caller {
  if (text === undefined) throw refused('not_authed')
  const token = store.data.tokens.get(text)
  if (!token) throw refused('invalid_auth')
  if (token.state === 'revoked') throw refused('token_revoked')
  if (token.state === 'expired') throw refused('token_expired')
  if (token.state === 'inactive' || store.user(token.userId).deleted) throw refused('account_inactive')
  return { token, team: store.team(token.teamId), app: store.app(token.appId), user: store.user(token.userId) }
}

/** @throws missing_scope with the first of the alternatives */
export function requireScope({ token }: Caller, ...alternatives: readonly string[]): void {
  const [first] = alternatives
  if (first !== undefined && !alternatives.some((scope) => token.scopes.includes(scope))) throw missingScope(first, token.scopes)
}
