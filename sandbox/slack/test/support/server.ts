import { after, before } from 'node:test'
import { expect } from 'chai'
import type { Anything } from '../../../colony/test/support/server'
import type { SandboxOptions } from '../../../kit/sandbox'
import { startSlack } from '../../server'

export type People = Record<string, Record<string, string>>

export interface SlackReply {
  status: number
  headers: Headers
  body: Anything
}

/** Every response says whether it is a success; a refusal has a code, a success has none. */
function expectVerdict({ ok, error }: Anything, call: string): void {
  if (ok === true) return void expect(error, call).to.equal(undefined)
  expect(ok, call).to.equal(false)
  expect(error, call).to.match(/^[a-z][a-z0-9_]+$/)
}

/** Options of a call: as a form unless given, with the bot's token unless given. */
export interface Manner {
  as?: string | null
  how?: 'form' | 'json' | 'query' | 'multipart'
  headers?: Record<string, string>
}

export interface SlackWire {
  address: string
  origin: string
  people: People
  bot: Record<string, string>
  ben: Record<string, string>
  call(method: string, args?: Record<string, unknown>, manner?: Manner): Promise<SlackReply>
  /** The response's body; fails unless it is `ok`. */
  ok(method: string, args?: Record<string, unknown>, manner?: Manner): Promise<Anything>
  /** The name of the error. */
  error(method: string, args?: Record<string, unknown>, manner?: Manner): Promise<string>
  callControl(path: string, body: unknown): Promise<Anything>
  ask(path: string): Promise<Anything>
  /** People of another workspace. */
  others(wishes: Record<string, object>): Promise<People>
  stop(): Promise<void>
}

/** A new Slack with the bot Ada and Ben, called over plain HTTP. */
export async function bareSlack(
  wishes: Record<string, object> = { Ada: {}, Ben: {} },
  options: SandboxOptions = {},
): Promise<SlackWire> {
  const slack = await startSlack(options)
  const callControl = async (path: string, body: unknown): Promise<Anything> => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${slack.control}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (answer.status >= 400) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return answer.status === 204 ? undefined : answer.json()
  }
  const settle = async (group: string, some: Record<string, object>): Promise<People> =>
    (await callControl('/people', { group, people: Object.entries(some).map(([name, wish]) => ({ name, ...wish })) })).people
  const people = await settle('a test', wishes)
  const call: SlackWire['call'] = async (method, args = {}, { as = people.Ada?.botToken, how = 'form', headers = {} } = {}) => {
    const authorization: Record<string, string> = as ? { authorization: `Bearer ${as}` } : {}
    const sent = encoded(args, how)
    const url = `${slack.address}${method}${how === 'query' ? `?${new URLSearchParams(texts(args))}` : ''}`
    const answer = await fetch(url, { ...sent, headers: { ...authorization, ...sent.headers, ...headers }, redirect: 'manual' })
    const text = await answer.text()
    const body = text.startsWith('{') ? JSON.parse(text) : text
    if (typeof body === 'object') expectVerdict(body, `${method}: ${text}`)
    return { status: answer.status, headers: answer.headers, body }
  }
  let other = 0
  return {
    address: slack.address,
    origin: new URL(slack.address).origin,
    people,
    bot: people.Ada ?? {},
    ben: people.Ben ?? {},
    call,
    ok: async (...how) => {
      const { body } = await call(...how)
      if (!body.ok) throw new Error(`${how[0]} answered ${JSON.stringify(body)}`)
      return body
    },
    error: async (...how) => (await call(...how)).body.error,
    callControl,
    ask: async (path) => (await fetch(`${slack.control}${path}`)).json(),
    others: (some) => settle(`others ${++other}`, some),
    stop: () => slack.stop(),
  }
}

/** The one Slack of a test file: started before its first test, and stopped after its last. @param ready called once it is up */
export function ownSlack(
  wishes?: Record<string, object>,
  ready: (slack: SlackWire) => Promise<void> | void = () => undefined,
): SlackWire {
  const slack = {} as SlackWire
  before(async () => {
    Object.assign(slack, await bareSlack(wishes))
    await ready(slack)
  })
  after(() => slack.stop())
  return slack
}

function texts(args: Record<string, unknown>): [string, string][] {
  return Object.entries(args).map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)])
}

function encoded(
  args: Record<string, unknown>,
  how: Manner['how'],
): { method: string; body?: NonNullable<RequestInit['body']>; headers: Record<string, string> } {
  if (how === 'query') return { method: 'GET', headers: {} }
  if (how === 'json')
    return { method: 'POST', body: JSON.stringify(args), headers: { 'content-type': 'application/json; charset=utf-8' } }
  if (how === 'form') return { method: 'POST', body: new URLSearchParams(texts(args)), headers: {} }
  const form = new FormData()
  for (const [name, value] of texts(args)) form.append(name, value)
  return { method: 'POST', body: form, headers: {} }
}
