import { z } from 'zod'
import { secretsIn } from '../config/secrets'
import { type Environment, flag, milliseconds, read, seconds, type Variable } from '../config/variables'
import { services } from '../services'
import type { ServiceDefinition } from '../services/service'
import { isOrdinaryText } from './ordinary-words'
import type { Resolved } from './resolved'
import { BACKING_SERVERS } from './tags'
import { targetVariable, testAccountVariable } from './targets'

const target = z.enum(['live', 'sandbox'], { error: 'must be live or sandbox' })
const names = services.map(({ name }) => name)
const serverUrl = z.url({ error: 'must be a URL' })

/** A comma-separated choice from the given words, or `all`. */
function listOf(words: readonly string[]) {
  return z.string().refine((text) => text.split(',').every((word) => [...words, 'all'].includes(word.trim())), {
    error: `must be a list of ${words.join(', ')}, or all`,
  })
}

/** Variables that tune the suite itself, whatever the service. */
export const settings: readonly Variable[] = [
  { name: 'ACCEPTANCE_TARGET', role: 'setting', means: '`live` or `sandbox` for every service', schema: target },
  ...services.map(({ name, title }): Variable => {
    return { name: targetVariable(name), role: 'setting', means: `\`live\` or \`sandbox\` for ${title} alone`, schema: target }
  }),
  ...services.flatMap(({ name, title, testAccount }): Variable[] =>
    testAccount === undefined
      ? []
      : [
          {
            name: testAccountVariable(name),
            role: 'setting',
            means: `${testAccount} of the account at ${title} that is meant for tests; with credentials of another one the run stops`,
          },
        ],
  ),
  {
    name: 'ACCEPTANCE_REQUIRE',
    role: 'setting',
    means: 'services that must have run live, or the run fails; `all` for every one',
    schema: listOf(names),
  },
  {
    name: 'ALLOW_DESTRUCTIVE',
    role: 'setting',
    means: 'services whose `@destructive` scenarios may run live, or `all`',
    schema: listOf(names),
  },
  {
    name: 'RUN_RESOURCE_INTENSIVE',
    role: 'setting',
    means: '`1` runs `@resource-intensive` scenarios although `CI` is `true`',
    schema: flag,
  },
  { name: 'ACCEPTANCE_SLOW', role: 'setting', means: '`1` runs `@slow` scenarios', schema: flag },
  {
    name: 'ACCEPTANCE_HUMAN_TIMEOUT',
    role: 'setting',
    means: 'seconds a `@human` scenario waits for a person to act (60)',
    schema: seconds,
  },
  {
    name: 'ACCEPTANCE_EVENTUALLY_TIMEOUT',
    role: 'setting',
    means: 'milliseconds after which every wait for an expectation ends, however long it might be; set by `npm run mutate`',
    schema: milliseconds,
  },
  {
    name: 'ACCEPTANCE_STRICT_CLEANUP',
    role: 'setting',
    means: '`1` fails a live run that leaves something behind',
    schema: flag,
  },
  {
    name: 'ACCEPTANCE_RECORD_SHAPES',
    role: 'setting',
    means: '`1` records the shapes of all responses, without any value, for `npm run drift`',
    schema: flag,
  },
  { name: 'ACCEPTANCE_DEBUG', role: 'setting', means: '`1` shows every call as it happens', schema: flag },
  {
    name: 'ACCEPTANCE_BACKING',
    role: 'setting',
    means: '`docker` lets backing servers be pulled as images',
    schema: z.enum(['docker'], { error: 'must be docker, or unset' }),
  },
  {
    name: 'ACCEPTANCE_REAL',
    role: 'setting',
    means: 'backing servers that must not be emulated: postgres, rabbitmq, mongodb, redis',
    schema: listOf(BACKING_SERVERS),
  },
  ...BACKING_SERVERS.map((server): Variable => {
    const means = `URL of a ${server} to put the sandboxes on, instead of starting one; what is there already is not touched`
    return { name: `ACCEPTANCE_${server.toUpperCase()}_URL`, role: 'setting', secret: true, means, schema: serverUrl }
  }),
]

/** Every secret that is configured or comes from a sandbox. */
export function configuredSecrets(environment: Environment, resolved?: Resolved): string[] {
  const own = settings.filter(({ secret }) => secret).flatMap(({ name }) => read(environment, name) ?? [])
  return [...own, ...secretsIn(services, environment, resolved)]
}

/** A warning for each secret that cannot be hidden everywhere, because it is also an ordinary text of the project. */
export function ordinarySecrets(environment: Environment): string[] {
  return everyVariable.flatMap(({ name, secret }) => {
    const value = secret ? read(environment, name) : undefined
    return value !== undefined && isOrdinaryText(value)
      ? [
          `${name} is an ordinary word of this project: reports hide it only where it is used as a credential. Choose another one.`,
        ]
      : []
  })
}

/** Every variable the suite reads, settings first. */
const everyVariable: readonly Variable[] = [...settings, ...services.flatMap(({ variables }) => variables)]

/** Variables that resemble one of the suite's without being one. */
export interface Slips {
  /** With a prefix that only the suite uses: it must not count as unset. */
  errors: string[]
  /** With a prefix that other tools use as well. */
  warnings: string[]
}

/** Prefixes that other tools' variables also have. */
const SHARED_PREFIX = /^PG/

/**
 * Variables that are set and unknown, but differ from a known one by a typing error.
 * @param chosen the services of this run: names similar to variables of other services do not matter
 */
export function slips(environment: Environment, chosen: readonly ServiceDefinition[] = services): Slips {
  const known = new Set(everyVariable.map(({ name }) => name))
  const candidates = [...settings, ...chosen.flatMap(({ variables }) => variables)].map(({ name }) => name)
  const found: Slips = { errors: [], warnings: [] }
  for (const name of Object.keys(environment)) {
    if (known.has(name) || !/^[A-Z][A-Z0-9_]{5,}$/.test(name) || read(environment, name) === undefined) continue
    const meant = candidates.find((candidate) => isSlip(name, candidate))
    if (!meant) continue
    const list = SHARED_PREFIX.test(meant) ? found.warnings : found.errors
    list.push(`${name} is no variable of this suite; ${meant} is`)
  }
  return found
}

/** One letter added, missing or different, or a missing underscore. */
function isSlip(name: string, candidate: string): boolean {
  if (name.replaceAll('_', '') === candidate.replaceAll('_', '')) return true
  if (Math.abs(name.length - candidate.length) > 1 || /\d$/.test(name) !== /\d$/.test(candidate)) return false
  let start = 0
  while (start < name.length && name[start] === candidate[start]) start++
  let end = 0
  while (end < Math.min(name.length, candidate.length) - start && name.at(-1 - end) === candidate.at(-1 - end)) end++
  return Math.max(name.length, candidate.length) - start - end <= 1
}
