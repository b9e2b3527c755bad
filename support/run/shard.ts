import { createHash } from 'node:crypto'
import { UsageError } from '../config/errors'
import { type Environment, read } from '../config/variables'

/** One of several machines that share a run; the first has index 1. */
export interface Shard {
  index: number
  total: number
}

/** How build machines number the jobs of one step. */
interface Engine {
  index: string
  total: string
  /** The number of its first job. */
  first: 0 | 1
}

const ENGINES: readonly Engine[] = [
  { index: 'CI_NODE_INDEX', total: 'CI_NODE_TOTAL', first: 1 },
  { index: 'JOB_COMPLETION_INDEX', total: 'CI_NODE_TOTAL', first: 0 },
  { index: 'BUILDKITE_PARALLEL_JOB', total: 'BUILDKITE_PARALLEL_JOB_COUNT', first: 0 },
]

/** The variables by which a build machine makes a run a shard. */
export const SHARD_VARIABLES: readonly string[] = [...new Set(ENGINES.flatMap(({ index, total }) => [index, total]))]

/**
 * The shard that Cucumber's `--shard` names, or else the one that the build machine's variables name.
 * @param option as Cucumber has it: `2/3`, or an empty text
 * @returns nothing where the run is whole
 */
export function shardOf(option: string | undefined, environment: Environment): Shard | undefined {
  if (option) return shardOfOption(option)
  const engine = ENGINES.find(({ index }) => read(environment, index) !== undefined)
  return engine && shardOfEngine(engine, environment)
}

function shardOfOption(option: string): Shard {
  const [index = 0, total = 0] = option.split('/').map(Number)
  if (index >= 1 && index <= total) return { index, total }
  throw new UsageError(`--shard ${option} names no shard: the index is 1 or more and at most the total, such as 1/3.`)
}

function shardOfEngine(engine: Engine, environment: Environment): Shard {
  const [index, total] = [numberIn(environment, engine.index), numberIn(environment, engine.total)]
  if (total === undefined || total < 1)
    throw new UsageError(`${engine.index} is set: set ${engine.total} to the number of shards, 1 or more.`)
  const last = total - 1 + engine.first
  if (index === undefined || index < engine.first || index > last)
    throw new UsageError(
      `${engine.index} must be a number from ${engine.first} to ${last}, since ${engine.total} is ${total}. Use --shard where your build machine counts otherwise.`,
    )
  return { index: index - engine.first + 1, total }
}

function numberIn(environment: Environment, name: string): number | undefined {
  const text = read(environment, name) ?? ''
  return /^\d+$/.test(text) ? Number(text) : undefined
}

/** A scenario as its division among shards sees it. */
export interface Divisible {
  /** Unique within the suite, and the same on every machine. */
  key: string
  service: string
  /** What it took before, in seconds; nothing where it never ran. */
  seconds: number | undefined
  /** Scenarios of the same group stay on one shard. */
  group: string | undefined
}

export interface Division {
  /** By the key of a scenario: the index of its shard. */
  shards: Map<string, number>
  /** What each shard will take, in seconds; that of shard 1 is first. */
  seconds: number[]
  /** Of the whole division: two machines that differ in it would not run every scenario exactly once. */
  fingerprint: string
}

interface Unit {
  keys: string[]
  seconds: number
}

/** For a suite that has never run, every scenario takes the same. */
const UNKNOWN_SECONDS = 0.1
/** What even a skipped scenario takes. */
const LEAST_SECONDS = 0.002

/**
 * Divides scenarios so that all shards take about the same time: the longest first, each to the shard that has least to do. Depends on
 * nothing but what it is given, whatever its order, so that every machine finds the same.
 */
export function divide(scenarios: readonly Divisible[], total: number): Division {
  const seconds = new Array<number>(total).fill(0)
  const shards = new Map<string, number>()
  for (const unit of unitsOf(scenarios)) {
    const least = seconds.indexOf(Math.min(...seconds))
    seconds[least] = (seconds[least] ?? 0) + unit.seconds
    for (const key of unit.keys) shards.set(key, least + 1)
  }
  return { shards, seconds, fingerprint: fingerprintOf(shards, total) }
}

/** The longest first; of the same length, in the order of their keys. */
function unitsOf(scenarios: readonly Divisible[]): Unit[] {
  const sorted = scenarios.toSorted((one, other) => compare(one.key, other.key))
  const expected = expectations(sorted)
  const groups = Map.groupBy(sorted, ({ key, group }) => (group === undefined ? `key ${key}` : `group ${group}`))
  const units = [...groups.values()].map((own): Unit => {
    return { keys: own.map(({ key }) => key), seconds: own.reduce((sum, one) => sum + expected(one), 0) }
  })
  return units.sort((one, other) => other.seconds - one.seconds || compare(one.keys[0] ?? '', other.keys[0] ?? ''))
}

/** A scenario that never ran is expected to take what others of its service take. */
function expectations(scenarios: readonly Divisible[]): (scenario: Divisible) => number {
  const known = scenarios.filter((one) => one.seconds !== undefined)
  const overall = medianOf(known.map((one) => one.seconds ?? 0)) ?? UNKNOWN_SECONDS
  const medians = new Map(
    [...Map.groupBy(known, ({ service }) => service)].map(([service, own]) => [
      service,
      medianOf(own.map((one) => one.seconds ?? 0)),
    ]),
  )
  return ({ seconds, service }) => Math.max(LEAST_SECONDS, seconds ?? medians.get(service) ?? overall)
}

/** The lower of the two in the middle. */
export function medianOf(numbers: readonly number[]): number | undefined {
  return numbers.toSorted((one, other) => one - other)[Math.floor((numbers.length - 1) / 2)]
}

function fingerprintOf(shards: ReadonlyMap<string, number>, total: number): string {
  const sorted = [...shards].sort(([one], [other]) => compare(one, other))
  return createHash('sha256')
    .update(JSON.stringify([total, sorted]))
    .digest('hex')
    .slice(0, 16)
}

/** By code units: a machine's language must not matter. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
