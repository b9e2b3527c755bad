import { defineParameterType } from '@cucumber/cucumber'

defineParameterType({
  name: 'courierStatus',
  regexp: /offline|online|busy/,
  transformer: (word: string) => word,
})

/** Backing servers in the words of a product owner. */
const SERVERS: Readonly<Record<string, string>> = {
  'message broker': 'rabbitmq',
  'document store': 'mongodb',
  cache: 'redis',
  database: 'postgres',
}
const SERVER = Object.keys(SERVERS).join('|')

defineParameterType({
  name: 'backingServer',
  regexp: new RegExp(SERVER),
  transformer: (words: string) => SERVERS[words] ?? words,
})

defineParameterType({
  name: 'backingServers',
  regexp: new RegExp(`(?:${SERVER})(?:, (?:${SERVER}))* and (?:${SERVER})`),
  transformer: (words: string) => words.split(/, | and /).map((word) => SERVERS[word] ?? word),
})

defineParameterType({
  name: 'flawedPass',
  regexp: /no pass at all|a pass (?:that is no pass|signed by somebody else|that has expired|that nobody signed)/,
  transformer: (words: string) => words,
})

defineParameterType({
  name: 'badReport',
  regexp:
    /no latitude|a latitude of 90\.5|a longitude of -180\.5|a longitude in words|an accuracy of -1 metre|a time that is no time|a time 10 minutes ahead/,
  transformer: (words: string) => words,
})

defineParameterType({
  name: 'badAssignment',
  regexp: /that cannot be read|without a courier|for a courier nobody knows/,
  transformer: (words: string) => words,
})
