import type { Socket } from 'node:net'
import { hostname } from 'node:os'
import { type Document, Double } from 'bson'
import { Listener } from '../listener'
import { dataCommands } from './commands'
import { MongoError } from './errors'
import { MongoStore } from './store'
import { checkCommand } from './supported'
import { answerTo, type Command, CommandReader } from './wire'

const VERSION = '7.0.0'
const WIRE_VERSION = 21

/** A document store in this process, which speaks to MongoDB's drivers; without transactions, change streams and `$near`. */
export class MongoServer {
  private readonly store = new MongoStore()
  private readonly listener = new Listener((socket) => this.serve(socket))

  get port(): number {
    return this.listener.port
  }

  /** @param port 0: any free one */
  start(port = 0): Promise<void> {
    return this.listener.start(port)
  }

  stop(): Promise<void> {
    return this.listener.stop()
  }

  private serve(socket: Socket): void {
    const reader = new CommandReader()
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const command of reader.take(chunk)) this.answer(socket, command)
      } catch {
        socket.destroy()
      }
    })
  }

  private answer(socket: Socket, command: Command): void {
    const answer = this.obey(command.body)
    if (!command.silent && socket.writable) socket.write(answerTo(command, answer))
  }

  private obey(body: Document): Document {
    const [name = ''] = Object.keys(body)
    try {
      const own = this.ownCommand(name, body)
      if (own) return { ...own, ok: new Double(1) }
      const handler = dataCommands[name]
      if (!handler) throw new MongoError(59, 'CommandNotFound', `no such command: '${name}'`)
      checkCommand(name, body)
      return { ...handler(this.store, body, String(body.$db ?? 'test')), ok: new Double(1) }
    } catch (error) {
      if (error instanceof MongoError) {
        const { message: errmsg, code, codeName, more } = error
        return { ok: 0, errmsg, code, codeName, ...more }
      }
      return { ok: 0, errmsg: error instanceof Error ? error.message : String(error), code: 8, codeName: 'UnknownError' }
    }
  }

  /** Handshakes and commands about the server itself. */
  private ownCommand(name: string, body: Document): Document | undefined {
    if (['hello', 'ismaster', 'isMaster'].includes(name)) return this.hello(body)
    if (name === 'buildInfo' || name === 'buildinfo') return { version: VERSION, versionArray: [7, 0, 0, 0], bits: 64, ok: 1 }
    if (name === 'serverStatus') return { host: hostname(), version: VERSION, process: 'mongod', ok: 1 }
    if (name === 'connectionStatus') return { authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] }, ok: 1 }
    if (['ping', 'endSessions', 'startSession', 'logout'].includes(name)) return { ok: 1 }
    return undefined
  }

  /** Without a topology version, so that drivers poll instead of waiting for changes on one streaming response. */
  private hello(body: Document): Document {
    return {
      helloOk: true,
      ismaster: true,
      ...(body.hello ? { isWritablePrimary: true } : {}),
      maxBsonObjectSize: 16 * 1024 * 1024,
      maxMessageSizeBytes: 48_000_000,
      maxWriteBatchSize: 100_000,
      localTime: new Date(),
      logicalSessionTimeoutMinutes: 30,
      connectionId: 1,
      minWireVersion: 0,
      maxWireVersion: WIRE_VERSION,
      readOnly: false,
      ok: 1,
    }
  }
}
