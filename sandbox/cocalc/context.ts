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
  /** Time of the latest recorded activity, by project and account id. */
  readonly activity: Map<string, number>
  /** Work that continues after the response, such as creating an account's first project. */
  readonly background: Set<Promise<unknown>>
}

/** One call to the hub by an account. */
export interface HubCall {
  readonly cocalc: Cocalc
  readonly accountId: string
  readonly db: Db
  /** The state before the latest write, where a stale read is injected. */
  readonly moment?: Moment | undefined
  /** Runs after the response was sent; not at all where a fault loses the write. */
  later(work: () => Promise<unknown>): void
}

export type Arguments = Record<string, unknown>

/** A function of the hub: it receives one object with the caller's id or, where it is plain, its arguments as sent. */
export type HubFunction =
  | ((call: HubCall, args: Arguments) => Promise<unknown>)
  | { plain: (call: HubCall, args: readonly unknown[]) => Promise<unknown> }

export type HubFunctions = Readonly<Record<string, HubFunction>>

/** One call to a running project. */
export interface ProjectCall {
  readonly cocalc: Cocalc
  readonly projectId: string
  /** An injected fault loses the effect of this call; its response is still sent. */
  readonly isLost: boolean
  readonly moment?: Moment | undefined
}

export type ProjectFunctions = Readonly<Record<string, (call: ProjectCall, args: readonly unknown[]) => Promise<unknown>>>
