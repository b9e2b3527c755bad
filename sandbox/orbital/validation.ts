import { type Invalid, invalid } from './errors'

/** What a field must be: the value as it is used, or what is wrong with it. */
type Rule<T> = (value: unknown) => { value: T } | Omit<Invalid, 'loc'>
type Rules<T> = { [K in keyof T]: { rule: Rule<T[K]>; optional?: boolean } }

const MISSING = { msg: 'Field required', type: 'missing' }

/**
 * Checks every field of an object and names all that are wrong, as FastAPI does; fields nobody asked for pass.
 * @throws 422
 */
export function checked<T extends object>(where: 'body' | 'query', given: unknown, rules: Rules<T>): T {
  if (given === undefined || given === null) throw invalid([{ loc: [where], ...MISSING }])
  if (typeof given !== 'object' || Array.isArray(given))
    throw invalid([
      { loc: [where], msg: 'Input should be a valid dictionary or object to extract fields from', type: 'model_attributes_type' },
    ])
  const faults: Invalid[] = []
  const result: Record<string, unknown> = {}
  for (const [name, { rule, optional }] of Object.entries(rules) as [string, Rules<T>[keyof T]][]) {
    const value = (given as Record<string, unknown>)[name]
    if (optional && (value === undefined || value === null)) continue
    const outcome = value === undefined ? MISSING : rule(value)
    if ('value' in outcome) result[name] = outcome.value
    else faults.push({ loc: [where, name], ...outcome })
  }
  if (faults.length > 0) throw invalid(faults)
  return result as T
}

export const text: Rule<string> = (value) =>
  typeof value === 'string' ? { value } : { msg: 'Input should be a valid string', type: 'string_type' }

const number: Rule<number> = (value) => {
  if (typeof value === 'number') return { value }
  const isWord = typeof value === 'string' && (value.trim() === '' || Number.isNaN(Number(value)))
  return isWord
    ? { msg: 'Input should be a valid number, unable to parse string as a number', type: 'float_parsing' }
    : { msg: 'Input should be a valid number', type: 'float_type' }
}

/** @param high the greatest it may be; absent: any number that has an end */
export const between =
  (low: number, high?: number): Rule<number> =>
  (given) => {
    const outcome = number(given)
    if (!('value' in outcome)) return outcome
    const { value } = outcome
    if (value < low) return { msg: `Input should be greater than or equal to ${low}`, type: 'greater_than_equal' }
    if (high !== undefined && value > high)
      return { msg: `Input should be less than or equal to ${high}`, type: 'less_than_equal' }
    return Number.isFinite(value) ? outcome : { msg: 'Input should be a finite number', type: 'finite_number' }
  }

export const oneOf =
  <T extends string>(...words: readonly T[]): Rule<T> =>
  (value) => {
    const found = words.find((word) => word === value)
    const list = words.map((word) => `'${word}'`).join(' or ')
    return found === undefined ? { msg: `Input should be ${list}`, type: 'literal_error' } : { value: found }
  }

/** A whole number written in a query; of several the last counts. */
export const wholeBetween =
  (low: number, high: number): Rule<number> =>
  (given) => {
    const value = Array.isArray(given) ? given.at(-1) : given
    if (typeof value !== 'string' || !/^\s*[+-]?\d+\s*$/.test(value))
      return { msg: 'Input should be a valid integer, unable to parse string as an integer', type: 'int_parsing' }
    return between(low, high)(Number(value))
  }

const ISO =
  /^((?!0000)\d{4}-\d{2}-\d{2})(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?$/i
const AHEAD = 5 * 60_000

/** An ISO 8601 time, in UTC unless it says otherwise, and at most five minutes ahead. */
export const pastTime: Rule<Date> = (value) => {
  const parsed = typeof value === 'string' && isInCalendar(ISO.exec(value)?.[1]) ? instantOf(value) : undefined
  if (!parsed || Number.isNaN(parsed.getTime())) return { msg: 'Input should be a valid datetime', type: 'datetime_parsing' }
  if (parsed.getTime() > Date.now() + AHEAD)
    return { msg: 'Value error, recorded_at must not be more than 5 minutes ahead', type: 'value_error' }
  return { value: parsed }
}

/** JavaScript would take 30 February for 2 March. */
function isInCalendar(day: string | undefined): boolean {
  const midnight = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(`${day}T`)
}

function instantOf(value: string): Date {
  const plain = value.replace(' ', 'T').replace(',', '.').toUpperCase()
  const zoned = /(?:Z|[+-]\d{2}:?\d{0,2})$/.test(plain.slice(10)) ? plain : plain.length > 10 ? `${plain}Z` : plain
  return new Date(zoned.replace(/([+-]\d{2})(\d{2})$/, '$1:$2').replace(/(T.*[+-]\d{2})$/, '$1:00'))
}
