import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Complaint, invalidField, invalidForm } from './errors'
import { isSnowflake } from './snowflakes'

type Issue = z.core.$ZodIssue

/** @throws 400/50035 with an error for every invalid field */
export function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value ?? {})
  if (result.success) return result.data
  throw invalidForm(result.error.issues.map((issue) => complaintOf(issue, value)))
}

/** An id in the path. @param field its name in Discord's validation error */
export function pathId(request: FastifyRequest, place: string, field: string): string {
  const id = (request.params as Record<string, string>)[place] ?? ''
  if (!isSnowflake(id)) throw invalidField(field, 'NUMBER_TYPE_COERCE', `Value "${id}" is not snowflake.`)
  return id
}

function complaintOf(issue: Issue, whole: unknown): Complaint {
  const own = issue.code === 'custom' ? (issue.params as { code?: string } | undefined)?.code : undefined
  if (own) return { path: issue.path, code: own, message: issue.message }
  return { path: issue.path, ...describe(issue, valueAt(whole, issue.path)) }
}

function describe(issue: Issue, input: unknown): Omit<Complaint, 'path'> {
  if (issue.code === 'invalid_type' && (input === undefined || input === null)) {
    return { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }
  }
  if (issue.code === 'too_big') return tooBig(issue.origin, Number(issue.maximum))
  if (issue.code === 'too_small') return tooSmall(issue.origin, Number(issue.minimum))
  if (issue.code === 'invalid_value') {
    return {
      code: 'BASE_TYPE_CHOICES',
      message: `Value must be one of {${issue.values.map((value) => repr(value)).join(', ')}}.`,
    }
  }
  return wrongType(issue.code === 'invalid_type' ? issue.expected : 'this')
}

function tooBig(origin: string, maximum: number): Omit<Complaint, 'path'> {
  if (origin === 'string' || origin === 'array') {
    return { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${maximum} or fewer in length.` }
  }
  return { code: 'NUMBER_TYPE_MAX', message: `int value should be less than or equal to ${maximum}.` }
}

function tooSmall(origin: string, minimum: number): Omit<Complaint, 'path'> {
  if (origin === 'string' || origin === 'array') {
    return { code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${minimum} or more in length.` }
  }
  return { code: 'NUMBER_TYPE_MIN', message: `int value should be greater than or equal to ${minimum}.` }
}

function wrongType(expected: string): Omit<Complaint, 'path'> {
  if (expected === 'object' || expected === 'record') {
    return { code: 'DICT_TYPE_CONVERT', message: 'Only dictionaries may be used in a DictType' }
  }
  if (expected === 'array') return { code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' }
  if (expected === 'boolean') return { code: 'BASE_TYPE_BAD_TYPE', message: 'Must be either true or false.' }
  return { code: 'BASE_TYPE_BAD_TYPE', message: `Could not interpret the value as ${expected}.` }
}

const repr = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : String(value))

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[step], value)
}

const complain = (context: z.RefinementCtx, code: string, message: string): never => {
  context.addIssue({ code: 'custom', message, params: { code } })
  return z.NEVER
}

const required = (context: z.RefinementCtx): never => complain(context, 'BASE_TYPE_REQUIRED', 'This field is required')

/** The error of a length with minimum and maximum names both; without a minimum it names only the maximum. */
function judgeLength(context: z.RefinementCtx, length: number, minimum: number, maximum: number): boolean {
  if (length >= minimum && length <= maximum) return true
  if (minimum > 0) complain(context, 'BASE_TYPE_BAD_LENGTH', `Must be between ${minimum} and ${maximum} in length.`)
  else complain(context, 'BASE_TYPE_MAX_LENGTH', `Must be ${maximum} or fewer in length.`)
  return false
}

/** @returns undefined where there was a validation error */
function stringOf(value: unknown, context: z.RefinementCtx): string | undefined {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (value === undefined || value === null) required(context)
  else complain(context, 'BASE_TYPE_BAD_TYPE', 'Could not interpret the value as string.')
  return undefined
}

/** A text with a maximum length; a JSON number counts as its digits. */
export function text(maximum: number) {
  return z.unknown().transform((value, context): string => {
    const content = stringOf(value, context)
    return content !== undefined && judgeLength(context, [...content].length, 0, maximum) ? content : z.NEVER
  })
}

/** A text that must not be empty, with a maximum length. */
export function someText(maximum: number) {
  return z.unknown().transform((value, context): string => {
    const content = stringOf(value, context)
    if (content?.trim() === '') return required(context)
    return content !== undefined && judgeLength(context, [...content].length, 0, maximum) ? content : z.NEVER
  })
}

/** A name: trimmed, with a minimum and a maximum length. */
export function name(minimum: number, maximum: number) {
  return z.unknown().transform((value, context): string => {
    const called = stringOf(value, context)?.trim()
    if (called === '') return required(context)
    return called !== undefined && judgeLength(context, [...called].length, minimum, maximum) ? called : z.NEVER
  })
}

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
