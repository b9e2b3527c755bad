import { readValue } from '../../assertions/response-table'
import type { Arguments } from './client'
import { isFields } from './credentials'

/** Rows of path and value: `credentials.password | wrong`. A value is parsed as JSON where possible; `nothing` leaves the field out. */
export function laidOver(input: Arguments, rows: readonly (readonly string[])[]): Arguments {
  return rows.reduce<Arguments>((whole, [path = '', words = '']) => {
    return put(whole, path.split('.'), words === 'nothing' ? undefined : readValue(words)) as Arguments
  }, input)
}

function put(holder: unknown, [key = '', ...rest]: readonly string[], value: unknown): Record<string, unknown> {
  const plain = isFields(holder) ? { ...holder } : {}
  const { [key]: before, ...others } = plain
  if (rest.length > 0) return { ...others, [key]: put(before, rest, value) }
  return value === undefined ? others : { ...others, [key]: value }
}
