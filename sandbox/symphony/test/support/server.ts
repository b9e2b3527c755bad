import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { after, before } from 'node:test'
import { expect } from 'chai'
import { SignJWT } from 'jose'
import type { SandboxOptions } from '../../../kit/sandbox'
import { startSymphony } from '../../server'

/** Loosely typed on purpose: these tests check the JSON as sent. */
// biome-ignore lint/suspicious/noExplicitAny: the body of any route of any shape
export type Anything = any

export interface Reply {
  status: number
  headers: Headers
  body: Anything
}

export interface CallOptions {
  as?: string | null
  body?: unknown
  form?: FormData
  /** A raw body. */
  text?: string
  headers?: Record<string, string>
}

export interface Wire {
  address: string
  control: string
  variables: Readonly<Record<string, string>>
  people: Record<string, Record<string, string>>
  call(method: string, path: string, options?: CallOptions): Promise<Reply>
  callControl(path: string, body: unknown): Promise<Reply>
  /** Sends MessageML; as Ada, into the pod's room, unless given. */
  send(message: string, options?: { as?: string; to?: string; parts?: Record<string, string>; files?: File[] }): Promise<Reply>
  stop(): Promise<void>
}

/** A JWT as a BDK makes it. */
export async function jwtOf(username: string, pem: string, claims: { seconds?: number; alg?: string } = {}): Promise<string> {
  const { seconds = 240, alg = 'RS512' } = claims
  const expires = Math.floor(Date.now() / 1_000) + seconds
  return new SignJWT({})
    .setProtectedHeader({ alg, typ: 'JWT' })
    .setSubject(username)
    .setExpirationTime(expires)
    .sign(createPrivateKey(pem))
}

/** A new pod with the given people, called over plain HTTP; bots are signed in already, humans through their bot's pod. */
export async function bareSymphony(
  names: Record<string, object> = { Ada: {}, Ben: {} },
  options: SandboxOptions = {},
): Promise<Wire> {
  const { address, control, variables, stop } = await startSymphony(options)
  const post = (url: string, body: unknown) => exchange(url, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) })
  const wishes = Object.entries(names).map(([name, wish]) => ({ name, ...wish }))
  const { people } = (await post(`${control}/people`, { group: 'test', people: wishes })).body
  const tokens: Record<string, Record<string, string>> = {}
  for (const [name, { username, keyContent }] of Object.entries<Record<string, string>>(people)) {
    if (keyContent) tokens[name] = await signIn(address, username ?? '', keyContent)
  }
  const call: Wire['call'] = (method, path, { as = 'Ada', body, form, text, headers = {} } = {}) => {
    const given = { ...(as === null ? {} : tokens[as]), ...(body === undefined ? {} : JSON_TYPE), ...headers }
    const payload = form ?? text ?? (body === undefined ? undefined : JSON.stringify(body))
    return exchange(`${address}${path}`, { method, headers: given, ...(payload === undefined ? {} : { body: payload }) })
  }
  const send: Wire['send'] = (message, { as = 'Ada', to = people.Ada?.roomId, parts = {}, files = [] } = {}) => {
    const form = new FormData()
    for (const [name, text] of Object.entries({ message, ...parts })) form.set(name, text)
    for (const file of files) form.append('attachment', file)
    return call('POST', `/agent/v4/stream/${to}/message/create`, { as, form })
  }
  return { address, control, variables, people, call, send, stop, callControl: (path, body) => post(`${control}${path}`, body) }
}

/** A pod for all tests of a file: started before the first, stopped after the last. */
export function ownPod(names?: Record<string, object>): () => Wire {
  let wire: Wire
  before(async () => {
    wire = await bareSymphony(names)
  })
  after(() => wire.stop())
  return () => wire
}

const JSON_TYPE = { 'content-type': 'application/json' }

async function signIn(address: string, username: string, pem: string): Promise<Record<string, string>> {
  const body = JSON.stringify({ token: await jwtOf(username, pem) })
  const ask = (context: string) =>
    exchange(`${address}${context}/pubkey/authenticate`, { method: 'POST', headers: JSON_TYPE, body })
  const [session, manager] = await Promise.all([ask('/login'), ask('/relay')])
  return { sessionToken: session.body.token, keyManagerToken: manager.body.token }
}

async function exchange(url: string, init: RequestInit): Promise<Reply> {
  const response = await fetch(url, init)
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  const { status, headers } = response
  const body = isJson && text ? JSON.parse(text) : text
  if (status >= 400) expectRefusal(status, body, `${init.method} ${url}`)
  return { status, headers, body }
}

/** The body of every refusal is the status and a message, and nothing else. */
function expectRefusal(status: number, body: Anything, call: string): void {
  expect(body, call).to.have.all.keys('code', 'message')
  expect(body.code, call).to.equal(status)
  expect(body.message, call).to.match(/\S/)
}

/** An empty POST over mutual TLS, trusting the sandbox's own authority. @param pem key and certificate, or nothing */
export function knock(wire: Wire, path: string, pem?: string): Promise<{ status: number; body: Anything }> {
  const ca = readFileSync(wire.variables.SYMPHONY_CA_PATH ?? '')
  const shown = pem === undefined ? {} : { key: pem, cert: pem }
  return new Promise((resolve, reject) => {
    const url = `${wire.variables.SYMPHONY_SESSION_AUTH_HOST}${path}`
    const sent = request(url, { method: 'POST', ca, agent: false, ...shown }, (answer) => {
      let text = ''
      answer.on('data', (chunk) => {
        text += chunk
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) }))
    })
    sent.on('error', reject).end()
  })
}
