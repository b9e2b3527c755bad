import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A line to a server that can be cut and mended: to whoever is behind it the server is down, to everybody else it is not. */
export class Cut {
  private readonly sockets = new Set<Socket>()
  private server: Server | undefined
  private bound = 0

  constructor(private readonly target: { host: string; port: number }) {}

  /** The URL with this line's address in place of the server's. */
  through(url: string): string {
    const changed = new URL(url)
    changed.hostname = '127.0.0.1'
    changed.port = String(this.bound)
    return changed.href
  }

  async mend(): Promise<void> {
    if (this.server) return
    const server = createServer((near) => this.join(near))
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(this.bound, '127.0.0.1', resolve)
    })
    this.bound = (server.address() as AddressInfo).port
    this.server = server
  }

  async cut(): Promise<void> {
    const { server } = this
    this.server = undefined
    if (!server) return
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    for (const socket of this.sockets) socket.destroy()
    await closed
  }

  private join(near: Socket): void {
    const far = connect(this.target)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(one)
      one.setNoDelay(true)
      one.on('error', () => one.destroy())
      one.on('close', () => {
        this.sockets.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  }
}
