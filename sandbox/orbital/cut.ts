import { connect, type Socket } from 'node:net'
import { Listener } from '../backing/listener'

/** A proxy in front of a server that can be cut and restored: for its clients the server is down, for all others it is not. */
export class Cut {
  private readonly listener = new Listener((near) => this.join(near))

  constructor(private readonly target: { host: string; port: number }) {}

  /** The URL with the proxy's address in place of the server's. */
  through(url: string): string {
    const changed = new URL(url)
    changed.hostname = '127.0.0.1'
    changed.port = String(this.listener.port)
    return changed.href
  }

  mend(): Promise<void> {
    return this.listener.start()
  }

  cut(): Promise<void> {
    return this.listener.stop()
  }

  /** If one side closes, the other is closed as well. */
  private join(near: Socket): void {
    const far = connect(this.target).setNoDelay(true)
    far.on('error', () => far.destroy())
    far.once('close', () => near.destroy())
    near.once('close', () => far.destroy())
    near.pipe(far).pipe(near)
  }
}
