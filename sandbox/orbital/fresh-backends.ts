import { randomBytes } from 'node:crypto'
import type { InjectedFaults } from '../kit/injected-faults'
import { type Readiness, type RunningBackend, startBackend } from './backend'
import { Cut } from './cut'
import { type Overrides, readSettings, type Settings } from './settings'

const LINES = { rabbitmq: 'RABBITMQ_URL', mongodb: 'MONGODB_URL', redis: 'REDIS_URL', postgres: 'POSTGRES_SUPABASE_URL' } as const
export type LineName = keyof typeof LINES
const PORTS = { rabbitmq: 5672, mongodb: 27_017, redis: 6379, postgres: 5432 } as const

interface Fresh {
  backend: RunningBackend
  lines: Map<string, Cut>
}

/**
 * Backends started for one scenario: on the same servers and data, but with connections, an exchange and a queue of their own, and
 * behind lines that can be cut.
 */
export class FreshBackends {
  private readonly running = new Map<string, Fresh>()

  constructor(
    private readonly shared: Settings,
    private readonly ready: Readiness,
    private readonly faults: InjectedFaults,
  ) {}

  /** @param overrides settings that differ for this backend alone */
  async start(overrides: Overrides = {}): Promise<{ id: string; address: string; exchange: string; queue: string }> {
    const id = randomBytes(4).toString('hex')
    const lines = await this.openLines()
    const through = Object.entries(LINES).map(([name, setting]) => [setting, lines.get(name)?.through(this.shared[setting])])
    const own = {
      RABBITMQ_SERVICES_EXCHANGE: `${this.shared.RABBITMQ_SERVICES_EXCHANGE}_${id}`,
      RABBITMQ_DELIVERIES_QUEUE: `${this.shared.RABBITMQ_DELIVERIES_QUEUE}_${id}`,
    }
    const settings = readSettings({ ...this.shared, ...Object.fromEntries(through), ...own }, overrides)
    const backend = await startBackend(settings, this.ready, this.faults)
    this.running.set(id, { backend, lines })
    const { RABBITMQ_SERVICES_EXCHANGE: exchange, RABBITMQ_DELIVERIES_QUEUE: queue } = settings
    return { id, address: backend.address, exchange, queue }
  }

  get ids(): string[] {
    return [...this.running.keys()]
  }

  line(id: string, name: string): Cut | undefined {
    return this.running.get(id)?.lines.get(name)
  }

  /** Ends the backend and takes its exchange and queues out of the broker. */
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

  private async tidy({ RABBITMQ_SERVICES_EXCHANGE: exchange, RABBITMQ_DELIVERIES_QUEUE: queue }: Settings): Promise<void> {
    const { connect } = await import('amqplib')
    const connection = await connect(this.shared.RABBITMQ_URL)
    connection.on('error', () => undefined)
    const channel = await connection.createChannel()
    for (const name of [queue, `${queue}.dead`]) await channel.deleteQueue(name)
    await channel.deleteExchange(exchange)
    await connection.close()
  }
}
