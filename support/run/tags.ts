import { type Environment, isOn, read } from '../config/variables'
import { services } from '../services'
import type { Optional, ServiceDefinition } from '../services/service'
import type { ResolvedService } from './resolved'
import { inWords } from './targets'

/** A gate that prevents a scenario from running: why, and what would open it. */
export interface Closed {
  reason: string
  toSet: string
}

export interface GateContext {
  service: ServiceDefinition
  resolved: ResolvedService
  environment: Environment
  parallel: boolean
  atTerminal: boolean
}

export interface TagMeaning {
  means: string
  opens: string
  /** Absent: always open. @param word what follows the colon of the tag */
  closed?: (context: GateContext, word: string) => Closed | undefined
}

const LOCAL_TAGS: Record<string, TagMeaning> = {
  '@smoke': { means: 'The one scenario of a service that shows it is alive.', opens: 'always' },
  '@fresh-backend': { means: 'Has a backend of its own.', opens: 'always' },
  '@destructive': {
    means: 'Leaves something behind that matters to others or cannot be repeated, or changes what the suite did not make.',
    opens: 'sandbox: always; live: `ALLOW_DESTRUCTIVE=<service>[,…]` or `all`',
    closed: ({ service, resolved, environment }) =>
      onSandbox(resolved) || allowsDestructive(environment, service.name)
        ? undefined
        : { reason: 'it cannot be undone', toSet: `ALLOW_DESTRUCTIVE=${service.name}` },
  },
  '@sandbox-only': {
    means: 'Needs a power that only the sandbox has.',
    opens: 'on the sandbox',
    closed: ({ service, resolved }) =>
      onSandbox(resolved)
        ? undefined
        : { reason: 'only the sandbox has the power it needs', toSet: `${service.name.toUpperCase()}_TARGET=sandbox` },
  },
  '@resource-intensive': {
    means: 'Takes much of the machine; two of these do not run side by side.',
    opens: 'unless `CI` is exactly `true`; `RUN_RESOURCE_INTENSIVE=1` opens it again',
    closed: ({ environment }) =>
      environment.CI !== 'true' || isOn(environment, 'RUN_RESOURCE_INTENSIVE')
        ? undefined
        : { reason: 'it takes much of the machine and CI is true', toSet: 'RUN_RESOURCE_INTENSIVE=1' },
  },
  '@slow': {
    means: 'Takes minutes; its description says why.',
    opens: '`ACCEPTANCE_SLOW=1`',
    closed: ({ environment }) =>
      isOn(environment, 'ACCEPTANCE_SLOW') ? undefined : { reason: 'it takes minutes', toSet: 'ACCEPTANCE_SLOW=1' },
  },
  '@human': {
    means: 'Another person must act; on a sandbox the control API does.',
    opens: 'sandbox: always; live: at a terminal, without `--parallel`',
    closed: ({ resolved, parallel, atTerminal }) =>
      onSandbox(resolved) || (atTerminal && !parallel)
        ? undefined
        : { reason: 'a person must act while it runs', toSet: 'a terminal, without --parallel' },
  },
  '@opt-in:': {
    means: 'Only when asked for by the variable named after it.',
    opens: 'sandbox: always; live: the variable of the service’s own table',
    closed: (context, word) => closedOptional(context, context.service.optIns?.[word]),
  },
  '@needs:': {
    means: 'Needs something optional.',
    opens: 'where it is there; a sandbox has all that the machine allows',
    closed: (context, word) => closedNeed(context, word),
  },
  '@real:': {
    means: 'Its point is the behaviour of this very backing server.',
    opens: 'where the server is the real one, not an emulation',
    closed: ({ resolved }, word) =>
      !onSandbox(resolved) || resolved.real.includes(word)
        ? undefined
        : { reason: `${word} is emulated here`, toSet: `a real ${word} on this machine, or ACCEPTANCE_REAL=${word} to insist` },
  },
  '@serial:': { means: 'Touches what an account has only one of: never two of a service side by side.', opens: 'always' },
}

export const BACKING_SERVERS = ['postgres', 'rabbitmq', 'mongodb', 'redis'] as const

/** All tags by name; tags of optional things come from the services that have them. */
export const tags: Readonly<Record<string, TagMeaning>> = Object.fromEntries(
  Object.entries(LOCAL_TAGS).flatMap(([name, meaning]) =>
    name.endsWith(':') ? wordsOf(name).map(([word, means]) => [`${name}${word}`, { ...meaning, means }]) : [[name, meaning]],
  ),
)

function wordsOf(prefix: string): [string, string][] {
  const own = (pick: (service: ServiceDefinition) => Readonly<Record<string, Optional>> | undefined): [string, string][] =>
    services.flatMap((service) => Object.entries(pick(service) ?? {}).map(([word, { means }]): [string, string] => [word, means]))
  if (prefix === '@opt-in:') return own(({ optIns }) => optIns)
  if (prefix === '@needs:') return own(({ needs }) => needs)
  if (prefix === '@real:') return BACKING_SERVERS.map((server) => [server, `Its point is how a real ${server} behaves.`])
  return services.map(({ name, title }) => [name, `Touches what an account of ${title} has only one of.`])
}

/** What prevents a scenario with these tags from running, gates and missing credentials; undefined where it may run. */
export function closedGates(names: readonly string[], context: GateContext): Closed[] {
  const { kind, missing } = context.resolved
  if (kind === 'none') return [{ reason: 'its credentials to run live are missing', toSet: inWords(missing) }]
  return names.flatMap((name) => tags[name]?.closed?.(context, name.split(':')[1] ?? '') ?? [])
}

export function unknownTags(names: Iterable<string>): string[] {
  return [...new Set(names)].filter((name) => !(name in tags))
}

function onSandbox(resolved: ResolvedService): boolean {
  return resolved.kind === 'sandbox'
}

function allowsDestructive(environment: Environment, service: string): boolean {
  const allowed = (read(environment, 'ALLOW_DESTRUCTIVE') ?? '').split(',').map((name) => name.trim())
  return allowed.includes('all') || allowed.includes(service)
}

function closedNeed(context: GateContext, word: string): Closed | undefined {
  const optional = context.service.needs?.[word]
  if (!onSandbox(context.resolved)) return closedOptional(context, optional)
  const { means = word } = optional ?? {}
  return context.resolved.lacks.includes(word)
    ? { reason: `this machine lacks ${means}`, toSet: `${means} installed` }
    : undefined
}

function closedOptional({ resolved, environment }: GateContext, optional: Optional | undefined): Closed | undefined {
  if (onSandbox(resolved) || !optional) return undefined
  const { variables, value } = optional
  const missing = variables.filter((name) =>
    value === undefined ? read(environment, name) === undefined : read(environment, name) !== value,
  )
  if (missing.length === 0) return undefined
  return {
    reason: `it needs ${optional.means}`,
    toSet: missing.map((name) => (value === undefined ? name : `${name}=${value}`)).join(' and '),
  }
}
