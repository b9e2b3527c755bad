/** One frame of AMQP 0-9-1 as sent. */
export interface Frame {
  type: number
  channel: number
  payload: Buffer
  raw: Buffer
}

/** Types of frames. */
export const METHOD = 1
export const HEADER = 2
export const BODY = 3

const HEAD = 7
const END = 0xce
/** The first bytes of a client's connection. */
const GREETING = 8

/** Cuts a stream of bytes into frames. @param greets whether the stream begins with the protocol header */
export class FrameReader {
  private rest = Buffer.alloc(0)

  constructor(private greets: boolean) {}

  /** @returns complete frames, and the bytes before the first one that belong to no frame */
  read(chunk: Buffer): { greeting: Buffer | undefined; frames: Frame[] } {
    this.rest = Buffer.concat([this.rest, chunk])
    const greeting = this.greets && this.rest.length >= GREETING ? this.take(GREETING) : undefined
    if (greeting) this.greets = false
    const frames: Frame[] = []
    while (!this.greets && this.rest.length >= HEAD) {
      const size = this.rest.readUInt32BE(3)
      if (this.rest.length < HEAD + size + 1) break
      const raw = this.take(HEAD + size + 1)
      frames.push({ type: raw.readUInt8(0), channel: raw.readUInt16BE(1), payload: raw.subarray(HEAD, HEAD + size), raw })
    }
    return { greeting, frames }
  }

  private take(length: number): Buffer {
    const taken = this.rest.subarray(0, length)
    this.rest = this.rest.subarray(length)
    return taken
  }
}

export function frame(type: number, channel: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(HEAD)
  head.writeUInt8(type, 0)
  head.writeUInt16BE(channel, 1)
  head.writeUInt32BE(payload.length, 3)
  return Buffer.concat([head, payload, Buffer.from([END])])
}

const BASIC = 60
const PUBLISH = 40
const DELIVER = 60

/** The parts of a method frame of a message: the bytes before its routing key, the key, and the bytes after it. */
export interface Lead {
  before: Buffer
  routingKey: string
  after: Buffer
}

/** @returns undefined where the method neither publishes nor delivers a message */
export function leadOf({ type, payload }: Frame): Lead | undefined {
  if (type !== METHOD || payload.readUInt16BE(0) !== BASIC) return undefined
  const method = payload.readUInt16BE(2)
  if (method === PUBLISH) return split(payload, 6, 1)
  return method === DELIVER ? split(payload, skipText(payload, 4) + 9, 1) : undefined
}

export function encodeLead({ before, routingKey, after }: Lead): Buffer {
  return Buffer.concat([before, shortText(routingKey), after])
}

/** @param texts short texts between the offset and the routing key */
function split(payload: Buffer, offset: number, texts: number): Lead {
  let at = offset
  for (let text = 0; text < texts; text++) at = skipText(payload, at)
  const end = skipText(payload, at)
  return { before: payload.subarray(0, at), routingKey: payload.toString('utf8', at + 1, end), after: payload.subarray(end) }
}

function skipText(payload: Buffer, at: number): number {
  return at + 1 + payload.readUInt8(at)
}

function shortText(text: string): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([Buffer.from([bytes.length]), bytes])
}

type Kind = 'text' | 'octet' | 'time' | 'table'

/** Properties of a message by their flag. */
const PROPERTIES: readonly (readonly [number, string, Kind])[] = [
  [15, 'contentType', 'text'],
  [14, 'contentEncoding', 'text'],
  [13, 'headers', 'table'],
  [12, 'deliveryMode', 'octet'],
  [11, 'priority', 'octet'],
  [10, 'correlationId', 'text'],
  [9, 'replyTo', 'text'],
  [8, 'expiration', 'text'],
  [7, 'messageId', 'text'],
  [6, 'timestamp', 'time'],
  [5, 'type', 'text'],
  [4, 'userId', 'text'],
  [3, 'appId', 'text'],
]
const FLAGS_AT = 12

/** The content header without the size of the body; a table of headers as sent, in base64. */
export function propertiesOf(payload: Buffer): Record<string, unknown> {
  const flags = payload.readUInt16BE(FLAGS_AT)
  const properties: Record<string, unknown> = {}
  let at = FLAGS_AT + 2
  for (const [bit, name, kind] of PROPERTIES) {
    if ((flags & (1 << bit)) === 0) continue
    const size =
      kind === 'text' ? 1 + payload.readUInt8(at) : kind === 'octet' ? 1 : kind === 'time' ? 8 : 4 + payload.readUInt32BE(at)
    properties[name] = readProperty(payload.subarray(at, at + size), kind)
    at += size
  }
  return properties
}

function readProperty(bytes: Buffer, kind: Kind): unknown {
  if (kind === 'text') return bytes.toString('utf8', 1)
  if (kind === 'octet') return bytes.readUInt8(0)
  return kind === 'time' ? Number(bytes.readBigUInt64BE(0)) : bytes.toString('base64')
}

/** A content header for a body of that size. */
export function encodeHeader(properties: Readonly<Record<string, unknown>>, bodySize: number): Buffer {
  const head = Buffer.alloc(FLAGS_AT + 2)
  head.writeUInt16BE(BASIC, 0)
  head.writeBigUInt64BE(BigInt(bodySize), 4)
  let flags = 0
  const values = PROPERTIES.flatMap(([bit, name, kind]) => {
    const value = properties[name]
    if (value === undefined || value === null) return []
    flags |= 1 << bit
    return [encodeProperty(value, kind)]
  })
  head.writeUInt16BE(flags, FLAGS_AT)
  return Buffer.concat([head, ...values])
}

function encodeProperty(value: unknown, kind: Kind): Buffer {
  if (kind === 'text') return shortText(String(value))
  if (kind === 'octet') return Buffer.from([Number(value) & 0xff])
  if (kind === 'table') return Buffer.from(String(value), 'base64')
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(Math.max(0, Number(value))))
  return time
}
