import { pythonJson } from './python'

/** A credential as handlers get it: text by name, `extra.<key>` for what stood inside `extra`. */
export interface Pair {
  key: string
  value: string
}

export type Body = Record<string, unknown>

const FLAT_KEYS = ['host', 'port', 'authType', 'username', 'password', 'connectorType', 'connectorConfigName', 'extra']

export function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * The body with its credentials as pairs, whichever of three forms they came in; the given body stays as it is. Pairs, a text and a
 * bare null are left for the contract to judge.
 */
export function normalised(body: Body): Body {
  const { credentials } = body
  if (isObject(credentials)) return { ...body, credentials: pairsOf(credentials) }
  if (credentials !== undefined && credentials !== null) return body
  const known = FLAT_KEYS.filter((key) => key in body)
  if (known.length === 0) return body
  const rest = Object.fromEntries(Object.entries(body).filter(([key]) => !known.includes(key) && key !== 'credentials'))
  return { ...rest, credentials: pairsOf(Object.fromEntries(known.map((key) => [key, body[key]]))) }
}

/** Nulls are dropped, texts kept, all else becomes JSON text; `extra` as an object, or as the JSON of one, is hoisted. */
export function pairsOf(credentials: Body): Pair[] {
  return Object.entries(credentials).flatMap(([key, value]): Pair[] => {
    if (value === null || value === undefined) return []
    if (key !== 'extra') return [{ key, value: textOf(value) }]
    return Object.entries(extraOf(value))
      .filter(([, inner]) => inner !== null)
      .map(([inner, one]) => ({ key: `extra.${inner}`, value: textOf(one) }))
  })
}

/** The inverse: `extra.*` nested again, pairs without a key dropped. */
export function objectOf(pairs: readonly Pair[]): Body {
  const flat: Body = {}
  const extra: Body = {}
  for (const { key, value } of pairs) {
    if (key.startsWith('extra.')) extra[key.slice('extra.'.length)] = value
    else if (key) flat[key] = value
  }
  return Object.keys(extra).length > 0 ? { ...flat, extra } : flat
}

/** `extra` as an object: a text that is none, or holds no object, counts for nothing and is no error. */
export function extraOf(value: unknown): Body {
  const read = typeof value === 'string' ? parsed(value) : value
  return isObject(read) ? read : {}
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : pythonJson(value)
}

const AGENT_KEYS = ['agent-json', 'agentJson', 'agent_json']
const AGENT_PLACES = ['metadata', 'connection_config', 'credentials']

/** The body with an agent's description at one place only, wherever and however it was spelt; an unusable one is dropped. */
export function withAgent(body: Body): Body {
  const found: unknown[] = []
  const lean = take(body, found)
  for (const place of AGENT_PLACES) {
    const inner = lean[place]
    if (isObject(inner)) lean[place] = take(inner, found)
  }
  const agents = found.map((one) => ({ isText: typeof one === 'string', agent: typeof one === 'string' ? parsed(one) : one }))
  const usable = agents.filter(({ agent }) => isObject(agent) && Object.keys(agent).length > 0)
  const best = usable.find(({ isText }) => !isText) ?? usable[0]
  return best ? { ...lean, agent_json: best.agent } : lean
}

function take(holder: Body, found: unknown[]): Body {
  const copy = { ...holder }
  for (const key of AGENT_KEYS) {
    if (key in copy) found.push(copy[key])
    delete copy[key]
  }
  return copy
}
