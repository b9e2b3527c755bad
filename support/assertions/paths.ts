import { isNone, isObject, shown } from './values'

/** The value at a path or, if it does not exist, the part of the path that does. */
export interface Reached {
  value: unknown
  /** Absent where every part exists. */
  stopped?: { at: string; found: string }
}

/**
 * Follows a dotted path. A part is a key of an object or a position in a list (digits, leading zeros allowed, never negative).
 * A key with a dot cannot be reached; the empty path is the whole value. A path that does not exist is not an error.
 */
export function reach(value: unknown, path: string): Reached {
  if (path === '') return { value }
  const parts = path.split('.')
  let current = value
  for (const [index, part] of parts.entries()) {
    const next = stepInto(current, part)
    if (!next) return { value: undefined, stopped: { at: parts.slice(0, index).join('.'), found: describe(current) } }
    current = next.value
  }
  return { value: current }
}

function stepInto(value: unknown, part: string): { value: unknown } | undefined {
  if (Array.isArray(value)) {
    const at = /^\d+$/.test(part) ? Number(part) : -1
    return at >= 0 && at < value.length ? { value: value[at] } : undefined
  }
  return isObject(value) && Object.hasOwn(value, part) ? { value: value[part] } : undefined
}

function describe(value: unknown): string {
  if (isNone(value)) return 'nothing'
  if (Array.isArray(value)) return value.length === 1 ? 'a list of 1' : `a list of ${value.length}`
  if (!isObject(value)) return `${shown(value)}, which has no parts`
  const keys = Object.keys(value)
  return keys.length > 0 ? `an object with ${keys.join(', ')}` : 'an object without keys'
}
