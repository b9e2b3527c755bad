import type { Pool } from 'pg'
import type { InjectedFaults } from '../kit/injected-faults'
import type { Db } from './database'
import type { Moment, Past } from './faulty'
import type { ResultCache } from './hub/jupyter'
import type { Keys } from './keys'
import type { ProjectHost } from './project/host'

/** One CoCalc server. */
export interface Cocalc {
  readonly pool: Pool
  readonly db: Db
  readonly keys: Keys
  readonly host: ProjectHost
  readonly results: ResultCache
  readonly faults: InjectedFaults
  readonly past: Past
  /** When somebody was last noted as active on a project, by both ids. */
  readonly activity: Map<string, number>
  /** Work that goes on after its call was answered, such as an account's first project. */
  readonly background: Set<Promise<unknown>>
}

/** One call to the hub by an account. */
export interface HubCall {
  readonly cocalc: Cocalc
  readonly accountId: string
  readonly db: Db
  /** Where a fault answers from the state before the latest write. */
  readonly moment?: Moment | undefined
  /** Done once the call has been answered, and not at all where a fault lost it. */
  later(work: () => Promise<unknown>): void
}

export type Arguments = Record<string, unknown>

/** What the hub offers under one name. `plain` functions get their arguments as they came, others one object with the caller's id. */
export type HubFunction =
  | { plain: true; run: (call: HubCall, args: readonly unknown[]) => Promise<unknown> }
  | { plain?: false; run: (call: HubCall, args: Arguments) => Promise<unknown> }

export type HubFunctions = Readonly<Record<string, HubFunction>>

/** One call to a running project. */
export interface ProjectCall {
  readonly cocalc: Cocalc
  readonly projectId: string
  /** A fault wants this call answered and its effect lost. */
  readonly isLost: boolean
  readonly moment?: Moment | undefined
}

export type ProjectFunctions = Readonly<Record<string, (call: ProjectCall, args: readonly unknown[]) => Promise<unknown>>>
