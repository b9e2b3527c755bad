import { defineParameterType } from '@cucumber/cucumber'

/** How the sandbox sets up Ada, her app or her channel before the scenario. */
export type Circumstances = Readonly<Record<string, unknown>>

/** Slack requires any one of these to look up a channel. */
const READ_SCOPES = ['channels:read', 'groups:read', 'im:read', 'mpim:read']

const CHANNELS: Readonly<Record<string, Circumstances>> = {
  'Ada is not in the channel': { outside: true },
  'the channel is archived': { archived: true },
  'the channel is private': { private: true },
  'the channel is read-only': { policy: 'read-only' },
}

defineParameterType({
  name: 'circumstance',
  regexp: /Ada is not in the channel|the channel is (?:archived|private|read-only)|the scope [a-z.]+:[a-z.]+ is missing/,
  transformer: (words: string): Circumstances => {
    const scope = /^the scope (\S+) is missing$/.exec(words)?.[1]
    if (scope === undefined) return CHANNELS[words] ?? {}
    return { lacks: scope === 'channels:read' ? READ_SCOPES : [scope] }
  },
})

defineParameterType({
  name: 'tokenEnd',
  regexp: /was revoked|has expired|belongs to a deactivated account/,
  transformer: (words: string) => ({ 'was revoked': 'revoked', 'has expired': 'expired' })[words] ?? 'inactive',
})

export type TokenOf = 'no token' | 'an unknown token' | 'the app-level token' | "Ben's user token" | 'her token'

defineParameterType({
  name: 'token',
  regexp: /no token|an unknown token|the app-level token|Ben's user token|her token/,
  transformer: (words: string) => words as TokenOf,
})

export type HistoryTarget = 'a channel that does not exist' | 'a channel she is not in'

defineParameterType({
  name: 'historyTarget',
  regexp: /a channel that does not exist|a channel she is not in/,
  transformer: (words: string) => words as HistoryTarget,
})

defineParameterType({
  name: 'renewal',
  regexp: /renews the connection|warns that the connection ends|cuts the connection/,
  transformer: (words: string) =>
    ({ 'renews the connection': 'refresh_requested', 'warns that the connection ends': 'warning' })[words] ?? 'cut',
})
