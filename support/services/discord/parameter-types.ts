import { defineParameterType } from '@cucumber/cucumber'

/** Discord's own name of a permission; undefined for the privileged intents. */
defineParameterType({
  name: 'grant',
  regexp:
    /the permission (View Channels|Send Messages|Read Message History|Add Reactions|Create Public Threads|Attach Files|Manage Messages)|the privileged intents/,
  transformer: (permission?: string) => permission,
})

export type SignIn =
  | 'call the API with an invalid token'
  | 'connect to the gateway with an invalid token'
  | 'connect to the gateway with the presence intent'

defineParameterType({
  name: 'signIn',
  regexp: /call the API with an invalid token|connect to the gateway with (?:an invalid token|the presence intent)/,
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
