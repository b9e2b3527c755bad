import { type Document, deserialize, serialize } from 'bson'

/** Numbers, binaries and expressions keep the types they have on the wire. */
const TYPED = { promoteValues: false, promoteBuffers: false, bsonRegExp: true }

const OP_REPLY = 1
const OP_QUERY = 2004
const OP_MSG = 2013
const HEAD = 16
const MORE_TO_COME = 2

/** A command as received, from either kind of message. */
export interface Command {
  requestId: number
  /** Handshakes of older clients. */
  legacy: boolean
  /** The client expects no response. */
  silent: boolean
  body: Document
}

/** Reads commands from the chunks of a connection, joining a long one once and not with every chunk. */
export class CommandReader {
  private chunks: Buffer[] = []
  private received = 0
  private needed = 4

  /** @returns the commands that are whole now */
  take(chunk: Buffer): Command[] {
    this.chunks.push(chunk)
    this.received += chunk.length
    if (this.received < this.needed) return []
    const commands: Command[] = []
    let rest: Buffer = Buffer.concat(this.chunks)
    while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
      const length = rest.readInt32LE(0)
      commands.push(parse(rest.subarray(0, length)))
      rest = rest.subarray(length)
    }
    this.chunks = [rest]
    this.received = rest.length
    this.needed = rest.length >= 4 ? rest.readInt32LE(0) : 4
    return commands
  }
}

function parse(message: Buffer): Command {
  const requestId = message.readInt32LE(4)
  const operation = message.readInt32LE(12)
  if (operation === OP_MSG) return { requestId, legacy: false, ...parseMessage(message) }
  if (operation === OP_QUERY) return { requestId, legacy: true, silent: false, body: parseQuery(message) }
  throw new Error(`operation ${operation} is not spoken here`)
}

function parseMessage(message: Buffer): { silent: boolean; body: Document } {
  const silent = (message.readInt32LE(HEAD) & MORE_TO_COME) !== 0
  const body: Document = {}
  for (let at = HEAD + 4; at < message.length; ) {
    const kind = message.readUInt8(at)
    const size = message.readInt32LE(at + 1)
    const section = message.subarray(at + 1, at + 1 + size)
    if (kind === 0) Object.assign(body, deserialize(section, TYPED))
    else Object.assign(body, parseSequence(section))
    at += 1 + size
  }
  return { silent, body }
}

/** Documents beside the command, such as those to insert, under their field's name. */
function parseSequence(section: Buffer): Document {
  const end = section.indexOf(0, 4)
  const documents: Document[] = []
  for (let at = end + 1; at < section.length; at += section.readInt32LE(at))
    documents.push(deserialize(section.subarray(at, at + section.readInt32LE(at)), TYPED))
  return { [section.toString('utf8', 4, end)]: documents }
}

function parseQuery(message: Buffer): Document {
  const end = message.indexOf(0, HEAD + 4)
  const body = message.subarray(end + 9)
  const database = message.toString('utf8', HEAD + 4, end).split('.')[0]
  return { ...deserialize(body.subarray(0, body.readInt32LE(0)), TYPED), $db: database }
}

export function answerTo({ requestId, legacy }: Command, answer: Document): Buffer {
  const body = serialize(answer, { ignoreUndefined: true })
  const head = Buffer.alloc(legacy ? HEAD + 20 : HEAD + 5)
  head.writeInt32LE(head.length + body.length, 0)
  head.writeInt32LE(requestId, 8)
  head.writeInt32LE(legacy ? OP_REPLY : OP_MSG, 12)
  if (legacy) head.writeInt32LE(1, HEAD + 16)
  return Buffer.concat([head, body])
}
