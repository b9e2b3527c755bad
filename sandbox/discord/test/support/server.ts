import { after, before } from 'node:test'
import { expect } from 'chai'
import type { Anything, Reply } from '../../../colony/test/support/server'
import { type DiscordOptions, startDiscord } from '../../server'

export interface DiscordPerson {
  id: string
  username: string
  guild: string
  channel: string
  hidden: string
  token: string
}

export interface CallOptions {
  /** Name of a bot, or a token; Ada unless given, no credentials where null. */
  as?: string | null
  body?: unknown
  headers?: Record<string, string>
}

export interface DiscordWire {
  address: string
  control: string
  people: Record<string, DiscordPerson>
  /** The person with that name. @throws where the test has not created them */
  who(name: string): DiscordPerson
  /** Path of the guild, of the test channel, and of its messages. */
  readonly guild: string
  readonly channel: string
  readonly messages: string
  call(method: string, path: string, options?: CallOptions): Promise<Reply<Anything>>
  /** Status and code of a refusal, as `[403, 50013]`. */
  refusal(method: string, path: string, options?: CallOptions): Promise<[number, number]>
  /** Sends a message as Ada, or as the given bot, in the test channel unless given. */
  say(content: string, channel?: string, as?: string): Promise<Anything>
  callControl(path: string, body: unknown): Promise<Anything>
  look(path: string): Promise<Anything>
  make(name: string, wish?: object): Promise<DiscordPerson>
  stop(): Promise<void>
}

export const keys = (text: string): string[] => text.split(/\s+/)

/** Fields of every user. */
export const USER = keys('id username discriminator global_name avatar public_flags flags primary_guild')

const JSON_BODY = { 'content-type': 'application/json' }

/** One for all tests of a file: started and prepared before the first of them, stopped after the last. */
export function ownDiscord(names?: Record<string, object>, prepare?: () => unknown): DiscordWire {
  let started: DiscordWire | undefined
  before(async () => {
    started = await bareDiscord(names)
    await prepare?.()
  })
  after(() => started?.stop())
  const get = (_: object, key: keyof DiscordWire) => started?.[key]
  return new Proxy({} as DiscordWire, { get } as ProxyHandler<DiscordWire>)
}

/** A new Discord with one guild and the given people, called over plain HTTP. */
export async function bareDiscord(
  names: Record<string, object> = { Ada: {}, Ben: {} },
  options: DiscordOptions = {},
): Promise<DiscordWire> {
  const { address, control, stop } = await startDiscord(options)
  const people: Record<string, DiscordPerson> = {}
  const callControl = async (path: string, body: unknown) =>
    bodyOf(await fetch(`${control}${path}`, { method: 'POST', headers: JSON_BODY, body: JSON.stringify(body) }))
  const make = async (name: string, wish: object = {}): Promise<DiscordPerson> => {
    const { people: made } = await callControl('/people', { group: 'test', people: [{ name, ...wish }] })
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
    ...{ address, control, people, who, make, callControl, call, stop },
    get guild() {
      return `/guilds/${who('Ada').guild}`
    },
    get channel() {
      return `/channels/${who('Ada').channel}`
    },
    get messages() {
      return `/channels/${who('Ada').channel}/messages`
    },
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
  const { status, headers: received } = response
  const read = await bodyOf(response)
  if (status >= 400) expectRefusal(status, read, `${method} ${url}`)
  return { status, headers: received, body: read }
}

/** The body of every refusal is a code with a sentence, and the faults of a form; that of a rate limit says how long it lasts. Injected faults have their own. */
function expectRefusal(status: number, body: Anything, call: string): void {
  const { message, code, errors, retry_after: retryAfter, global, fault, ...rest } = body
  if (fault !== undefined) return
  expect(rest, call).to.deep.equal({})
  expect(message, call).to.match(/\S/)
  if (status === 429) return void expect([retryAfter > 0, typeof global], call).to.deep.equal([true, 'boolean'])
  expect([Number.isInteger(code), retryAfter, global], call).to.deep.equal([true, undefined, undefined])
  if (code === 50035) expect(errors, call).to.be.an('object').and.not.deep.equal({})
}

async function bodyOf(response: Response): Promise<Anything> {
  const text = await response.text()
  return text ? JSON.parse(text) : {}
}

function missing(name: string): never {
  throw new Error(`no person is called ${name}`)
}
