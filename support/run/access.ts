import type { Agents } from '../http/agents'
import { Http } from '../http/client'
import type { Exchanges } from '../http/exchanges'
import type { Patience } from '../http/retry'
import type { HttpWishes, People, Powers, ServiceAccess } from '../services/service'
import type { Undo } from '../undo/undo'
import { markedName } from './names'

/** What differs between a scenario, the run itself, the sweep and the doctor. */
export interface AccessParts {
  service: string
  isLive: boolean
  address: string
  mark: string
  powers: Powers | undefined
  people: People
  undo: Undo
  agents: Agents
  exchanges: Exchanges
  patience: Patience
  setting: (name: string) => string | undefined
  learn: (secret: string) => void
  once: (what: string, detail: string) => Promise<unknown>
  next: () => string
  keep: <T>(key: string, open: () => Promise<T>, close: (kept: T) => Promise<void> | void) => Promise<T>
}

const LONGEST_NAME = 200

export function accessOf(parts: AccessParts): ServiceAccess {
  const { service, isLive, address, mark, powers, people, undo, setting, learn } = parts
  return {
    service,
    isLive,
    address,
    mark,
    powers,
    people,
    undo,
    exchanges: parts.exchanges,
    agents: parts.agents,
    setting,
    learn,
    http: (wishes: HttpWishes) =>
      new Http({ service, agents: parts.agents, exchanges: parts.exchanges, patience: parts.patience, ...wishes }),
    once: async <T>(what: string, detail = '') => (await parts.once(`${service}.${what}`, detail)) as T,
    keep: (key, open, close) => parts.keep(`${service}.${key}`, open, close),
    unique: (text, limit = LONGEST_NAME) => markedName(text, mark, parts.next(), limit),
  }
}
