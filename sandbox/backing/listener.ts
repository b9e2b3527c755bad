import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'

/** A port on loopback whose connections can all be cut, as a crash of the server does, and which can be opened again. */
export class Listener {
  private readonly sockets = new Set<Socket>()
  private server: Server | undefined
  private bound = 0

  /** @param serve called with each connection; an error on one connection closes only that connection */
  constructor(private readonly serve: (socket: Socket) => void) {}

  /** Stays the same from the first start on. */
  get port(): number {
    return this.bound
  }

  /** @param port 0: any free one */
  async start(port = this.bound): Promise<void> {
    if (this.server) return
    const server = createServer((socket) => this.take(socket))
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

  private take(socket: Socket): void {
    this.sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => socket.destroy())
    socket.once('close', () => this.sockets.delete(socket))
    this.serve(socket)
  }
}
