import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { hostname } from 'node:os'
import { type Document, ObjectId } from 'bson'
import { dataCommands } from './commands'
import { MongoError } from './errors'
import { MongoStore } from './store'
import { answerTo, type Command, readCommands } from './wire'

const VERSION = '7.0.0'
const WIRE_VERSION = 21

/** A document store in this process, which speaks to MongoDB's drivers; without transactions, change streams and `$near`. */
export class MongoServer {
  private readonly store = new MongoStore()
  private readonly sockets = new Set<Socket>()
  private readonly process = { processId: new ObjectId(), counter: 0n }
  private server: Server | undefined
  private bound = 0

  get port(): number {
    return this.bound
  }

  /** @param port 0: any free one */
  async start(port = 0): Promise<void> {
    const server = createServer((socket) => this.serve(socket))
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
    this.bound = (server.address() as AddressInfo).port
    this.server = server
  }

  async stop(): Promise<void> {
    const { server } = this
    this.server = undefined
    if (!server) return
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    for (const socket of this.sockets) socket.destroy()
    await closed
  }

  private serve(socket: Socket): void {
    let bytes: Buffer = Buffer.alloc(0)
    this.sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('close', () => this.sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk: Buffer) => {
      try {
        const { commands, rest } = readCommands(Buffer.concat([bytes, chunk]))
        bytes = rest
        for (const command of commands) this.answer(socket, command)
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
      if (own) return own
      const handler = dataCommands[name]
      if (!handler) throw new MongoError(59, 'CommandNotFound', `no such command: '${name}'`)
      if (body.txnNumber !== undefined && body.startTransaction)
        throw new MongoError(20, 'IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos')
      return handler(this.store, body, String(body.$db ?? 'test'))
    } catch (error) {
      if (error instanceof MongoError) return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName }
      return { ok: 0, errmsg: error instanceof Error ? error.message : String(error), code: 2, codeName: 'BadValue' }
    }
  }

  /** Handshakes and questions about the server itself. */
  private ownCommand(name: string, body: Document): Document | undefined {
    if (['hello', 'ismaster', 'isMaster'].includes(name)) return this.hello(body)
    if (name === 'buildInfo' || name === 'buildinfo') return { version: VERSION, versionArray: [7, 0, 0, 0], bits: 64, ok: 1 }
    if (name === 'serverStatus') return { host: hostname(), version: VERSION, process: 'mongod', ok: 1 }
    if (name === 'connectionStatus') return { authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] }, ok: 1 }
    if (['ping', 'endSessions', 'abortTransaction', 'startSession', 'logout'].includes(name)) return { ok: 1 }
    return undefined
  }

  private hello(body: Document): Document {
    return {
      helloOk: true,
      ismaster: true,
      ...(body.hello ? { isWritablePrimary: true } : {}),
      topologyVersion: this.process,
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
