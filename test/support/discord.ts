import { WebSocket } from 'ws'
import { type DiscordOptions, startDiscord } from '../../sandbox/discord/server'
import type { Anything, Reply } from './colony'

export interface DiscordPerson {
  id: string
  username: string
  guild: string
  channel: string
  hidden: string
  token: string
}

export interface CallOptions {
  /** Name of a bot, or a token; Ada unless told, nobody where null. */
  as?: string | null
  body?: unknown
  headers?: Record<string, string>
}

export interface DiscordWire {
  address: string
  control: string
  people: Record<string, DiscordPerson>
  /** The person of that name; a test that names nobody it made is wrong. */
  who(name: string): DiscordPerson
  call(method: string, path: string, options?: CallOptions): Promise<Reply<Anything>>
  /** Status and code of a refusal, as `[403, 50013]`. */
  refusal(method: string, path: string, options?: CallOptions): Promise<[number, number]>
  /** Says something as Ada, or as the bot named, in the test channel unless told. */
  say(content: string, channel?: string, as?: string): Promise<Anything>
  power(path: string, body: unknown): Promise<Anything>
  look(path: string): Promise<Anything>
  make(name: string, wish?: object): Promise<DiscordPerson>
  stop(): Promise<void>
}

const JSON_BODY = { 'content-type': 'application/json' }

/** A Discord of one's own with one guild and the people named, spoken to in bare HTTP. */
export async function bareDiscord(
  names: Record<string, object> = { Ada: {}, Ben: {} },
  options: DiscordOptions = {},
): Promise<DiscordWire> {
  const { address, control, stop } = await startDiscord(options)
  const people: Record<string, DiscordPerson> = {}
  const power = async (path: string, body: unknown) =>
    bodyOf(await fetch(`${control}${path}`, { method: 'POST', headers: JSON_BODY, body: JSON.stringify(body) }))
  const make = async (name: string, wish: object = {}): Promise<DiscordPerson> => {
    const { people: made } = await power('/people', { group: 'test', people: [{ name, ...wish }] })
    people[name] = made[name]
    return made[name]
  }
  const who = (name: string): DiscordPerson => people[name] ?? missing(name)
  const call = (method: string, path: string, { as = 'Ada', body, headers = {} }: CallOptions = {}) => {
    const authorization: Record<string, string> = as === null ? {} : { authorization: `Bot ${people[as]?.token ?? as}` }
    return exchange(`${address}/v10${path}`, method, { ...authorization, ...headers }, body)
  }
  for (const [name, wish] of Object.entries(names)) await make(name, wish)
  return {
    ...{ address, control, people, who, make, power, call, stop },
    refusal: async (method, path, wanted) => {
      const { status, body } = await call(method, path, wanted)
      return [status, body.code]
    },
    say: async (content, channel = who('Ada').channel, as = 'Ada') =>
      (await call('POST', `/channels/${channel}/messages`, { as, body: { content } })).body,
    look: async (path) => bodyOf(await fetch(`${control}${path}`)),
  }
}

async function exchange(url: string, method: string, headers: Record<string, string>, body: unknown): Promise<Reply<Anything>> {
  const isPlain = body !== undefined && !(body instanceof FormData) && typeof body !== 'string'
  const sent = isPlain ? JSON.stringify(body) : (body as FormData | string | undefined)
  const response = await fetch(url, {
    method,
    headers: { ...(isPlain ? JSON_BODY : {}), ...headers },
    ...(sent === undefined ? {} : { body: sent }),
  })
  return { status: response.status, headers: response.headers, body: await bodyOf(response) }
}

async function bodyOf(response: Response): Promise<Anything> {
  const text = await response.text()
  return text ? JSON.parse(text) : {}
}

function missing(name: string): never {
  throw new Error(`nobody is called ${name}`)
}

export interface Frame {
  op: number
  d: Anything
  s: number | null
  t: string | null
}

/** A gateway client that does nothing by itself: what it is sent is kept, and can be waited for. */
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

  /** The first frame that fits, come or to come. @throws where the connection ends before */
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

/** Connects, identifies as a bot, and waits until it is told of everything it is to know. */
export async function sessionOf(wire: DiscordWire, name: string, intents: number, more: object = {}): Promise<BareGateway> {
  const gateway = await connectTo(wire)
  gateway.send(2, identityOf(wire.who(name).token, intents, more))
  await gateway.event('READY')
  if ((intents & 1) !== 0) await gateway.event('GUILD_CREATE')
  return gateway
}
