import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { bodyOf, forward, join } from './forwarding'

const PAGE = (status: number): string => `<html><head><title>${status}</title></head><body><center>nginx</center></body></html>`
/** What happens to a call on a bad line: the gateway's own pages, a limit, and connections that end before, in and after the response. */
export const FAULTS = ['502', '503', '504', '429', 'reset', 'lost response', 'half a body'] as const
export type WeatherFault = (typeof FAULTS)[number]

/** A line to a server on which some calls go wrong, the same ones for the same seed and the same order of calls. */
export class WeatherProxy {
  /** Every call with what happened to it, oldest first; nothing for one that passed. */
  readonly calls: { call: string; fault: WeatherFault | undefined }[] = []
  private readonly random: () => number
  private readonly server = createServer((call, answer) => {
    void this.handle(call, answer).catch(() => answer.destroy())
  })

  /** By method, address and body: whether the latest call of that kind went wrong. */
  private readonly wentWrong = new Map<string, boolean>()

  /**
   * @param share of calls that go wrong, from 0 to 1
   * @param first what happens to every call that changes something the first time that it is sent, instead of a share of all calls
   */
  constructor(
    private readonly target: string,
    seed: number,
    private readonly share = 0.05,
    private readonly first?: WeatherFault,
  ) {
    this.random = numbers(seed)
    this.server.on('upgrade', (call: IncomingMessage, socket: Socket, head: Buffer) => this.tunnel(call, socket, head))
  }

  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done))
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  stop(): void {
    this.server.closeAllConnections()
    this.server.close()
  }

  private async handle(call: IncomingMessage, answer: ServerResponse): Promise<void> {
    const sent = await bodyOf(call)
    const fault = this.fault(`${call.method} ${call.url} ${sent}`)
    this.calls.push({ call: `${call.method} ${call.url}`, fault })
    await this.pass(call, answer, { sent, fault })
  }

  private fault(key: string): WeatherFault | undefined {
    if (this.first) {
      if (key.startsWith('GET ')) return undefined
      const isRepeated = this.wentWrong.get(key) ?? false
      this.wentWrong.set(key, !isRepeated)
      return isRepeated ? undefined : this.first
    }
    if (this.random() >= this.share) return undefined
    return FAULTS[Math.floor(this.random() * FAULTS.length)]
  }

  private async pass(
    call: IncomingMessage,
    answer: ServerResponse,
    { sent, fault }: { sent: Buffer; fault: WeatherFault | undefined },
  ): Promise<void> {
    if (fault === 'reset') return void answer.destroy()
    if (fault === '502' || fault === '503' || fault === '429') return page(answer, Number(fault))
    const { status, headers, body } = await forward(this.target, call, sent)
    if (fault === 'lost response') return void answer.destroy()
    if (fault === '504') return page(answer, 504)
    if (fault === 'half a body' && body.length > 1) {
      answer.writeHead(status, { ...headers, 'content-length': body.length })
      answer.write(body.subarray(0, body.length / 2), () => answer.destroy())
      return
    }
    answer.writeHead(status, headers).end(body)
  }

  private tunnel(call: IncomingMessage, socket: Socket, head: Buffer): void {
    const { hostname, port } = new URL(this.target)
    join(socket, { host: hostname, port: Number(port) }, (upstream) => {
      const headers = call.rawHeaders.reduce((text, part, at) => text + part + (at % 2 === 0 ? ': ' : '\r\n'), '')
      upstream.write(`${call.method} ${call.url} HTTP/1.1\r\n${headers}\r\n`)
      upstream.write(head)
    })
  }
}

function page(answer: ServerResponse, status: number): void {
  const headers = { 'content-type': 'text/html', ...(status === 429 ? { 'retry-after': '1' } : {}) }
  answer.writeHead(status, headers).end(PAGE(status))
}

/** Numbers from 0 to 1 by the generator called mulberry32. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
