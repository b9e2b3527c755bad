import { expect } from 'chai'
import type { Anything } from '../../../colony/test/support/server'
import { startOrbital } from '../../server'

const JSON_TYPE = 'application/json'

export interface Courier {
  id: number
  externalId: string
  phone: string
  password: string
  token: string
}

export interface OrbitalWire {
  address: string
  control: string
  variables: Readonly<Record<string, string>>
  people: Record<string, Courier>
  call(method: string, path: string, options?: CallOptions): Promise<Answer>
  stop(): Promise<void>
}

export interface CallOptions {
  /** A name, or a token. */
  as?: string
  body?: unknown
  /** The raw body, instead of one that is serialised as JSON. */
  raw?: string | Uint8Array
  /** Media type of the body; undefined: none is sent. */
  type?: string | undefined
}

export interface Answer {
  status: number
  headers: Headers
  body: Anything
  text: string
}

/** A backend with the given people, called over plain HTTP. */
export async function bareOrbital(names: Record<string, object> = { Ada: {}, Ben: {} }): Promise<OrbitalWire> {
  const sandbox = await startOrbital()
  const wishes = Object.entries(names).map(([name, wish]) => ({ name, ...wish }))
  const made = await fetch(`${sandbox.control}/people`, {
    method: 'POST',
    headers: { 'content-type': JSON_TYPE },
    body: JSON.stringify({ people: wishes }),
  })
  const { people } = (await made.json()) as Pick<OrbitalWire, 'people'>
  const { address, control, variables } = sandbox
  return { address, control, variables, people, call: callerOf(address, people), stop: () => sandbox.stop() }
}

/** The body of every refusal is a sentence, or, where a field is invalid, a list of faults. */
function expectRefusal(status: number, body: Anything, call: string): void {
  expect(body, call).to.have.all.keys('detail')
  if (status !== 422) return void expect(body.detail, call).to.be.a('string').and.match(/\S/)
  expect(body.detail, call).to.be.an('array').and.not.deep.equal([])
  for (const fault of body.detail) expect(fault, call).to.include.all.keys('loc', 'msg', 'type')
}

function callerOf(address: string, people: OrbitalWire['people']): OrbitalWire['call'] {
  return async (method, path, options = {}) => {
    const { as, body } = options
    const raw = options.raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const type = 'type' in options ? options.type : JSON_TYPE
    const response = await fetch(`${address}${path}`, {
      method,
      headers: {
        ...(as ? { authorization: `Bearer ${people[as]?.token ?? as}` } : {}),
        ...(raw !== undefined && type ? { 'content-type': type } : {}),
      },
      // For a string, fetch would set its own type.
      ...(raw === undefined ? {} : { body: Buffer.from(raw) }),
    })
    const text = await response.text()
    const { status, headers } = response
    const read = text ? JSON.parse(text) : undefined
    if (status >= 400 && path !== '/health') expectRefusal(status, read, `${method} ${path}`)
    return { status, headers, text, body: read }
  }
}
