import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { Codec } from './codec'
import { Connection, type Login } from './connection'
import { Topology } from './topology'

/** A message broker in this process: AMQP 0-9-1 as RabbitMQ speaks it, without clusters, transactions or plugins. */
export class Broker {
  private readonly topology = new Topology()
  private readonly codec = new Codec()
  private readonly sockets = new Set<Socket>()
  private server: Server | undefined
  private bound = 0

  constructor(private readonly login: Login) {}

  get port(): number {
    return this.bound
  }

  /** @param port 0: any free one; the same one again after `stop` */
  async start(port = this.bound): Promise<void> {
    const server = createServer((socket) => {
      socket.setNoDelay(true)
      this.sockets.add(socket)
      socket.once('close', () => this.sockets.delete(socket))
      new Connection(socket, this.codec, this.topology, this.login)
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
    this.bound = (server.address() as AddressInfo).port
    this.server = server
  }

  /** Cuts everybody off, as a crash does. What is durable is there again after `start`. */
  async stop(): Promise<void> {
    const { server } = this
    this.server = undefined
    if (!server) return
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    for (const socket of this.sockets) socket.destroy()
    await closed
    this.topology.restart()
  }
}
