import type { Args } from './args'
import { missingScope, refused } from './errors'
import type { Events } from './events'
import type { Limits, Tier } from './limits'
import type { AppRow, TeamRow, TokenKind, TokenRow, UserRow } from './model'
import type { SocketMode } from './socket'
import type { SlackStore } from './store'

/** What every method works with. */
export interface Slack {
  store: SlackStore
  events: Events
  sockets: SocketMode
  limits: Limits
}

/** Who calls. */
export interface Caller {
  token: TokenRow
  team: TeamRow
  app: AppRow
  user: UserRow
}

/** One call of a method by somebody known. */
export interface Call {
  slack: Slack
  store: SlackStore
  caller: Caller
  args: Args
  warn(code: string): void
}

export interface Method {
  tier: Tier
  /** Any of these will do to begin with; which one it takes may depend on the arguments. */
  scopes?: readonly string[]
  /** Which scopes will do for these arguments; nothing where that cannot be told from them, and any of `scopes` will. */
  needs?: (call: Pick<Call, 'store' | 'caller' | 'args'>) => readonly string[] | undefined
  /** Kinds of token it takes; bots' and users' unless told. */
  tokens?: readonly TokenKind[]
  /** True where it may change something. */
  writes?: boolean
  run(call: Call): object
}

export type Methods = Readonly<Record<string, Method>>

/** The account a token stands for. @throws the refusal that fits the token */
export function callerOf(store: SlackStore, text: string | undefined): Caller {
  if (text === undefined) throw refused('not_authed')
  const token = store.data.tokens.get(text)
  if (!token) throw refused('invalid_auth')
  if (token.state === 'revoked') throw refused('token_revoked')
  if (token.state === 'expired') throw refused('token_expired')
  if (token.state === 'inactive' || store.user(token.userId).deleted) throw refused('account_inactive')
  return { token, team: store.team(token.teamId), app: store.app(token.appId), user: store.user(token.userId) }
}

/** @throws missing_scope naming the first of the alternatives */
export function requireScope({ token }: Caller, ...alternatives: readonly string[]): void {
  const [first] = alternatives
  if (first !== undefined && !alternatives.some((scope) => token.scopes.includes(scope))) throw missingScope(first, token.scopes)
}
