import { pythonJson } from './python'

/** A credential as handlers receive it: text by name, `extra.<key>` for the fields inside `extra`. */
export interface Pair {
  key: string
  value: string
}

export type Body = Record<string, unknown>

const FLAT_KEYS = ['host', 'port', 'authType', 'username', 'password', 'connectorType', 'connectorConfigName', 'extra']

export function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a value is true in Python: not null, false, zero, nor an empty text, list or object. */
export function isThere(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  return isObject(value) ? Object.keys(value).length > 0 : Boolean(value)
}

/**
 * The body with its credentials as pairs, whichever of three forms they came in; the given body is not changed. Pairs, a text and
 * null are left to the validation of the contract.
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

/** Nulls are dropped, texts kept, other values become JSON text; the fields of `extra`, an object or its JSON, are moved to the end. */
export function pairsOf({ extra, ...credentials }: Body): Pair[] {
  const hoisted = Object.entries(extraOf(extra)).map(([key, value]) => [`extra.${key}`, value] as const)
  return [...Object.entries(credentials), ...hoisted].flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [{ key, value: textOf(value) }],
  )
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

/** `extra` as an object: a text that is not the JSON of an object is ignored and is no error. */
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
