import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { bodyOf, forward } from './forwarding'

/** Delay in milliseconds before a call is forwarded to the server, and before its response is returned. */
export interface Delays {
  going: (call: string) => number
  coming: (call: string) => number
}

/** A slow proxy for a server. It forwards complete requests even if the sender has ended in the meantime. */
export class SlowProxy {
  delays: Delays = { going: () => 0, coming: () => 0 }
  private readonly underWay = new Set<string>()
  private readonly seen: string[] = []
  private readonly server = createServer((call, answer) => {
    const id = `${call.method} ${call.url} ${this.seen.length}`
    this.seen.push(id)
    this.underWay.add(id)
    void this.pass(id, call, answer)
      // The sender ended while it was sending, so the server does not receive the incomplete request.
      .catch(() => answer.destroy())
      .finally(() => this.underWay.delete(id))
  })

  constructor(private readonly target: string) {}

  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done))
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  stop(): void {
    this.server.closeAllConnections()
    this.server.close()
  }

  /** Method, path and count of the calls so far. */
  get calls(): readonly string[] {
    return this.seen
  }

  /** Calls without a response yet. */
  get waiting(): readonly string[] {
    return [...this.underWay]
  }

  /** Resolves when no call is pending. */
  async quiet(): Promise<void> {
    while (this.underWay.size > 0) await pause(10)
  }

  private async pass(id: string, call: IncomingMessage, answer: ServerResponse): Promise<void> {
    const sent = await bodyOf(call)
    await pause(this.delays.going(id))
    const { status, headers, body } = await forward(this.target, call, sent)
    await pause(this.delays.coming(id))
    if (!answer.destroyed) answer.writeHead(status, headers).end(body)
  }
}
