import { Redactor } from '../../support/config/redaction'
import { Agents } from '../../support/http/agents'
import { Exchanges } from '../../support/http/exchanges'
import { accessOf } from '../../support/run/access'
import { Connections } from '../../support/run/connections'
import type { Credentials, ServiceAccess } from '../../support/services/service'
import { Journal } from '../../support/undo/journal'
import { StopSignal } from '../../support/undo/stop'
import { Undo } from '../../support/undo/undo'

/** A scenario's access to a service, for tests of clients: people by name, without creations. */
export function accessTo(
  address: string,
  people: Record<string, Credentials>,
): { access: ServiceAccess; learnt: string[]; exchanges: Exchanges; close: () => Promise<void> } {
  const learnt: string[] = []
  const exchanges = new Exchanges(new Redactor())
  const nothing = () => Promise.reject(new Error('tests of clients create nothing'))
  const kept = new Connections()
  const access = accessOf({
    service: 'test',
    isLive: false,
    address,
    runId: '1700000000-abcdef',
    control: undefined,
    people: { person: async (name) => people[name] ?? {} },
    undo: new Undo(new Journal('never-written', () => false), StopSignal.shared(), nothing, nothing),
    addressVariable: 'SERVICE_URL',
    agents: new Agents(),
    exchanges,
    retryBudget: { left: 1_000 },
    setting: () => undefined,
    settingsWith: () => ({}),
    learn: (secret) => void learnt.push(secret),
    once: nothing,
    next: () => '1',
    connection: (key, open, close) => kept.open(key, open, close),
  })
  return { access, learnt, exchanges, close: () => kept.close() }
}
