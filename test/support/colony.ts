import { startColony } from '../../sandbox/colony/server'
import type { SandboxOptions } from '../../sandbox/kit/sandbox'

export interface Reply<T = Record<string, never>> {
  status: number
  headers: Headers
  body: T
}

/** Loosely typed on purpose: these tests look at the wire. */
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
  power(path: string, body: unknown): Promise<void>
  stop(): Promise<void>
}

/** A Colony of one's own with the people named, spoken to in bare HTTP. */
export async function bareColony(
  names: Record<string, object> = { Ada: {}, Ben: {} },
  options: SandboxOptions = {},
): Promise<Wire> {
  const colony = await startColony(options)
  const json = { 'content-type': 'application/json' }
  const post = (url: string, body: unknown) => fetch(url, { method: 'POST', headers: json, body: JSON.stringify(body) })
  const wishes = Object.entries(names).map(([name, wish]) => ({ name, ...wish }))
  const { people } = (await (await post(`${colony.control}/people`, { people: wishes })).json()) as Pick<Wire, 'people'>
  const tokens: Record<string, string> = {}
  for (const [name, { apiKey }] of Object.entries(people)) {
    tokens[name] = (
      (await (await post(`${colony.address}/auth/token`, { api_key: apiKey })).json()) as { access_token: string }
    ).access_token
  }
  return {
    address: colony.address,
    control: colony.control,
    tokens,
    stop: () => colony.stop(),
    people,
    call: async (method, path, { as, body, headers = {} } = {}) => {
      const authorization: Record<string, string> = as ? { authorization: `Bearer ${tokens[as] ?? as}` } : {}
      const init = { method, headers: { ...authorization, ...(body === undefined ? {} : json), ...headers } }
      const response = await fetch(
        `${colony.address}${path}`,
        body === undefined ? init : { ...init, body: JSON.stringify(body) },
      )
      const text = await response.text()
      return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} }
    },
    power: async (path, body) => void (await post(`${colony.control}${path}`, body)),
  }
}
