/** A credential as the app accepts it. */
export interface Pair {
  key: string
  value: string
}

export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * An object of credentials as pairs of text: nulls dropped, `extra` flattened to `extra.<key>`, numbers as text, lists, objects and
 * booleans as compact JSON. A list of pairs is returned unchanged; the argument is not modified.
 */
export function pairsOf(credentials: Fields | readonly Pair[]): readonly Pair[] {
  if (isPairs(credentials)) return credentials
  return Object.entries(credentials).flatMap(([key, value]): Pair[] => {
    if (value === null || value === undefined) return []
    if (key !== 'extra') return [{ key, value: textOf(value) }]
    return isFields(value) ? pairsOf(value).map((pair) => ({ ...pair, key: `extra.${pair.key}` })) : []
  })
}

/** The inverse: `extra.*` nested again; an object is returned unchanged, pairs without a key are dropped. */
export function fieldsOf(credentials: Fields | readonly Pair[]): Fields {
  if (!isPairs(credentials)) return credentials
  const flat: Record<string, string> = {}
  const extra: Record<string, string> = {}
  for (const { key, value } of credentials) {
    if (key?.startsWith('extra.')) extra[key.slice('extra.'.length)] = value
    else if (key) flat[key] = value
  }
  return Object.keys(extra).length > 0 ? { ...flat, extra } : flat
}

function isPairs(credentials: Fields | readonly Pair[]): credentials is readonly Pair[] {
  return Array.isArray(credentials)
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
}
