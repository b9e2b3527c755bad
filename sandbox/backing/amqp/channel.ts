import { randomUUID } from 'node:crypto'
import { checkConsumerArguments, checkMessage, copiesOf, withoutHidden } from './arguments'
import { handlers } from './channel-methods'
import type { Fields, Frame } from './codec'
import { AmqpError, preconditionFailed } from './errors'
import type { Consumer, Message, Queue } from './queue'
import type { Topology } from './topology'

/** What a channel needs of the connection it runs on; exclusive queues belong to it. */
export interface Line {
  send(name: string, channel: number, fields: Fields): void
  sendContent(name: string, channel: number, fields: Fields, message: Message): void
}

interface Unacked {
  queue: Queue
  message: Message
  tag: string | undefined
}

interface Publishing {
  fields: Fields
  properties: Fields
  size: number
  pieces: Buffer[]
}

const REPLY_TO = 'amq.rabbitmq.reply-to'

/** One channel: its consumers, what it has not acknowledged yet, and the message it is just receiving. */
export class Channel {
  readonly consumers = new Map<string, { queue: Queue; consumer: Consumer }>()
  prefetch = { each: 0, all: 0 }
  private confirms: number | undefined
  private replies: string | undefined
  private readonly unacked = new Map<number, Unacked>()
  private deliveries = 0
  private publishing: Publishing | undefined

  constructor(
    readonly id: number,
    readonly line: Line,
    readonly topology: Topology,
  ) {}

  /** @throws AmqpError that closes this channel, or the connection */
  take(frame: Frame, name: string | undefined): void {
    const { fields = {} } = frame
    if (frame.content) this.takeBody(frame.content)
    else if (frame.size !== undefined) this.takeHead(frame.size, fields)
    else if (name === 'BasicPublish') this.beginPublish(fields)
    else this.handle(name, fields)
  }

  private handle(name: string | undefined, fields: Fields): void {
    const handler = handlers[name ?? '']
    if (!handler) throw new AmqpError(540, `NOT_IMPLEMENTED - ${name}`, 'connection')
    handler(this, fields)
  }

  answer(name: string, fields: Fields = {}): void {
    this.line.send(name, this.id, fields)
  }

  confirmPublishes(): void {
    this.confirms ??= 0
  }

  /** Delivers a message, to be acknowledged unless the consumer has `no-ack`. */
  give(name: 'BasicDeliver' | 'BasicGetOk', queue: Queue, message: Message, { tag, noAck, more }: Given): void {
    const deliveryTag = ++this.deliveries
    if (!noAck) this.unacked.set(deliveryTag, { queue, message, tag })
    const where = { exchange: message.exchange, routingKey: message.key, redelivered: message.redelivered, deliveryTag }
    this.line.sendContent(name, this.id, { ...where, ...(tag ? { consumerTag: tag } : {}), ...more }, message)
  }

  consume(queueName: string, options: { tag: string; noAck: boolean; exclusive: boolean; args: Fields }): void {
    checkConsumerArguments(options.args)
    const { tag, noAck, exclusive } = options
    const queue = queueName === REPLY_TO ? this.replyQueue() : this.topology.queue(queueName, this.line)
    if (this.consumers.has(tag)) throw new AmqpError(530, `NOT_ALLOWED - attempt to reuse consumer tag '${tag}'`, 'connection')
    if (queue.consumers.some((one) => one.exclusive) || (exclusive && queue.consumers.length > 0))
      throw new AmqpError(403, `ACCESS_REFUSED - queue '${queueName}' in vhost '/' in exclusive use`)
    const limit = this.prefetch.each
    const consumer: Consumer = {
      ...{ tag, noAck, exclusive },
      hasRoom: () => noAck || ((limit === 0 || this.pendingOf(tag) < limit) && !this.isFull()),
      deliver: (message) => this.give('BasicDeliver', queue, message, { tag, noAck }),
      cancel: () => {
        this.consumers.delete(tag)
        this.answer('BasicCancel', { consumerTag: tag, nowait: true })
      },
    }
    this.consumers.set(tag, { queue, consumer })
    queue.consumers.push(consumer)
  }

