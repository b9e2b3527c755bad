import { startOrbital } from '../../sandbox/orbital/server'
import type { Anything } from './colony'

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
  /** @param as a name, or a token */
  call(method: string, path: string, options?: { as?: string; body?: unknown; raw?: string }): Promise<Answer>
  stop(): Promise<void>
}

export interface Answer {
  status: number
  headers: Headers
  body: Anything
  text: string
}

/** A backend with the people named, spoken to in bare HTTP. */
export async function bareOrbital(names: Record<string, object> = { Ada: {}, Ben: {} }): Promise<OrbitalWire> {
  const sandbox = await startOrbital()
  const json = { 'content-type': 'application/json' }
  const wishes = Object.entries(names).map(([name, wish]) => ({ name, ...wish }))
  const made = await fetch(`${sandbox.control}/people`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ people: wishes }),
  })
  const { people } = (await made.json()) as Pick<OrbitalWire, 'people'>
  return {
    address: sandbox.address,
    control: sandbox.control,
    variables: sandbox.variables,
    people,
    stop: () => sandbox.stop(),
    call: async (method, path, { as, body, raw = body === undefined ? undefined : JSON.stringify(body) } = {}) => {
      const authorization: Record<string, string> = as ? { authorization: `Bearer ${people[as]?.token ?? as}` } : {}
      const sent = raw === undefined ? {} : { body: raw }
      const response = await fetch(`${sandbox.address}${path}`, {
        method,
        headers: { ...authorization, ...(raw === undefined ? {} : json) },
        ...sent,
      })
      const text = await response.text()
      return { status: response.status, headers: response.headers, text, body: text ? JSON.parse(text) : undefined }
    },
  }
}
