import type { AddressInfo } from 'node:net'
import { connect, createServer, type Server, type Socket } from 'node:net'
import {
  BODY,
  encodeHeader,
  encodeLead,
  type Frame,
  FrameReader,
  frame,
  HEADER,
  type Lead,
  leadOf,
  METHOD,
  propertiesOf,
} from './amqp-frames'
import type { Handler } from './handler'
import type { Call } from './wire'

/** Names a message by its routing key; messages without a name are not changed. */
type NameOf = (routingKey: string) => string | undefined

interface Message {
  channel: number
  lead: Lead
  properties: Record<string, unknown>
  size: number
  body: Buffer
}

/** The largest body of one frame, below any negotiated maximum. */
const MOST_BYTES = 4_000
/** Nothing is bound to this key: the broker confirms such a message and drops it. */
const NOWHERE = 'mutation.lost'

/** A proxy for an AMQP broker: reads and changes messages when they are published, and when they are delivered. */
export class BrokerFront {
  private readonly sockets = new Set<Socket>()
  private readonly timers = new Set<NodeJS.Timeout>()
  private server: Server | undefined

  constructor(
    private readonly nameOf: NameOf,
    private readonly handler: Handler,
  ) {}

  /** @param url of the broker @returns the same at the proxy */
  async open(url: string): Promise<string> {
    const { hostname, port } = new URL(url)
    this.server = createServer((client) => this.join(client, connect(Number(port || 5_672), hostname)))
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve))
    const front = new URL(url)
    front.host = `127.0.0.1:${(this.server.address() as AddressInfo).port}`
    return front.href
  }

  async close(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer)
    for (const socket of this.sockets) socket.destroy()
    await new Promise((resolve) => (this.server ? this.server.close(resolve) : resolve(undefined)))
  }

  private join(client: Socket, broker: Socket): void {
    const published = new Assembly(new FrameReader(true), (message) => this.publish(message, broker))
    const delivered = new Assembly(new FrameReader(false), (message) => this.deliver(message, client))
    for (const [from, to, assembly] of [
      [client, broker, published],
      [broker, client, delivered],
    ] as const) {
      this.sockets.add(from)
      from.on('data', (chunk: Buffer) => {
        const passed = assembly.take(chunk)
        if (passed.length > 0) to.write(passed)
      })
      from.on('error', () => to.destroy())
      from.on('close', () => {
        this.sockets.delete(from)
        to.end()
      })
    }
  }

  private publish(message: Message, broker: Socket): Buffer | undefined {
    const name = this.nameOf(message.lead.routingKey)
    if (name === undefined) return undefined
    const request = { tree: { path: {}, query: {}, body: treeOf(message) as unknown } }
    const call: Call = { operation: `send ${name}`, method: 'SEND', path: '', headers: {}, request }
    const { isChanged, reply } = this.handler.call(call)
    const lead = reply ? { ...message.lead, routingKey: NOWHERE } : message.lead
    if (isChanged || reply) broker.write(encoded({ ...message, lead }, request.tree.body))
    return isChanged || reply ? Buffer.alloc(0) : undefined
  }

  private deliver(message: Message, client: Socket): Buffer | undefined {
    const name = this.nameOf(message.lead.routingKey)
    if (name === undefined) return undefined
    const body = { tree: treeOf(message) as unknown }
    const { isChanged, delivery } = this.handler.event({ operation: `event ${name}`, body })
    if (!isChanged && delivery.copies === 1 && delivery.delay === 0) return undefined
    const copies = Array.from({ length: delivery.copies }, () => encoded(message, body.tree))
    if (delivery.delay === 0) return Buffer.concat(copies)
    this.timers.add(setTimeout(() => client.write(Buffer.concat(copies)), delivery.delay))
    return Buffer.alloc(0)
  }
}

/** Assembles a message from its frames. */
class Assembly {
  private readonly open = new Map<number, { message: Message; raw: Buffer[] }>()

  /** @param whole returns the replacement of a message's frames; undefined to forward them unchanged */
  constructor(
    private readonly reader: FrameReader,
    private readonly whole: (message: Message) => Buffer | undefined,
  ) {}

  /** @returns the bytes to forward */
  take(chunk: Buffer): Buffer {
    const { greeting, frames } = this.reader.read(chunk)
    return Buffer.concat([...(greeting ? [greeting] : []), ...frames.map((one) => this.add(one))])
  }

  private add(one: Frame): Buffer {
    const lead = leadOf(one)
    if (lead)
      this.open.set(one.channel, {
        message: { channel: one.channel, lead, properties: {}, size: 0, body: Buffer.alloc(0) },
        raw: [],
      })
    const current = this.open.get(one.channel)
    if (!current || (one.type === METHOD && !lead)) return one.raw
    current.raw.push(one.raw)
    const { message } = current
    if (one.type === HEADER) {
      message.size = Number(one.payload.readBigUInt64BE(4))
      message.properties = propertiesOf(one.payload)
    } else if (one.type === BODY) message.body = Buffer.concat([message.body, one.payload])
    if (lead || message.body.length < message.size) return Buffer.alloc(0)
    this.open.delete(one.channel)
    return this.whole(message) ?? Buffer.concat(current.raw)
  }
}

function treeOf({ properties, body }: Message): { properties: Record<string, unknown>; body: unknown } {
  const text = body.toString()
  try {
    return { properties, body: JSON.parse(text) }
  } catch {
    return { properties, body: text }
  }
}

function encoded({ channel, lead }: Message, tree: unknown): Buffer {
  const { properties, body: content } = tree as { properties?: Record<string, unknown> | null; body?: unknown }
  const body = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content ?? null))
  const pieces: Buffer[] = []
  for (let at = 0; at < body.length; at += MOST_BYTES) pieces.push(frame(BODY, channel, body.subarray(at, at + MOST_BYTES)))
  return Buffer.concat([
    frame(METHOD, channel, encodeLead(lead)),
    frame(HEADER, channel, encodeHeader(properties ?? {}, body.length)),
    ...pieces,
  ])
}