  cancel(tag: string): void {
    const found = this.consumers.get(tag)
    if (!found) return
    this.consumers.delete(tag)
    found.queue.consumers.splice(found.queue.consumers.indexOf(found.consumer), 1)
    if (found.queue.options.autoDelete && found.queue.consumers.length === 0)
      this.topology.deleteQueue(found.queue.name, this.line)
  }

  /** @param settle what is done with each message; undefined: it is removed */
  settle(deliveryTag: number, multiple: boolean, settle?: (queue: Queue, message: Message) => void): void {
    const tags = multiple ? [...this.unacked.keys()].filter((tag) => deliveryTag === 0 || tag <= deliveryTag) : [deliveryTag]
    if (multiple && deliveryTag > 0 && tags.length === 0) throw preconditionFailed(`unknown delivery tag ${deliveryTag}`)
    const queues = new Set<Queue>()
    for (const tag of tags.reverse()) {
      const entry = this.unacked.get(tag)
      if (!entry) throw preconditionFailed(`unknown delivery tag ${tag}`)
      this.unacked.delete(tag)
      queues.add(entry.queue)
      settle?.(entry.queue, entry.message)
    }
    for (const { queue } of [...this.consumers.values()]) queues.add(queue)
    for (const queue of queues) queue.drain()
  }

  /** Requeues unacknowledged messages and ends the consumers. */
  close(): void {
    for (const tag of [...this.consumers.keys()]) this.cancel(tag)
    const open = [...this.unacked.values()].reverse()
    this.unacked.clear()
    for (const { queue, message } of open) queue.requeue(message)
  }

  private isFull(): boolean {
    return this.prefetch.all > 0 && this.unacked.size >= this.prefetch.all
  }

  private pendingOf(tag: string): number {
    return [...this.unacked.values()].filter((one) => one.tag === tag).length
  }

  private replyQueue(): Queue {
    this.replies ??= `${REPLY_TO}.${randomUUID()}`
    const options = { name: this.replies, durable: false, exclusive: true, autoDelete: true, args: {}, owner: this.line }
    return this.topology.addQueue(options)
  }

  private beginPublish(fields: Fields): void {
    this.publishing = { fields, properties: {}, size: 0, pieces: [] }
  }

  private takeHead(size: number, properties: Fields): void {
    if (!this.publishing) throw new AmqpError(505, 'UNEXPECTED_FRAME - content without a publish', 'connection')
    this.publishing.size = size
    this.publishing.properties = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined))
    if (size === 0) this.endPublish(this.publishing)
  }

  private takeBody(piece: Buffer): void {
    if (!this.publishing) throw new AmqpError(505, 'UNEXPECTED_FRAME - a body without a publish', 'connection')
    this.publishing.pieces.push(Buffer.from(piece))
    const got = this.publishing.pieces.reduce((sum, { length }) => sum + length, 0)
    if (got >= this.publishing.size) this.endPublish(this.publishing)
  }

  private endPublish({ fields, properties, pieces }: Publishing): void {
    this.publishing = undefined
    if (properties.replyTo === REPLY_TO) properties.replyTo = this.replies
    const body = Buffer.concat(pieces)
    checkMessage(fields, properties)
    const where = { exchange: String(fields.exchange), key: String(fields.routingKey), copies: copiesOf(properties) }
    const message = { ...where, properties: withoutHidden(properties), body, redelivered: false }
    const reached = this.topology.publish(message)
    if (reached === 0 && fields.mandatory) {
      const why = { replyCode: 312, replyText: 'NO_ROUTE', exchange: message.exchange, routingKey: message.key }
      this.line.sendContent('BasicReturn', this.id, why, message)
    }
    if (this.confirms !== undefined) this.answer('BasicAck', { deliveryTag: ++this.confirms, multiple: false })
  }
}

interface Given {
  tag?: string
  noAck: boolean
  more?: Fields
}
