import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Complaint, invalidField, invalidForm } from './errors'
import { isSnowflake } from './snowflakes'

type Issue = z.core.$ZodIssue

/** @throws 400/50035 with an error for every invalid field */
export function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value ?? {}, { reportInput: true })
  if (result.success) return result.data
  throw invalidForm(result.error.issues.map(complaintOf))
}

/** An id in the path. @param field its name in Discord's validation error */
export function pathId(request: FastifyRequest, place: string, field: string): string {
  const id = (request.params as Record<string, string>)[place] ?? ''
  if (!isSnowflake(id)) throw invalidField(field, 'NUMBER_TYPE_COERCE', `Value "${id}" is not snowflake.`)
  return id
}

function complaintOf(issue: Issue): Complaint {
  const own = issue.code === 'custom' ? (issue.params as { code?: string } | undefined)?.code : undefined
  const { path } = issue
  return own ? { path, code: own, message: issue.message } : { path, ...describe(issue) }
}

/** The issues of zod's own types; lengths, numbers and lists are checked below. */
function describe(issue: Issue): Omit<Complaint, 'path'> {
  if (issue.code === 'invalid_value') {
    const message = `Value must be one of {${issue.values.map((value) => repr(value)).join(', ')}}.`
    return { code: 'BASE_TYPE_CHOICES', message }
  }
  const expected = issue.code === 'invalid_type' ? issue.expected : 'this'
  if (issue.code === 'invalid_type' && (issue.input === undefined || issue.input === null)) return MISSING
  if (expected === 'object') return { code: 'DICT_TYPE_CONVERT', message: 'Only dictionaries may be used in a DictType' }
  if (expected === 'boolean') return { code: 'BASE_TYPE_BAD_TYPE', message: 'Must be either true or false.' }
  return { code: 'BASE_TYPE_BAD_TYPE', message: `Could not interpret the value as ${expected}.` }
}

const MISSING = { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }

const repr = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : String(value))

const complain = (context: z.RefinementCtx, code: string, message: string): never => {
  context.addIssue({ code: 'custom', message, params: { code } })
  return z.NEVER
}

const required = (context: z.RefinementCtx): never => complain(context, MISSING.code, MISSING.message)

/** The error of a length with minimum and maximum names both; without a minimum it names only the maximum. */
function judgeLength(context: z.RefinementCtx, length: number, minimum: number, maximum: number): boolean {
  if (length >= minimum && length <= maximum) return true
  if (minimum > 0) complain(context, 'BASE_TYPE_BAD_LENGTH', `Must be between ${minimum} and ${maximum} in length.`)
  else complain(context, 'BASE_TYPE_MAX_LENGTH', `Must be ${maximum} or fewer in length.`)
  return false
}

interface TextRule {
  least?: number
  most: number
  trims?: boolean
  mayBeBlank?: boolean
}

function textual({ least = 0, most, trims = false, mayBeBlank = false }: TextRule) {
  return z.unknown().transform((value, context): string => {
    if (value === undefined || value === null) return required(context)
    if (typeof value !== 'string' && typeof value !== 'number')
      return complain(context, 'BASE_TYPE_BAD_TYPE', 'Could not interpret the value as string.')
    const content = trims ? String(value).trim() : String(value)
    if (!mayBeBlank && content.trim() === '') return required(context)
    return judgeLength(context, [...content].length, least, most) ? content : z.NEVER
  })
}

/** A text with a maximum length; a JSON number counts as its digits. */
export const text = (most: number) => textual({ most, mayBeBlank: true })

/** A text that must not be empty, with a maximum length. */
export const someText = (most: number) => textual({ most })

/** A name: trimmed, with a minimum and a maximum length. */
export const name = (least: number, most: number) => textual({ least, most, trims: true })

/** A list with a maximum length, and a minimum where given. */
export function list<T extends z.ZodType>(item: T, maximum: number, minimum = 0) {
  const fitting = z.unknown().transform((value, context): unknown[] => {
    if (value === undefined || value === null) return required(context)
    if (!Array.isArray(value)) return complain(context, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType')
    return judgeLength(context, value.length, minimum, maximum) ? value : z.NEVER
  })
  return fitting.pipe(z.array(item))
}

/** An id, as a string or as a JSON number. */
export const snowflake = z.unknown().transform((value, context): string => {
  if (value === undefined || value === null) return required(context)
  if ((typeof value === 'string' || typeof value === 'number') && isSnowflake(String(value))) return String(value)
  return complain(context, 'NUMBER_TYPE_COERCE', `Value "${String(value)}" is not snowflake.`)
})

/** A whole number, as JSON or as a query carries it. */
export function int(minimum: number, maximum: number) {
  return z.unknown().transform((value, context): number => {
    if (value === undefined || value === null) return required(context)
    const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
    if (typeof number !== 'number' || !Number.isInteger(number)) {
      return complain(context, 'NUMBER_TYPE_COERCE', `Value "${String(value)}" is not int.`)
    }
    if (number < minimum) return complain(context, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${minimum}.`)
    if (number > maximum) return complain(context, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${maximum}.`)
    return number
  })
}

/** Permissions as decimal digits, or as a number. */
export const bits = z.unknown().transform((value, context): bigint => {
  if (/^\d{1,20}$/.test(String(value))) return BigInt(String(value))
  return complain(context, 'BASE_TYPE_BAD_TYPE', 'Could not interpret the value as permissions.')
})

/** An instant in ISO 8601, as epoch milliseconds. */
export const instant = z.unknown().transform((value, context): number => {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
  if (!Number.isNaN(at) && /^\d{4}-\d\d-\d\d/.test(String(value))) return at
  return complain(context, 'DATE_TIME_TYPE_PARSE', `Could not parse ${String(value)}. Should be ISO8601.`)
})

/** One of some numbers. */
export function choice(...values: readonly number[]) {
  return z.unknown().transform((value, context): number => {
    const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
    if (typeof number === 'number' && values.includes(number)) return number
    return complain(context, 'BASE_TYPE_CHOICES', `Value must be one of {${values.join(', ')}}.`)
  })
}

/** Optional; null counts as absent. */
export function maybe<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => value ?? undefined, schema.optional())
}

/** `true`/`false`, also in the forms that clients use in queries: `True`, `1`. */
export const flag = z.preprocess((value) => WRITTEN[String(value).toLowerCase()] ?? value, z.boolean())

const WRITTEN: Readonly<Record<string, boolean>> = { true: true, false: false, 1: true, 0: false }
