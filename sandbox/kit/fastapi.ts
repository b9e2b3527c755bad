import { z } from 'zod'
import { Refusal } from './refusal'

/*
 * What services written with FastAPI have in common: how they read bodies, how they validate, and how they respond to errors. Schemas
 * are zod's; their issues become the entries that pydantic writes.
 */

/** One entry of a 422. */
export interface ValidationError {
  type: string
  loc: (string | number)[]
  msg: string
  input?: unknown
  ctx?: Record<string, unknown>
}

type Issue = z.core.$ZodIssue
type Description = Pick<ValidationError, 'type' | 'msg' | 'ctx'>

export const invalid = (...errors: object[]): Refusal => new Refusal(422, { detail: errors })

/** The response to a failure that has no response of its own. */
export const failure = (status: number, message: string): Refusal =>
  new Refusal(status, { detail: status === 500 ? 'Internal Server Error' : message })

/** 404 for a path that no route has, 405 where it has routes for other methods. */
export function unrouted(methods: readonly string[]): Refusal {
  if (methods.length === 0) return failure(404, 'Not Found')
  const allow = methods.filter((method) => method !== 'HEAD').join(', ')
  return new Refusal(405, { detail: 'Method Not Allowed' }, { Allow: allow })
}

/** Represents a body that is not JSON: only a route that reads the body refuses it, after credentials and limits. */
class MalformedJson {
  readonly error: ValidationError

  constructor(position: number) {
    const details = { input: {}, ctx: { error: 'Expecting value' } }
    this.error = { type: 'json_invalid', loc: ['body', position], msg: 'JSON decode error', ...details }
  }
}

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json$/

/** JSON where the media type says so or is missing; text for any other type, which no route accepts. @throws 400 for bytes that are not text */
export function parseBody(bytes: Buffer, mediaType: string): unknown {
  if (bytes.length === 0) return undefined
  const text = decoded(bytes)
  if (mediaType !== '' && !JSON_TYPE.test(mediaType)) return text
  try {
    return JSON.parse(text)
  } catch (error) {
    return new MalformedJson(Number(/position (\d+)/.exec(String(error))?.[1] ?? 0))
  }
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw failure(400, 'There was an error parsing the body')
  }
}

/**
 * @param part of the request that the value is; `request` where the value has the parts as its fields
 * @param entry which part of each error the service returns; all of it unless given
 * @throws 422 with an entry for every field that is wrong
 */
export function checked<T>(
  schema: z.ZodType<T>,
  value: unknown,
  part: 'body' | 'query' | 'path' | 'request',
  entry: (error: ValidationError) => object = (error) => error,
): T {
  if (value instanceof MalformedJson) throw invalid(entry(value.error))
  if (part === 'body' && (value === undefined || value === null))
    throw invalid(entry({ type: 'missing', loc: ['body'], msg: 'Field required', input: null }))
  const given = part === 'query' ? lastOfEach(value) : value
  const result = schema.safeParse(given)
  const start = part === 'request' ? [] : [part]
  const errors = result.success ? brokenTexts(result.data, start) : validationErrors(result.error, given, ...start)
  if (result.success && errors.length === 0) return result.data
  throw invalid(...errors.map(entry))
}

/** Half of a surrogate pair, as a text has at its end that was cut by UTF-16 units: it is no character, and no database stores it. */
const LONE_SURROGATE = /\p{Surrogate}/u

function brokenTexts(value: unknown, loc: (string | number)[]): ValidationError[] {
  if (typeof value === 'string') {
    const msg = 'Input should be a valid string, unable to parse raw data as a unicode string'
    return LONE_SURROGATE.test(value) ? [{ type: 'string_unicode', loc, msg, input: value }] : []
  }
  if (Array.isArray(value)) return value.flatMap((item, at) => brokenTexts(item, [...loc, at]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => brokenTexts(inner, [...loc, name]))
}

/** If a query parameter is repeated, the last value counts. */
function lastOfEach(query: unknown): unknown {
  return Object.fromEntries(
    Object.entries(query ?? {}).map(([name, value]: [string, unknown]) => [name, Array.isArray(value) ? value.at(-1) : value]),
  )
}

/** @param start of every entry's `loc` */
function validationErrors({ issues }: z.ZodError, value: unknown, ...start: string[]): ValidationError[] {
  return issues.flatMap((issue): ValidationError[] => {
    const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)))
    const input = valueAt(value, path)
    if (issue.code === 'unrecognized_keys') {
      const extra = { type: 'extra_forbidden', msg: 'Extra inputs are not permitted' }
      return issue.keys.map((key) => ({ ...extra, loc: [...start, ...path, key], input: valueAt(input, [key]) }))
    }
    const { type, msg, ctx } = describe(issue, input)
    return [{ type, loc: [...start, ...path], msg, ...(type === 'missing' ? {} : { input }), ...(ctx ? { ctx } : {}) }]
  })
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[step], value)
}

