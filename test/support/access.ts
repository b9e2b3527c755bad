import { accessOf } from '../../support/core/access'
import { keepAliveAgents } from '../../support/core/agents'
import { Exchanges } from '../../support/core/exchanges'
import { Journal } from '../../support/core/journal'
import { Kept } from '../../support/core/kept'
import { Redactor } from '../../support/core/redaction'
import type { Credentials, ServiceAccess } from '../../support/core/service'
import { StopSignal } from '../../support/core/stop'
import { Undo } from '../../support/core/undo'

/** A service as a scenario sees it, for tests of clients: people by name, and nothing to create. */
export function accessTo(
  address: string,
  people: Record<string, Credentials>,
): { access: ServiceAccess; learnt: string[]; exchanges: Exchanges; close: () => Promise<void> } {
  const learnt: string[] = []
  const exchanges = new Exchanges(new Redactor())
  const nothing = () => Promise.reject(new Error('tests of clients create nothing'))
  const kept = new Kept()
  const access = accessOf({
    service: 'test',
    isLive: false,
    address,
    mark: '1700000000-abcdef',
    powers: undefined,
    people: { person: async (name) => people[name] ?? {} },
    undo: new Undo(new Journal('never-written', () => false), StopSignal.shared(), nothing, nothing),
    agents: keepAliveAgents(),
    exchanges,
    patience: { left: 1_000 },
    setting: () => undefined,
    learn: (secret) => void learnt.push(secret),
    once: nothing,
    next: () => '1',
    keep: (key, open, close) => kept.demand(key, open, close),
  })
  return { access, learnt, exchanges, close: () => kept.close() }
}
