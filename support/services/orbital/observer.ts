import { randomUUID } from 'node:crypto'
import type { ConfirmChannel, MessageProperties } from 'amqplib'
import { expect } from 'chai'
import { eventually } from '../../assertions/eventually'
import type { ServiceAccess } from '../service'
import { channelOf } from './servers'

export interface Observed {
  key: string
  body: Record<string, unknown>
  properties: MessageProperties
}

/** Another service, subscribed to every event on the exchange from before the scenario acts. */
export class Observer {
  readonly events: Observed[] = []

  private constructor(
    private readonly channel: ConfirmChannel,
    private readonly exchange: string,
  ) {}

  static async open(access: ServiceAccess, exchange: string): Promise<Observer> {
    const channel = await channelOf(access)
    const observer = new Observer(channel, exchange)
    await channel.checkExchange(exchange)
    const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true, durable: false })
    await channel.bindQueue(queue, exchange, '#')
    await channel.consume(
      queue,
      (message) => {
        if (!message) return
        observer.events.push({
          key: message.fields.routingKey,
          body: parsed(message.content),
          properties: message.properties ?? {},
        })
      },
      { noAck: true },
    )
    return observer
  }

  /**
   * Publishes its own message and waits until it arrives: earlier messages have arrived by then, or were lost. So
   * "no event" is checked without a fixed wait.
   */
  async catchUp(): Promise<void> {
    const key = `acceptance.sentinel.${randomUUID()}`
    this.channel.publish(this.exchange, key, Buffer.from('{}'))
    await this.channel.waitForConfirms()
    await eventually(() =>
      expect(
        this.events.some((event) => event.key === key),
        'the sentinel message has arrived',
      ).to.equal(true),
    )
  }

  about(userId: string): Observed[] {
    return this.events.filter(({ body }) => String(body.user_id) === userId)
  }

  close(): Promise<void> {
    return this.channel.close()
  }
}

function parsed(content: Buffer): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(content.toString('utf8'))
    return body !== null && typeof body === 'object' ? (body as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
