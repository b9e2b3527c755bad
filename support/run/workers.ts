import { readdirSync } from 'node:fs'
import { availableParallelism, freemem } from 'node:os'
import type { Environment } from '../config/variables'
import { services } from '../services'
import { decideTargets } from './targets'

export interface Machine {
  cores: number
  /** Free memory in bytes. */
  memory: number
}

/** What a worker needs beside the run itself, with some to spare. */
const MEMORY_PER_WORKER = 512 * 1024 * 1024
/** Fewer features are done before workers have loaded the suite. */
const LEAST_FEATURES = 40
/** The sandboxes share the main thread: a third worker keeps it busy, a fourth would only wait for it. */
const MOST_WORKERS = 3

const WITH_VALUE = new Set(['-p', '--profile', '--shard', '--order', '-f', '--format', '--retry'])

/**
 * How many workers a run of the whole suite gets where the command line does not say: on sandboxes it waits for child processes and
 * timers half of the time, and other scenarios use that. 0 is a serial run: of a part of the suite, live, on one core, or with little memory.
 * @param argv Cucumber's command line
 */
export function ownWorkers(
  argv: readonly string[],
  environment: Environment,
  profile: 'live' | 'sandbox' | undefined,
  machine: Machine = { cores: availableParallelism(), memory: freemem() },
): number {
  if (machine.cores < 2 || !isWholeSuite(argv)) return 0
  const { targets } = decideTargets(services, environment, profile)
  if (targets.some(({ kind }) => kind !== 'sandbox')) return 0
  const workers = machine.cores < 4 ? 2 : MOST_WORKERS
  return machine.memory < workers * MEMORY_PER_WORKER ? 0 : workers
}

function isWholeSuite(argv: readonly string[]): boolean {
  const choosesNothing = argv.every((argument, at) => {
    return (
      WITH_VALUE.has(argv[at - 1] ?? '') || WITH_VALUE.has(argument) || /^--(?:profile|shard|order|format|retry)=/.test(argument)
    )
  })
  return choosesNothing && featureCount() >= LEAST_FEATURES
}

function featureCount(): number {
  return readdirSync('features', { recursive: true }).filter((path) => String(path).endsWith('.feature')).length
}
