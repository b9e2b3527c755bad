import { WebSocket } from 'ws'
import type { Anything } from '../../../colony/test/support/server'
import type { DiscordWire } from './server'

export interface Frame {
  op: number
  d: Anything
  s: number | null
  t: string | null
}

/** A passive gateway client: received frames are stored, and can be awaited. */
export class BareGateway {
  readonly frames: Frame[] = []
  readonly closed: Promise<number>
  private readonly socket: WebSocket
  private waiting: (() => void)[] = []
  private over = false

  constructor(url: string) {
    this.socket = new WebSocket(url)
    this.socket.on('message', (data, isBinary) => {
      if (!isBinary) this.take(String(data))
    })
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code) => {
        this.over = true
        this.wake()
        resolve(code)
      })
    })
  }

  get raw(): WebSocket {
    return this.socket
  }

  take(text: string): void {
    this.frames.push(JSON.parse(text))
    this.wake()
  }

  send(op: number, d: unknown): void {
    this.socket.send(JSON.stringify({ op, d }))
  }

  /** The first matching frame, already received or not. @throws where the connection ends before */
  async next(fits: (frame: Frame) => boolean): Promise<Frame> {
    for (;;) {
      const found = this.frames.find(fits)
      if (found) return found
      if (this.over) throw new Error('the connection ended before what was waited for came')
      await new Promise<void>((resolve) => this.waiting.push(resolve))
    }
  }

  event(name: string, fits: (data: Anything) => boolean = () => true): Promise<Anything> {
    return this.next(({ t, d }) => t === name && fits(d)).then(({ d }) => d)
  }

  events(name: string): Anything[] {
    return this.frames.filter(({ t }) => t === name).map(({ d }) => d)
  }

  /** Resolves once all earlier events were received as well. */
  async caughtUp(): Promise<void> {
    const answered = (): number => this.frames.filter(({ op }) => op === 11).length
    const before = answered()
    this.send(1, null)
    await this.next(() => answered() > before)
  }

  close(code = 1000): void {
    this.socket.close(code)
  }

  private wake(): void {
    const waiting = this.waiting
    this.waiting = []
    for (const resolve of waiting) resolve()
  }
}

const PROPERTIES = { os: 'linux', browser: 'bare', device: 'bare' }

/** Connects and waits for HELLO. */
export async function connectTo(wire: DiscordWire, query = '?v=10&encoding=json'): Promise<BareGateway> {
  const { body } = await wire.call('GET', '/gateway', { as: null })
  const gateway = new BareGateway(`${body.url}${query}`)
  await gateway.next(({ op }) => op === 10)
  return gateway
}

export const identityOf = (token: string, intents: number, more: object = {}) => ({
  token,
  intents,
  properties: PROPERTIES,
  ...more,
})

/** Connects, identifies as a bot, and waits until it has received its guilds. */
export async function sessionOf(wire: DiscordWire, name: string, intents: number, more: object = {}): Promise<BareGateway> {
  const gateway = await connectTo(wire)
  gateway.send(2, identityOf(wire.who(name).token, intents, more))
  await gateway.event('READY')
  if ((intents & 1) !== 0) await gateway.event('GUILD_CREATE')
  return gateway
}
