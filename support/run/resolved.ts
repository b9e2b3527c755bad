import { UsageError } from '../config/errors'
import type { Environment } from '../config/variables'
import type { TargetKind } from './targets'

/** One service of the run: its sandbox or its live address. */
export interface ResolvedService {
  kind: TargetKind
  missing: readonly string[]
  /** Why it cannot be used at all: its sandbox did not start. */
  unavailable?: string | undefined
  address?: string | undefined
  controlAddress?: string | undefined
  /** Variables of the sandbox for an outside client; empty live. */
  variables: Readonly<Record<string, string>>
  /** Optional things that this sandbox lacks on this machine, as in `@needs:<x>`. */
  lacks: readonly string[]
  /** Backing servers that are the real ones, as in `@real:<server>`. */
  real: readonly string[]
}

/** Results of the plugin, passed to every thread in one variable. */
export interface Resolved {
  runId: string
  parallel: boolean
  /** How many machines share this run, and live the accounts and their rate limits; absent where it is whole. */
  shards?: number
  /** There is a person at a terminal who can act on request. */
  atTerminal: boolean
  services: Record<string, ResolvedService>
}

export const RESOLVED = 'ACCEPTANCE_RESOLVED'

export function readResolved(environment: Environment): Resolved {
  const text = environment[RESOLVED]
  if (!text)
    throw new UsageError(
      `${RESOLVED} is missing: run the features through cucumber-js with this project's cucumber.cjs, which loads the plugin that sets it.`,
    )
  return JSON.parse(text) as Resolved
}

/** The data of each service for the journal, without credentials. */
export function addressesOf({ services }: Resolved): Record<string, { kind: string; address: string | undefined }> {
  return Object.fromEntries(Object.entries(services).map(([name, { kind, address }]) => [name, { kind, address }]))
}
