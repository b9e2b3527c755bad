import { services } from '../services'
import type { Leftover } from '../undo/undo'

export type TargetKind = 'live' | 'sandbox' | 'none'

/** The target of one service's scenarios. `none`: live was requested, but credentials are missing. */
export interface ServiceFacts {
  service: string
  target: TargetKind
  address?: string | undefined
  /** Its backing servers, each with whether it is the real one: `PostgreSQL 17 (real)`. */
  backing: string[]
  /** Which of several credentials is used, in words. */
  credential?: string | undefined
  /** The account of the credentials, live. */
  account?: string | undefined
  scenarios: number
}

/** Scenarios that are known before the start to be skipped, and what to set so that they run. */
export interface PlannedSkip {
  reason: string
  toSet: string
  scenarios: number
}

/** The division that a shard is part of; its reports contain it, so that all parts together can be checked. */
export interface ShardFacts {
  /** The first shard has 1. */
  index: number
  total: number
  /** The number of scenarios of all shards together. */
  scenarios: number
  /** The number of scenarios of this shard. */
  own: number
  /** Expected seconds: of this shard, and of all. */
  expected: { own: number; all: number }
  /** The same on every machine with the same division. */
  fingerprint: string
}

/** What a run knows besides its results. */
export interface RunFacts {
  runId: string
  startedAt: Date
  services: ServiceFacts[]
  plannedSkips: PlannedSkip[]
  leftovers: Leftover[]
  /** The number of created things that no call removes. */
  kept: number
  /** Messages of services, such as where a new key was stored. */
  notes: string[]
  /** Reasons why the run fails although its scenarios may have passed. */
  failures: string[]
  /** Paths of the report pages; undefined until they are written. */
  reports?: { run: string; all: string }
  /** Names of the profiles of the run, so that a rerun can use the same. */
  profiles?: string[]
  /** Of a run on one of several machines. */
  shard?: ShardFacts
  /** Of a shard: services that must have run live, which only all shards together can show. */
  required?: string[]
  /** Of a merged run: the ids of its parts. */
  parts?: string[]
}

export function emptyFacts(runId: string): RunFacts {
  return { runId: runId, startedAt: new Date(), services: [], plannedSkips: [], leftovers: [], kept: 0, notes: [], failures: [] }
}

/** The JSON that a run has attached to its messages. @throws if it is not JSON */
export function factsFromJson(text: string): RunFacts {
  const facts = JSON.parse(text) as Omit<RunFacts, 'startedAt'> & { startedAt: string }
  return { ...facts, startedAt: new Date(facts.startedAt) }
}

/** The facts of several parts of one run (shards, or one run per target), merged. */
export function mergeFacts(parts: readonly RunFacts[]): RunFacts {
  const [first = emptyFacts('unknown'), ...rest] = parts
  if (parts.length === 1) return first
  const merged = new Map<string, ServiceFacts>()
  for (const own of parts.flatMap((part) => part.services)) {
    const known = merged.get(`${own.service} ${own.target}`)
    merged.set(`${own.service} ${own.target}`, known ? { ...known, scenarios: known.scenarios + own.scenarios } : own)
  }
  return {
    runId: first.runId,
    startedAt: new Date(Math.min(...parts.map(({ startedAt }) => startedAt.getTime()))),
    services: [...merged.values()].sort((one, other) => placeOf(one) - placeOf(other)),
    plannedSkips: parts.flatMap(({ plannedSkips }) => plannedSkips),
    leftovers: parts.flatMap(({ leftovers }) => leftovers),
    kept: parts.reduce((total, { kept }) => total + kept, 0),
    notes: [...new Set([first, ...rest].flatMap(({ notes }) => notes))],
    failures: [...new Set([first, ...rest].flatMap(({ failures }) => failures))],
    profiles: [...new Set(parts.flatMap(({ profiles }) => profiles ?? []))],
    required: [...new Set(parts.flatMap(({ required }) => required ?? []))],
    parts: parts.map(({ runId }) => runId),
  }
}

/** No part knows all services, so their order is that of the whole suite. */
function placeOf({ service }: ServiceFacts): number {
  return services.findIndex(({ name }) => name === service)
}
