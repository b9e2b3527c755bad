import { dirname, join } from 'node:path'

export type Fields = Record<string, unknown>

/** A frame as read: a method, the head of a content, a piece of its body, or (with none of these) a heartbeat. */
export interface Frame {
  channel: number
  id?: number
  fields?: Fields
  size?: number
  content?: Buffer
}

interface Definitions {
  [method: string]: unknown
  info(id: number): { name: string }
  encodeMethod(id: number, channel: number, fields: Fields): Buffer
  encodeProperties(id: number, channel: number, size: number, fields: Fields): Buffer
}

interface Frames {
  HEARTBEAT_BUF: Buffer
  makeBodyFrame(channel: number, payload: Buffer): Buffer
  parseFrame(bytes: Buffer, max: number): { rest: Buffer } | false
  decodeFrame(frame: object): Frame
}

/** AMQP 0-9-1 on the wire, by the codec inside amqplib, which the package does not export officially. */
export class Codec {
  readonly heartbeat: Buffer
  private readonly definitions: Definitions
  private readonly frames: Frames

  constructor() {
    const library = join(dirname(require.resolve('amqplib')), 'lib')
    this.definitions = require(join(library, 'defs.js')) as Definitions
    this.frames = require(join(library, 'frame.js')) as Frames
    this.heartbeat = this.frames.HEARTBEAT_BUF
  }

  nameOf(id: number): string {
    return this.definitions.info(id).name
  }

  method(name: string, channel: number, fields: Fields): Buffer {
    return this.definitions.encodeMethod(this.idOf(name), channel, fields)
  }

  /** The head of a content and its body, in pieces the peer agreed to take. */
  content(channel: number, properties: Fields, body: Buffer, frameMax: number): Buffer[] {
    const piece = frameMax - 8
    const head = this.definitions.encodeProperties(this.idOf('BasicProperties'), channel, body.length, properties)
    const pieces = Array.from({ length: Math.ceil(body.length / piece) }, (_, at) =>
      this.frames.makeBodyFrame(channel, body.subarray(at * piece, (at + 1) * piece)),
    )
    return [head, ...pieces]
  }

  /** @returns the frames that are whole, and the bytes of the one that is not yet */
  read(bytes: Buffer): { frames: Frame[]; rest: Buffer } {
    const frames: Frame[] = []
    let rest = bytes
    for (let parsed = this.frames.parseFrame(rest, 0); parsed; parsed = this.frames.parseFrame(rest, 0)) {
      frames.push(this.frames.decodeFrame(parsed))
      rest = parsed.rest
    }
    return { frames, rest }
  }

  private idOf(name: string): number {
    const id = this.definitions[name]
    if (typeof id !== 'number') throw new Error(`AMQP 0-9-1 has no method ${name}.`)
    return id
  }
}
