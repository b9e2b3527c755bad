import { defineParameterType } from '@cucumber/cucumber'

/** What the sandbox is asked to make different about Ada or her channel before anybody meets there. */
export type Wishes = Readonly<Record<string, unknown>>

const CIRCUMSTANCES: Readonly<Record<string, Wishes>> = {
  'Ada is not in the channel': { outside: true },
  'the channel is archived': { archived: true },
  'the channel is private': { private: true },
  'the channel is for announcements': { policy: 'read-only' },
  'Ada has no leave to write': { lacks: ['chat:write'] },
  'Ada has no leave to read the history': { lacks: ['channels:history'] },
  'Ada has no leave to look people up': { lacks: ['users:read'] },
  'Ada has no leave to look channels up': { lacks: ['channels:read', 'groups:read', 'im:read', 'mpim:read'] },
  'Ada has no leave to react': { lacks: ['reactions:write'] },
  'Ada has no leave to open private conversations': { lacks: ['im:write'] },
  'Ada has no leave to attach files': { lacks: ['files:write'] },
}

defineParameterType({
  name: 'circumstance',
  regexp: new RegExp(Object.keys(CIRCUMSTANCES).join('|')),
  transformer: (words: string): Wishes => CIRCUMSTANCES[words] ?? {},
})

defineParameterType({
  name: 'ending',
  regexp: /been revoked|expired|lost its account/,
  transformer: (words: string) => ({ 'been revoked': 'revoked', expired: 'expired' })[words] ?? 'inactive',
})

defineParameterType({
  name: 'audience',
  regexp: /everybody here|the whole channel|the whole workspace/,
  transformer: (words: string) => ({ 'everybody here': 'here', 'the whole channel': 'channel' })[words] ?? 'everyone',
})

/** Whose token is tried: none, one that nobody gave out, or one of the wrong kind. */
export type Pass = 'no token' | 'a made-up token' | 'the token of the app' | 'the token of Ben'

defineParameterType({
  name: 'pass',
  regexp: /no token|a made-up token|the token of the app|the token of Ben/,
  transformer: (words: string) => words as Pass,
})

defineParameterType({
  name: 'renewal',
  regexp: /renews the connection|warns that the connection ends|cuts the connection/,
  transformer: (words: string) =>
    ({ 'renews the connection': 'refresh_requested', 'warns that the connection ends': 'warning' })[words] ?? 'cut',
})
