import type { Leftover } from '../undo/undo'

/** Where the scenarios of one service ran. `none`: live was asked for, but credentials are missing. */
export interface ServiceFacts {
  service: string
  target: 'live' | 'sandbox' | 'none'
  address?: string | undefined
  /** Its backing servers, each saying whether it is the real one: `PostgreSQL 17 (real)`. */
  backing: string[]
  /** Which of several credentials is used, in words. */
  credential?: string | undefined
  /** Whose account the credentials are, live. */
  account?: string | undefined
  scenarios: number
}

/** Scenarios known before the start to be skipped, and what would let them run. */
export interface PlannedSkip {
  reason: string
  toSet: string
  scenarios: number
}

/** What a run knows about itself besides its results. */
export interface RunFacts {
  runId: string
  startedAt: Date
  services: ServiceFacts[]
  plannedSkips: PlannedSkip[]
  leftovers: Leftover[]
  /** How many things it made that no call removes. */
  kept: number
  /** Sentences of services, such as where a new key was written. */
  notes: string[]
  /** Why the run fails although its scenarios may have passed. */
  failures: string[]
}

export function emptyFacts(runId: string): RunFacts {
  return { runId: runId, startedAt: new Date(), services: [], plannedSkips: [], leftovers: [], kept: 0, notes: [], failures: [] }
}
