import { Listener } from '../listener'
import { Codec } from './codec'
import { Connection, type Login } from './connection'
import { Topology } from './topology'

/** A message broker in this process: AMQP 0-9-1 as RabbitMQ speaks it, without clusters, transactions or plugins. */
export class Broker {
  private readonly topology = new Topology()
  private readonly codec = new Codec()
  private readonly listener: Listener

  constructor(login: Login) {
    this.listener = new Listener((socket) => new Connection(socket, this.codec, this.topology, login))
  }

  get port(): number {
    return this.listener.port
  }

  /** @param port 0: any free one; by default the same one again after `stop` */
  start(port?: number): Promise<void> {
    return this.listener.start(port)
  }

  /** Closes all connections, as a crash does. Durable queues and messages are there again after `start`. */
  async stop(): Promise<void> {
    await this.listener.stop()
    this.topology.restart()
  }
}
