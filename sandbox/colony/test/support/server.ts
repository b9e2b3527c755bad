import { expect } from 'chai'
import type { SandboxOptions } from '../../../kit/sandbox'
import { startColony } from '../../server'

/** The colony to which tests write, and an unused id. */
export const TEST_POSTS = 'cb4d2ed0-0425-4d26-8755-d4bfd0130c1d'
export const ZERO = '00000000-0000-0000-0000-000000000000'

export interface Reply<T = Record<string, never>> {
  status: number
  headers: Headers
  body: T
}

/** Loosely typed on purpose: these tests check the JSON as sent. */
// biome-ignore lint/suspicious/noExplicitAny: the body of any route of any shape
export type Anything = any

export interface Wire {
  address: string
  control: string
  /** Bearer tokens by name. */
  tokens: Record<string, string>
  people: Record<string, { apiKey: string; id: string; username: string }>
  call(
    method: string,
    path: string,
    options?: { as?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<Reply<Anything>>
  callControl(path: string, body: unknown): Promise<void>
  stop(): Promise<void>
}

const JSON_TYPE = { 'content-type': 'application/json' }

async function post(url: string, body: unknown): Promise<Anything> {
  const text = await (await fetch(url, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) })).text()
  return text ? JSON.parse(text) : undefined
}

/** A new Colony with the given accounts, called over plain HTTP. */
export async function bareColony(
  names: Record<string, object> = { Ada: {}, Ben: {} },
  options: SandboxOptions = {},
): Promise<Wire> {
  const colony = await startColony(options)
  const { address, control } = colony
  const wishes = Object.entries(names).map(([name, wish]) => ({ name, ...wish }))
  const { people }: Pick<Wire, 'people'> = await post(`${control}/people`, { people: wishes })
  const tokens: Record<string, string> = {}
  for (const [name, { apiKey }] of Object.entries(people))
    tokens[name] = (await post(`${address}/auth/token`, { api_key: apiKey })).access_token
  const callControl: Wire['callControl'] = async (path, body) => void (await post(`${control}${path}`, body))
  return { address, control, tokens, people, callControl, call: callerOf(address, tokens), stop: () => colony.stop() }
}

function callerOf(address: string, tokens: Wire['tokens']): Wire['call'] {
  return async (method, path, { as, body, headers = {} } = {}) => {
    const authorization: Record<string, string> = as ? { authorization: `Bearer ${tokens[as] ?? as}` } : {}
    const init = { method, headers: { ...authorization, ...(body === undefined ? {} : JSON_TYPE), ...headers } }
    const response = await fetch(`${address}${path}`, body === undefined ? init : { ...init, body: JSON.stringify(body) })
    const text = await response.text()
    const { status } = response
    const read = text ? JSON.parse(text) : {}
    if (status >= 400) expectRefusal(status, read, `${method} ${path}`)
    return { status, headers: response.headers, body: read }
  }
}

/** A refusal in one line: its status, and its code, its sentence, or the place and kind of each fault. */
export function refusalIn({ status, body: { detail } }: Reply<Anything>): string {
  const faults = (list: Anything[]) => list.map(({ loc, type }) => `${loc.join('.')} ${type}`).join(', ')
  return `${status} ${Array.isArray(detail) ? faults(detail) : (detail?.code ?? detail)}`
}

/** The body of every refusal is a sentence, a code with a sentence, or, where a field is invalid, a list of faults. */
function expectRefusal(status: number, body: Anything, call: string): void {
  const { detail } = body
  expect(body, call).to.have.all.keys('detail')
  if (typeof detail === 'string') return void expect(detail, call).to.match(/\S/)
  if (!Array.isArray(detail)) {
    expect(detail.code, call).to.match(/^[A-Z][A-Z0-9_]+$|^idempotency_/)
    return void expect(detail.message, call).to.match(/\S/)
  }
  expect([status, detail.length > 0], call).to.deep.equal([422, true])
  for (const fault of detail) {
    expect(fault, call).to.include.all.keys('loc', 'msg', 'type')
    expect(fault.loc[0], call).to.be.oneOf(['body', 'query', 'path', 'header'])
  }
}
