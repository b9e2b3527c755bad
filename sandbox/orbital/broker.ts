import { randomUUID } from 'node:crypto'
import type { Channel, ChannelModel, ConfirmChannel, ConsumeMessage } from 'amqplib'
import type { InjectedFaults } from '../kit/injected-faults'
import { unavailable } from './errors'
import type { Losses } from './losses'

const CONFIRM_TIMEOUT = 5_000
const FIRST_PAUSE = 50
const LONGEST_PAUSE = 1_000

/** What happens with a consumed message: acknowledged, dead-lettered, or retried. */
export type Outcome = 'done' | 'dead' | 'again'

export interface BrokerOptions {
  url: string
  exchange: string
  queue: string
  /** Resolves when the broker accepts connections. */
  ready(): Promise<void>
  consume(body: Buffer): Promise<Outcome>
}

interface Line {
  connection: ChannelModel
  publishing: ConfirmChannel
  consuming: Channel
}

/** RabbitMQ: publishes with confirms, consumes assignments, and reconnects whenever the connection is lost. */
export class MessageBroker {
  private line: Line | undefined
  private isClosed = false
  private first: Promise<void> | undefined
  private pause: NodeJS.Timeout | undefined

  constructor(
    private readonly options: BrokerOptions,
    private readonly faults: InjectedFaults,
    private readonly losses: Losses,
  ) {}

  /** Connects in the background; publishing waits for the connection. */
  start(): void {
    this.first ??= this.options.ready().then(() => this.connect().catch(() => this.reconnect(FIRST_PAUSE)))
    this.first.catch(() => undefined)
  }

  /** @throws 503 at once where the broker is unavailable */
  async demand(): Promise<void> {
    this.start()
    await this.first?.catch(() => undefined)
    if (!this.line) throw unavailable('The message broker')
  }

  /**
   * Resolves when the broker has confirmed the event.
   * @throws 503 where it is not confirmed, in which case it may or may not have been published
   */
  async publish(event: { event: string } & Record<string, unknown>): Promise<void> {
    await this.demand()
    const name = event.event
    if (this.faults.suppresses(name) || this.losses.loses('rabbitmq', event.user_id)) return
    const body = Buffer.from(JSON.stringify(this.faults.changed(name, event)))
    if (!this.line) throw unavailable('The message broker')
    await confirmed(this.line, this.options.exchange, name, body)
  }

  async close(): Promise<void> {
    this.isClosed = true
    clearTimeout(this.pause)
    await this.first?.catch(() => undefined)
    await this.line?.connection.close().catch(() => undefined)
  }

  private async connect(): Promise<void> {
    const { connect } = await import('amqplib')
    const connection = await connect(this.options.url, { timeout: 5_000 })
    connection.on('error', () => undefined)
    connection.once('close', () => this.lost())
    connection.setMaxListeners(0)
    const publishing = await connection.createConfirmChannel()
    const consuming = await connection.createChannel()
    for (const channel of [publishing, consuming]) channel.on('error', () => connection.close().catch(() => undefined))
    await this.declare(consuming)
    this.line = { connection, publishing, consuming }
    if (this.isClosed) await connection.close()
  }

  private async declare(channel: Channel): Promise<void> {
    const { exchange, queue } = this.options
    await channel.assertExchange(exchange, 'topic', { durable: true })
    await channel.assertQueue(`${queue}.dead`, { durable: true })
    await channel.assertQueue(queue, { durable: true, deadLetterExchange: '', deadLetterRoutingKey: `${queue}.dead` })
    await channel.bindQueue(queue, exchange, 'delivery.assigned')
    await channel.prefetch(10)
    await channel.consume(queue, (message) => void this.take(channel, message))
  }

  private async take(channel: Channel, message: ConsumeMessage | null): Promise<void> {
    if (!message || this.faults.suppresses('delivery.assigned')) return
    const outcome = await this.options.consume(message.content)
    try {
      if (outcome === 'done') channel.ack(message)
      else channel.nack(message, false, outcome === 'again')
    } catch {
      // The channel was closed in the meantime: the broker delivers the message again.
    }
  }

  private lost(): void {
    this.line = undefined
    this.reconnect(FIRST_PAUSE)
  }

  private reconnect(wait: number): void {
    if (this.isClosed) return
    this.pause = setTimeout(() => {
      this.connect().catch(() => this.reconnect(Math.min(wait * 2, LONGEST_PAUSE)))
    }, wait).unref()
  }
}

/** @throws 503 where the broker does not confirm within the timeout, or closes before that */
function confirmed({ connection, publishing }: Line, exchange: string, key: string, body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error: unknown): void => {
      clearTimeout(timer)
      connection.off('close', lost)
      if (error) reject(unavailable('The message broker'))
      else resolve()
    }
    const lost = (): void => settle(true)
    const timer = setTimeout(lost, CONFIRM_TIMEOUT)
    connection.once('close', lost)
    const timestamp = Math.floor(Date.now() / 1_000)
    const properties = { contentType: 'application/json', persistent: true, messageId: randomUUID(), timestamp }
    try {
      publishing.publish(exchange, key, body, properties, settle)
    } catch {
      lost()
    }
  })
}
