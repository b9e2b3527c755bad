import type { Agents } from '../http/agents'
import { Http } from '../http/client'
import type { Exchanges } from '../http/exchanges'
import type { RetryBudget } from '../http/retry'
import type { Control, People, ServiceAccess, ServiceHttpOptions } from '../services/service'
import { uniqueName } from '../undo/names'
import type { Undo } from '../undo/undo'

/** The interface of a service for a scenario, the run itself, the sweep and the doctor, which differ in it. */
export interface AccessParts {
  service: string
  isLive: boolean
  address: string
  /** The variable that holds it. */
  addressVariable: string
  runId: string
  /** How many machines share the accounts at once; absent where it is this one alone. */
  shards?: number | undefined
  control: Control | undefined
  people: People
  undo: Undo
  agents: Agents
  exchanges: Exchanges
  retryBudget: RetryBudget
  setting: (name: string) => string | undefined
  settingsWith: (prefix: string) => Readonly<Record<string, string>>
  learn: (secret: string) => void
  once: (what: string, detail: string) => Promise<unknown>
  next: () => string
  connection: <T>(key: string, open: () => Promise<T>, close: (kept: T) => Promise<void> | void) => Promise<T>
}

const LONGEST_NAME = 200

export function accessOf(parts: AccessParts): ServiceAccess {
  const { service, isLive, address, runId, control, people, undo, setting, settingsWith, learn } = parts
  return {
    service,
    isLive,
    address,
    runId,
    shards: parts.shards ?? 1,
    control,
    people,
    undo,
    exchanges: parts.exchanges,
    agents: parts.agents,
    setting,
    settingsWith,
    learn,
    http: (options: ServiceHttpOptions) =>
      new Http({
        service,
        addressVariable: parts.addressVariable,
        agents: parts.agents,
        exchanges: parts.exchanges,
        retryBudget: parts.retryBudget,
        ...options,
      }),
    once: async <T>(what: string, detail = '') => (await parts.once(`${service}.${what}`, detail)) as T,
    connection: (key, open, close) => parts.connection(`${service}.${key}`, open, close),
    unique: (text, limit = LONGEST_NAME, unit) => uniqueName(text, runId, parts.next(), limit, unit),
  }
}
