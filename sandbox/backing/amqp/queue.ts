import type { Fields } from './codec'

export interface Message {
  exchange: string
  key: string
  /** More routing keys, from the headers CC and BCC. */
  copies?: readonly string[]
  properties: Fields
  body: Buffer
  redelivered: boolean
  /** Epoch milliseconds. */
  expiresAt?: number
}

/** Receives messages as they arrive. */
export interface Consumer {
  tag: string
  noAck: boolean
  exclusive: boolean
  /** Whether it may receive another message now. */
  hasRoom(): boolean
  deliver(message: Message): void
  /** Called when the queue was deleted. */
  cancel(): void
}

export type DeathReason = 'expired' | 'rejected' | 'maxlen'

export interface QueueOptions {
  name: string
  durable: boolean
  exclusive: boolean
  autoDelete: boolean
  args: Fields
  /** The connection an exclusive queue belongs to. */
  owner: object | undefined
}

/** One queue: its messages and its consumers, which are served in turn. */
export class Queue {
  readonly messages: Message[] = []
  readonly consumers: Consumer[] = []
  private next = 0
  private timer: NodeJS.Timeout | undefined
  private isDraining = false

  constructor(
    readonly options: QueueOptions,
    private readonly die: (queue: Queue, message: Message, reason: DeathReason) => void,
  ) {}

  get name(): string {
    return this.options.name
  }

  push(message: Message): void {
    const ttls = [this.options.args['x-message-ttl'], message.properties.expiration].filter((ttl) => ttl !== undefined)
    const ttl = Math.min(...ttls.map(Number))
    const mine = { ...message }
    if (ttls.length > 0) mine.expiresAt = Date.now() + ttl
    // A waiting consumer gets even a message that expires at once.
    const consumer = this.messages.length === 0 && !this.isDraining ? this.nextWithRoom() : undefined
    if (consumer) {
      consumer.deliver(mine)
      return
    }
    this.messages.push(mine)
    const most = this.options.args['x-max-length']
    while (typeof most === 'number' && this.messages.length > most) this.drop(0, 'maxlen')
    this.drain()
  }

  /** Requeues a message at the head of the queue. */
  requeue(message: Message): void {
    this.messages.unshift({ ...message, redelivered: true })
    this.drain()
  }

  shift(): Message | undefined {
    this.expire()
    return this.messages.shift()
  }

  reject(message: Message): void {
    this.die(this, message, 'rejected')
  }

  /** Delivers queued messages to each consumer in turn, as long as one has room. */
  drain(): void {
    if (this.isDraining) return
    this.isDraining = true
    try {
      this.expire()
      while (this.messages.length > 0) {
        const consumer = this.nextWithRoom()
        const message = consumer && this.messages.shift()
        if (!message) break
        consumer.deliver(message)
      }
    } finally {
      this.isDraining = false
    }
    this.wakeForExpiry()
  }

  forget(): void {
    clearTimeout(this.timer)
    for (const consumer of this.consumers.splice(0)) consumer.cancel()
  }

  private nextWithRoom(): Consumer | undefined {
    for (let tried = 0; tried < this.consumers.length; tried++) {
      const consumer = this.consumers[this.next++ % this.consumers.length]
      if (consumer?.hasRoom()) return consumer
    }
    return undefined
  }

  private expire(): void {
    const now = Date.now()
    // As in RabbitMQ, one that expired behind another stays until it is at the head.
    while ((this.messages[0]?.expiresAt ?? Number.POSITIVE_INFINITY) <= now) this.drop(0, 'expired')
  }

  private wakeForExpiry(): void {
    clearTimeout(this.timer)
    const soonest = this.messages[0]?.expiresAt ?? Number.POSITIVE_INFINITY
    if (Number.isFinite(soonest)) this.timer = setTimeout(() => this.drain(), Math.max(1, soonest - Date.now())).unref()
  }

  private drop(at: number, reason: DeathReason): void {
    const [message] = this.messages.splice(at, 1)
    if (message) this.die(this, message, reason)
  }
}
