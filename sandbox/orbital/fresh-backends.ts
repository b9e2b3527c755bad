import { randomBytes } from 'node:crypto'
import type { InjectedFaults } from '../kit/injected-faults'
import { type RunningBackend, startBackend } from './backend'
import { Cut } from './cut'
import type { OwnPlaces } from './own-places'
import { type Overrides, readSettings, type Settings } from './settings'

const LINES = { rabbitmq: 'RABBITMQ_URL', mongodb: 'MONGODB_URL', redis: 'REDIS_URL', postgres: 'POSTGRES_SUPABASE_URL' } as const
type LineName = keyof typeof LINES
const PORTS = { rabbitmq: 5672, mongodb: 27_017, redis: 6379, postgres: 5432 } as const

interface Fresh {
  name: string
  backend: RunningBackend
  lines: Map<string, Cut>
}

/**
 * Backends started for one scenario: on the same servers and data, but with their own connections, exchange and queue, and
 * with proxies that can be cut.
 */
export class FreshBackends {
  private readonly running = new Map<string, Fresh>()

  constructor(
    private readonly shared: Settings,
    private readonly places: OwnPlaces,
    private readonly faults: InjectedFaults,
  ) {}

  /**
   * @param name chosen by the caller
   * @param overrides settings that differ only for this backend
   */
  async start(name = '', overrides: Overrides = {}): Promise<{ id: string; address: string; exchange: string; queue: string }> {
    const id = randomBytes(4).toString('hex')
    const lines = await this.openLines()
    const through = Object.entries(LINES).map(([name, setting]) => [setting, lines.get(name)?.through(this.shared[setting])])
    const own = {
      RABBITMQ_SERVICES_EXCHANGE: `${this.shared.RABBITMQ_SERVICES_EXCHANGE}_${id}`,
      RABBITMQ_DELIVERIES_QUEUE: `${this.shared.RABBITMQ_DELIVERIES_QUEUE}_${id}`,
    }
    const settings = readSettings({ ...this.shared, ...Object.fromEntries(through), ...own }, overrides)
    await this.places.ready.rabbitmq()
    this.places.noteQueues(settings)
    const backend = await startBackend(settings, this.places.ready, this.faults)
    this.running.set(id, { name, backend, lines })
    const { RABBITMQ_SERVICES_EXCHANGE: exchange, RABBITMQ_DELIVERIES_QUEUE: queue } = settings
    return { id, address: backend.address, exchange, queue }
  }

  get all(): { id: string; name: string }[] {
    return [...this.running].map(([id, { name }]) => ({ id, name }))
  }

  line(id: string, name: string): Cut | undefined {
    return this.running.get(id)?.lines.get(name)
  }

  /** Stops the backend and removes its exchange and queues from the broker. */
  async stop(id: string): Promise<void> {
    const found = this.running.get(id)
    if (!found) return
    this.running.delete(id)
    await found.backend.stop()
    await Promise.all([...found.lines.values()].map((line) => line.cut()))
    await this.tidy(found.backend.settings)
  }

  async stopAll(): Promise<void> {
    await Promise.allSettled([...this.running.keys()].map((id) => this.stop(id)))
  }

  private async openLines(): Promise<Map<string, Cut>> {
    const lines = new Map<string, Cut>()
    for (const [name, setting] of Object.entries(LINES) as [LineName, (typeof LINES)[LineName]][]) {
      const { hostname, port } = new URL(this.shared[setting])
      const line = new Cut({ host: hostname, port: Number(port || PORTS[name]) })
      await line.mend()
      lines.set(name, line)
    }
    return lines
  }

  private async tidy(settings: Settings): Promise<void> {
    const { RABBITMQ_SERVICES_EXCHANGE: exchange, RABBITMQ_DELIVERIES_QUEUE: queue } = settings
    const { connect } = await import('amqplib')
    const connection = await connect(this.shared.RABBITMQ_URL)
    connection.on('error', () => undefined)
    const channel = await connection.createChannel()
    for (const name of [queue, `${queue}.dead`]) await channel.deleteQueue(name)
    await channel.deleteExchange(exchange)
    await connection.close()
    this.places.strikeQueues(settings)
  }
}
