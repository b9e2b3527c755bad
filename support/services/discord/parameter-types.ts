import { defineParameterType } from '@cucumber/cucumber'

/** Discord's own names of permissions. */
defineParameterType({
  name: 'permission',
  regexp: /View Channels|Send Messages|Read Message History|Add Reactions|Create Public Threads|Attach Files|Manage Messages/,
  transformer: (words: string) => words,
})

export type SignIn = 'call the API' | 'connect to the gateway'

defineParameterType({
  name: 'signIn',
  regexp: /call the API|connect to the gateway/,
  transformer: (words: string) => words as SignIn,
})

export type Interruption = 'reconnect' | 'close'

defineParameterType({
  name: 'interruption',
  regexp: /requests a reconnect|drops the connection/,
  transformer: (words: string): Interruption => (words === 'requests a reconnect' ? 'reconnect' : 'close'),
})

export type DiscordTarget = 'a guild that does not exist' | 'a channel hidden from her'

defineParameterType({
  name: 'discordTarget',
  regexp: /a guild that does not exist|a channel hidden from her/,
  transformer: (words: string) => words as DiscordTarget,
})
