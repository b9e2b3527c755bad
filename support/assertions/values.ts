/** JSON values in checks: absent and null are the same, `true` is not 1, empty containers count as false. */

export type Plain = Readonly<Record<string, unknown>>

export function isNone(value: unknown): value is null | undefined {
  return value === null || value === undefined
}

export function isObject(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Deep equality without conversion: `"5"` is not 5 and, unlike in the SDK's own checks, `true` is not 1 either, because
 * JSON distinguishes them. NaN equals no value.
 */
export function same(one: unknown, other: unknown): boolean {
  if (isNone(one) || isNone(other)) return isNone(one) && isNone(other)
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, at) => same(item, other[at]))
  }
  if (isObject(one) && isObject(other)) {
    const keys = Object.keys(one)
    return (
      keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]))
    )
  }
  return one === other
}

/** Null, absent, false, 0, `""`, `[]` and `{}` are false; all other values are true, NaN included. */
export function isTruthy(value: unknown): boolean {
  if (Number.isNaN(value)) return true
  const length = lengthOf(value)
  return length === undefined ? Boolean(value) : length > 0
}

/** Code points of a text, items of a list, keys of an object; undefined for values without a length. */
export function lengthOf(value: unknown): number | undefined {
  if (typeof value === 'string') return [...value].length
  if (Array.isArray(value)) return value.length
  return isObject(value) ? Object.keys(value).length : undefined
}

/** Numbers themselves, true and false as 1 and 0; undefined for values that cannot be ordered. */
export function rankOf(value: unknown): number | undefined {
  if (typeof value === 'boolean') return Number(value)
  return typeof value === 'number' ? value : undefined
}

/** The text that pattern and prefix checks use; null, true and false are written as in the connectors' SDK. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : inner(value)
}

function inner(value: unknown): string {
  if (isNone(value)) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string')
    return value.includes("'") && !value.includes('"') ? `"${value}"` : `'${value.replaceAll("'", "\\'")}'`
  if (Array.isArray(value)) return `[${value.map(inner).join(', ')}]`
  if (isObject(value)) {
    return `{${Object.entries(value)
      .map(([key, one]) => `${inner(key)}: ${inner(one)}`)
      .join(', ')}}`
  }
  return Number.isNaN(value) ? 'nan' : String(value)
}

/** A value in a failure message. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Number.isNaN(value)) return 'NaN'
  return JSON.stringify(value) ?? String(value)
}
