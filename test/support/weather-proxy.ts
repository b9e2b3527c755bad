import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { bodyOf, forward, join, type Reply } from './forwarding'

const PAGE = (status: number): string => `<html><head><title>${status}</title></head><body><center>nginx</center></body></html>`
/** What happens to a call on a bad line: the gateway's own pages, a limit, and connections that end before, in and after the response. */
const FAULTS = ['502', '503', '504', '429', 'reset', 'lost response', 'half a body'] as const
export type WeatherFault = (typeof FAULTS)[number]

export interface WeatherLine {
  seed: number
  /** Of calls that go wrong, from 0 to 1; 0.05 by default. */
  share?: number
  /** What happens to every call that changes something the first time that it is sent, instead of a share of all calls. */
  first?: WeatherFault | undefined
}

/** Calls of the method POST that create, by their path and body, in the words of each service. */
const CREATING = [
  // The Colony
  /\/api\/v1\/(?:posts|webhooks) /,
  /\/comments /,
  /\/messages\/send\//,
  // Discord
  /\/channels\/\d+\/messages /,
  /\/threads /,
  // Slack
  /chat\.postMessage/,
  /conversations\.open/,
  // Symphony
  /\/message\/create/,
  /\/room\/create/,
  // Connector app
  /\/(?:start|file|local-vault)\b/,
  // CoCalc
  /"(?:projects\.createProject|org\.create(?:User|Token)?|org\.message|messages\.send)"/,
  // Orbital Manager
  /\/courier\/location /,
]

/** A line to a server on which some calls go wrong, the same ones for the same seed and the same order of calls. */
export class WeatherProxy {
  /** Every call with what happened to it, oldest first; nothing for one that passed. */
  readonly calls: { call: string; fault: WeatherFault | undefined }[] = []
  private readonly random: () => number
  private readonly server = createServer((call, answer) => {
    void this.handle(call, answer).catch(() => answer.destroy())
  })

  /** By kind, the responses of the server to calls that create, whether or not they arrived. A replayed response is the same again. */
  private readonly created = new Map<string, Set<string>>()
  /** By method, address and body: whether the latest call of that kind went wrong. */
  private readonly wentWrong = new Map<string, boolean>()

  constructor(
    private readonly target: string,
    private readonly line: WeatherLine,
  ) {
    this.random = numbers(line.seed)
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

  /** How many things of each kind the calls have created. */
  creations(): Record<string, number> {
    return Object.fromEntries([...this.created].map(([kind, responses]) => [kind, responses.size]))
  }

  private count(call: IncomingMessage, sent: Buffer, { status, body }: Reply): void {
    const kind = call.method === 'POST' && status < 300 ? CREATING.find((one) => one.test(`${call.url} ${sent}`)) : undefined
    if (!kind) return
    const responses = this.created.get(kind.source) ?? new Set()
    // A response without a body is that of a call without an idempotency key.
    responses.add(body.length > 0 ? body.toString() : `${responses.size}`)
    this.created.set(kind.source, responses)
  }

  private async handle(call: IncomingMessage, answer: ServerResponse): Promise<void> {
    const sent = await bodyOf(call)
    // The boundary of a form is another one each time.
    const body = /multipart/.test(call.headers['content-type'] ?? '') ? sent.length : sent
    const fault = this.fault(`${call.method} ${call.url} ${body}`)
    this.calls.push({ call: `${call.method} ${call.url}`, fault })
    await this.pass(call, answer, { sent, fault })
  }

  private fault(key: string): WeatherFault | undefined {
    const { first, share = 0.05 } = this.line
    if (first) {
      if (key.startsWith('GET ')) return undefined
      const isRepeated = this.wentWrong.get(key) ?? false
      this.wentWrong.set(key, !isRepeated)
      return isRepeated ? undefined : first
    }
    if (this.random() >= share) return undefined
    return FAULTS[Math.floor(this.random() * FAULTS.length)]
  }

  private async pass(
    call: IncomingMessage,
    answer: ServerResponse,
    { sent, fault }: { sent: Buffer; fault: WeatherFault | undefined },
  ): Promise<void> {
    if (fault === 'reset') return void answer.destroy()
    if (fault === '502' || fault === '503' || fault === '429') return page(answer, Number(fault))
    const reply = await forward(this.target, call, sent)
    const { status, headers, body } = reply
    this.count(call, sent, reply)
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
