import { UsageError } from '../config/errors'
import type { Environment } from '../config/variables'
import type { TargetKind } from './targets'

/** One service as the run found or started it. */
export interface ResolvedService {
  kind: TargetKind
  missing: readonly string[]
  /** Why it cannot be used at all: its sandbox did not start. */
  unavailable?: string | undefined
  address?: string | undefined
  controlAddress?: string | undefined
  /** What the sandbox would have an outside client export; empty live. */
  variables: Readonly<Record<string, string>>
  /** Optional things this sandbox cannot offer on this machine, as in `@needs:<x>`. */
  lacks: readonly string[]
  /** Backing servers that are the real ones, as in `@real:<server>`. */
  real: readonly string[]
}

/** What the plugin found out, handed to every thread in one variable. */
export interface Resolved {
  runId: string
  parallel: boolean
  /** How many machines share this run, and live the accounts and their rate limits; absent where it is whole. */
  shards?: number
  /** A person at a terminal can be asked to act. */
  atTerminal: boolean
  services: Record<string, ResolvedService>
}

export const RESOLVED = 'ACCEPTANCE_RESOLVED'

export function readResolved(environment: Environment): Resolved {
  const text = environment[RESOLVED]
  if (!text)
    throw new UsageError(
      `${RESOLVED} is missing: run the features through cucumber-js with this project's cucumber.js, which loads the plugin that sets it.`,
    )
  return JSON.parse(text) as Resolved
}

/** What the journal needs to know of each service; nothing of its credentials. */
export function addressesOf({ services }: Resolved): Record<string, { kind: string; address: string | undefined }> {
  return Object.fromEntries(Object.entries(services).map(([name, { kind, address }]) => [name, { kind, address }]))
}
