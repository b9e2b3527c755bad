import { defineParameterType } from '@cucumber/cucumber'

defineParameterType({
  name: 'courierStatus',
  regexp: /offline|online|busy/,
  transformer: (word: string) => word,
})

/** Statuses that a courier may request; the last does not exist. */
defineParameterType({
  name: 'requestedStatus',
  regexp: /offline|online|on holiday/,
  transformer: (words: string) => words,
})

/** What other services are notified of. */
export type Change = { from: string; to: string } | { completed: string }

defineParameterType({
  name: 'change',
  regexp: /went from (offline|online|busy) to (offline|online|busy)|completed "([^"]*)"/,
  transformer: (from?: string, to?: string, completed = ''): Change => (from && to ? { from, to } : { completed }),
})

defineParameterType({
  name: 'deliveryStatus',
  regexp: /assigned|delivered/,
  transformer: (word: string) => word,
})

/** How a user is seeded; the status is that of a courier. */
export type Account = { courier?: string; isActive?: boolean }

defineParameterType({
  name: 'employment',
  regexp: /a courier who is offline|a courier who is online|a courier who is busy|not a courier|a deactivated user/,
  transformer: (words: string): Account => {
    if (words === 'not a courier') return {}
    if (words === 'a deactivated user') return { isActive: false }
    return { courier: words.split(' ').at(-1) ?? '' }
  },
})

/** What is wrong with a login, if anything. */
defineParameterType({
  name: 'loginFlaw',
  regexp: /with the right password|with a wrong password|with an unknown phone|without a phone|without a password/,
  transformer: (words: string) => words,
})

defineParameterType({
  name: 'flawedToken',
  regexp:
    /no access token|a malformed access token|an access token signed by another secret|an expired access token|an unsigned access token/,
  transformer: (words: string) => words,
})

/** In seconds. */
defineParameterType({
  name: 'duration',
  regexp: /\d+ (?:seconds|minutes)/,
  transformer: (words: string) => Number.parseInt(words, 10) * (words.endsWith('minutes') ? 60 : 1),
})

/** The position, its time, and the backend that receives it. */
export interface Reports {
  count: number
  minutesAgo: number
  isShared: boolean
  isRetried: boolean
}

defineParameterType({
  name: 'reports',
  regexp:
    /a position|a position from \d+ minutes ago|a position to the shared backend|a position until it is accepted|\d+ positions at once/,
  transformer: (words: string): Reports => ({
    count: words.startsWith('a ') ? 1 : Number.parseInt(words, 10),
    minutesAgo: Number(/from (\d+) minutes ago/.exec(words)?.[1] ?? 0),
    isShared: words.endsWith('to the shared backend'),
    isRetried: words.endsWith('until it is accepted'),
  }),
})

defineParameterType({
  name: 'attemptedReport',
  regexp:
    /a position|a position with (?:no latitude|a latitude of -?90\.5|a longitude of -?180\.5|a longitude in words|an accuracy of -1 metre|a time that is not a time|a time 10 minutes in the future)/,
  transformer: (words: string): string | undefined => words.split('a position with ')[1],
})

/** Where a position must be found. */
defineParameterType({
  name: 'shownOrStored',
  regexp: /shown|stored/,
  transformer: (word: string) => word as 'shown' | 'stored',
})

/** How many positions of the history are requested; undefined for the default. */
defineParameterType({
  name: 'historyPart',
  regexp: /the position history|the last \d+ positions/,
  transformer: (words: string): number | null => {
    const count = /\d+/.exec(words)?.[0]
    return count === undefined ? null : Number(count)
  },
})

defineParameterType({
  name: 'badAssignment',
  regexp: /an unreadable assignment|an assignment without a courier|an assignment for an unknown courier/,
  transformer: (words: string) => words,
})

defineParameterType({
  name: 'deliveryAct',
  regexp: /view|complete/,
  transformer: (word: string) => word as 'view' | 'complete',
})

/** Backing servers in the words of a product owner. */
const SERVERS: Readonly<Record<string, string>> = {
  'message broker': 'rabbitmq',
  'document store': 'mongodb',
  cache: 'redis',
  database: 'postgres',
}

defineParameterType({
  name: 'backingServers',
  regexp:
    /(?:message broker|document store|cache|database)(?:, (?:message broker|document store|cache|database))*(?: and (?:message broker|document store|cache|database))?/,
  transformer: (words: string) => words.split(/, | and /).map((word) => SERVERS[word] ?? word),
})

defineParameterType({
  name: 'downOrUp',
  regexp: /down|up again/,
  transformer: (words: string) => words === 'down',
})

defineParameterType({
  name: 'migration',
  regexp: /upgraded|upgraded again|downgraded completely/,
  transformer: (words: string): 'upgrade' | 'downgrade' => (words.startsWith('up') ? 'upgrade' : 'downgrade'),
})

defineParameterType({
  name: 'tables',
  regexp: /no tables|tables for users, couriers and deliveries/,
  transformer: (words: string): string[] =>
    words === 'no tables' ? [] : ['marten.users', 'self_delivery.couriers', 'self_delivery.deliveries'],
})