function describe(issue: Issue, input: unknown): Description {
  if (input === undefined) return { type: 'missing', msg: 'Field required' }
  if (issue.code === 'too_small') return tooSmall(issue.origin, Number(issue.minimum))
  if (issue.code === 'too_big') return tooBig(issue.origin, Number(issue.maximum))
  if (issue.code === 'invalid_value') return notOneOf('enum', issue.values)
  if (issue.code === 'invalid_type') return WRONG_TYPES[issue.expected] ?? wrongType('value_error', issue.expected)
  if (issue.code === 'invalid_format' && issue.format === 'regex') return noMatch(String(issue.pattern).slice(1, -1))
  if (issue.code === 'custom' && issue.params?.type) return { msg: issue.message, ...issue.params } as Description
  return { type: 'value_error', msg: issue.message }
}

const noMatch = (pattern: string): Description => ({
  type: 'string_pattern_mismatch',
  msg: `String should match pattern '${pattern}'`,
  ctx: { pattern },
})

const wrongType = (type: string, noun: string): Description => ({ type, msg: `Input should be a valid ${noun}` })
const WRONG_TYPES: Readonly<Record<string, Description>> = {
  string: wrongType('string_type', 'string'),
  boolean: wrongType('bool_type', 'boolean'),
  number: wrongType('float_type', 'number'),
  array: wrongType('list_type', 'list'),
  object: wrongType('model_attributes_type', 'dictionary or object to extract fields from'),
  record: wrongType('dict_type', 'dictionary'),
}

function tooSmall(origin: string, minimum: number): Description {
  if (origin === 'string') return wrongLength('string_too_short', 'String should have at least', minimum, 'character')
  if (origin === 'array') return wrongLength('too_short', 'List should have at least', minimum, 'item')
  return { type: 'greater_than_equal', msg: `Input should be greater than or equal to ${minimum}`, ctx: { ge: minimum } }
}

function tooBig(origin: string, maximum: number): Description {
  if (origin === 'string') return wrongLength('string_too_long', 'String should have at most', maximum, 'character')
  if (origin === 'array') return wrongLength('too_long', 'List should have at most', maximum, 'item')
  return { type: 'less_than_equal', msg: `Input should be less than or equal to ${maximum}`, ctx: { le: maximum } }
}

function wrongLength(type: string, text: string, limit: number, noun: 'character' | 'item'): Description {
  const msg = `${text} ${limit} ${noun}${limit === 1 ? '' : 's'}${noun === 'item' ? ' after validation' : ''}`
  return { type, msg, ctx: { [type.endsWith('short') ? 'min_length' : 'max_length']: limit } }
}

function notOneOf(type: string, values: readonly unknown[]): Description {
  const quoted = values.map((value) => `'${String(value)}'`)
  const expected = quoted.length > 1 ? `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}` : quoted.join()
  return { type, msg: `Input should be ${expected}`, ctx: { expected } }
}

/** Adds a pydantic error for a value for which zod has no issue. */
export function reject(context: z.RefinementCtx, { msg, ...params }: Description): never {
  context.addIssue({ code: 'custom', message: msg, params })
  return z.NEVER
}

const WHOLE = /^\s*[+-]?\d+(?:_\d+)*(?:\.0+)?\s*$/

/** A whole number, or a text that represents one, as in a query. */
export function int(minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER) {
  const whole = z.unknown().transform((value, context): number => {
    if (Number.isInteger(value)) return value as number
    const { msg } = wrongType('', 'integer')
    if (typeof value === 'number')
      return reject(context, { type: 'int_from_float', msg: `${msg}, got a number with a fractional part` })
    if (typeof value !== 'string') return reject(context, { type: 'int_type', msg })
    if (WHOLE.test(value)) return Number(value.replaceAll('_', ''))
    return reject(context, { type: 'int_parsing', msg: `${msg}, unable to parse string as an integer` })
  })
  return whole.pipe(z.number().min(minimum).max(maximum))
}

const WORDS: Readonly<Record<string, boolean>> = {
  ...{ true: true, '1': true, yes: true, on: true, t: true, y: true },
  ...{ false: false, '0': false, no: false, off: false, f: false, n: false },
}

/** A boolean, or a text or a number that represents one, as in a query. */
export const bool = z.unknown().transform((value, context): boolean => {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string' && typeof value !== 'number') return reject(context, wrongType('bool_type', 'boolean'))
  return (
    WORDS[String(value).toLowerCase()] ??
    reject(context, { type: 'bool_parsing', msg: 'Input should be a valid boolean, unable to interpret input' })
  )
})

/** One of some texts, where the service's schema has a literal type instead of an enumeration. */
export const literal = <T extends string>(...texts: readonly T[]) =>
  z
    .unknown()
    .transform((value, context): T => texts.find((text) => text === value) ?? reject(context, notOneOf('literal_error', texts)))
