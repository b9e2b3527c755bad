import { z } from 'zod'
import * as fastapi from '../kit/fastapi'
import { reject } from '../kit/fastapi'

/** Validates every field of an object and reports all errors; unknown fields are allowed. @throws 422 */
export function checked<T>(schema: z.ZodType<T>, value: unknown, part: 'body' | 'query'): T {
  return fastapi.checked(schema, value, part, ({ loc, msg, type }) => ({ loc, msg, type }))
}

const number = z.unknown().transform((value, context): number => {
  if (typeof value === 'number') return value
  const isWord = typeof value === 'string' && (value.trim() === '' || Number.isNaN(Number(value)))
  const msg = 'Input should be a valid number'
  return isWord
    ? reject(context, { type: 'float_parsing', msg: `${msg}, unable to parse string as a number` })
    : reject(context, { type: 'float_type', msg })
})

/** @param high the maximum; absent: any finite number */
export const between = (low: number, high = Number.POSITIVE_INFINITY) =>
  number.transform((value, context) => {
    if (value < low)
      return reject(context, { type: 'greater_than_equal', msg: `Input should be greater than or equal to ${low}` })
    if (value > high) return reject(context, { type: 'less_than_equal', msg: `Input should be less than or equal to ${high}` })
    return Number.isFinite(value) ? value : reject(context, { type: 'finite_number', msg: 'Input should be a finite number' })
  })

const ISO =
  /^((?!0000)\d{4}-\d{2}-\d{2})(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?$/i
const AHEAD = 5 * 60_000

/** An ISO 8601 time, in UTC unless it has an offset, and at most five minutes in the future. */
export const pastTime = z.unknown().transform((value, context): Date => {
  const parsed = typeof value === 'string' && isInCalendar(ISO.exec(value)?.[1]) ? instantOf(value) : undefined
  if (!parsed || Number.isNaN(parsed.getTime()))
    return reject(context, { type: 'datetime_parsing', msg: 'Input should be a valid datetime' })
  if (parsed.getTime() <= Date.now() + AHEAD) return parsed
  return reject(context, { type: 'value_error', msg: 'Value error, recorded_at must not be more than 5 minutes ahead' })
})

/** JavaScript parses 30 February as 2 March. */
function isInCalendar(day: string | undefined): boolean {
  const midnight = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(`${day}T`)
}

function instantOf(value: string): Date {
  const plain = value.replace(' ', 'T').replace(',', '.').toUpperCase()
  const zoned = /(?:Z|[+-]\d{2}:?\d{0,2})$/.test(plain.slice(10)) ? plain : plain.length > 10 ? `${plain}Z` : plain
  return new Date(zoned.replace(/([+-]\d{2})(\d{2})$/, '$1:$2').replace(/(T.*[+-]\d{2})$/, '$1:00'))
}
