import type { z } from 'zod'
import { type Fault, invalid } from './errors'

type Part = 'body' | 'query' | 'path'
type Issue = z.core.$ZodIssue

/** @throws the 422 that FastAPI would answer, a fault for every field that is wrong */
export function checked<T>(schema: z.ZodType<T>, value: unknown, part: Part): T {
  if (value instanceof MalformedJson) throw invalid([value.fault])
  if (part === 'body' && (value === undefined || value === null)) throw invalid([NO_BODY])
  const given = part === 'query' ? lastOfEach(value) : value
  const result = schema.safeParse(given)
  if (result.success) return result.data
  throw invalid(result.error.issues.flatMap((issue) => faultsOf(issue, given, part)))
}

const NO_BODY: Fault = { type: 'missing', loc: ['body'], msg: 'Field required', input: null }

/** A body that is no JSON: told only by the routes that read it, after credentials and limits. */
export class MalformedJson {
  readonly fault: Fault

  constructor(at: number) {
    this.fault = {
      type: 'json_invalid',
      loc: ['body', at],
      msg: 'JSON decode error',
      input: {},
      ctx: { error: 'Expecting value' },
    }
  }
}

/** Of a parameter that is given several times the last one counts. */
function lastOfEach(query: unknown): unknown {
  return Object.fromEntries(
    Object.entries(query ?? {}).map(([name, value]: [string, unknown]) => [name, Array.isArray(value) ? value.at(-1) : value]),
  )
}

function faultsOf(issue: Issue, whole: unknown, part: Part): Fault[] {
  if (issue.code !== 'unrecognized_keys') return [faultOf(issue, whole, part)]
  return issue.keys.map((key) => ({
    type: 'extra_forbidden',
    loc: [part, key],
    msg: 'Extra inputs are not permitted',
    input: valueAt(whole, [key]),
  }))
}

function faultOf(issue: Issue, whole: unknown, part: Part): Fault {
  const input = valueAt(whole, issue.path)
  const { type, msg, ctx } = describe(issue, input)
  const loc = [part, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))]
  return { type, loc, msg, ...(type === 'missing' ? {} : { input }), ...(ctx ? { ctx } : {}) }
}

interface Description {
  type: string
  msg: string
  ctx?: Record<string, unknown>
}

function describe(issue: Issue, input: unknown): Description {
  if (input === undefined) return { type: 'missing', msg: 'Field required' }
  if (issue.code === 'too_small') return tooSmall(issue.origin, Number(issue.minimum))
  if (issue.code === 'too_big') return tooBig(issue.origin, Number(issue.maximum))
  if (issue.code === 'invalid_value') return oneOf(issue.values)
  if (issue.code === 'invalid_type') return wrongType(issue.expected, input)
  if (issue.code === 'invalid_format') return wrongFormat(issue.format)
  return { type: 'value_error', msg: issue.message }
}

function tooSmall(origin: string, minimum: number): Description {
  if (origin === 'string') return length('string_too_short', 'String should have at least', minimum, 'character')
  if (origin === 'array') return length('too_short', 'List should have at least', minimum, 'item')
  return { type: 'greater_than_equal', msg: `Input should be greater than or equal to ${minimum}`, ctx: { ge: minimum } }
}

function tooBig(origin: string, maximum: number): Description {
  if (origin === 'string') return length('string_too_long', 'String should have at most', maximum, 'character')
  if (origin === 'array') return length('too_long', 'List should have at most', maximum, 'item')
  return { type: 'less_than_equal', msg: `Input should be less than or equal to ${maximum}`, ctx: { le: maximum } }
}

/** Of a list it is said when it was counted. */
function length(type: string, says: string, limit: number, noun: 'character' | 'item'): Description {
  const msg = `${says} ${limit} ${noun}${limit === 1 ? '' : 's'}${noun === 'item' ? ' after validation' : ''}`
  return { type, msg, ctx: { [type.endsWith('short') ? 'min_length' : 'max_length']: limit } }
}

function oneOf(values: readonly unknown[]): Description {
  const expected = values.map((value) => `'${String(value)}'`)
  const listed = expected.length > 1 ? `${expected.slice(0, -1).join(', ')} or ${expected.at(-1)}` : expected.join()
  return { type: 'enum', msg: `Input should be ${listed}`, ctx: { expected: listed } }
}

function wrongType(expected: string, input: unknown): Description {
  const types: Record<string, Description> = {
    string: { type: 'string_type', msg: 'Input should be a valid string' },
    int: noInteger(input),
    number: noInteger(input),
    boolean: noBoolean(input),
    array: { type: 'list_type', msg: 'Input should be a valid list' },
    object: { type: 'dict_type', msg: 'Input should be a valid dictionary' },
    record: { type: 'dict_type', msg: 'Input should be a valid dictionary' },
  }
  return types[expected] ?? { type: 'value_error', msg: `Input should be a valid ${expected}` }
}

function noInteger(input: unknown): Description {
  if (typeof input === 'string')
    return { type: 'int_parsing', msg: 'Input should be a valid integer, unable to parse string as an integer' }
  if (typeof input === 'number')
    return { type: 'int_from_float', msg: 'Input should be a valid integer, got a number with a fractional part' }
  return { type: 'int_type', msg: 'Input should be a valid integer' }
}

function noBoolean(input: unknown): Description {
  return typeof input === 'string'
    ? { type: 'bool_parsing', msg: 'Input should be a valid boolean, unable to interpret input' }
    : { type: 'bool_type', msg: 'Input should be a valid boolean' }
}

function wrongFormat(format: string): Description {
  if (format === 'guid') return { type: 'uuid_parsing', msg: 'Input should be a valid UUID, unable to parse it' }
  if (format === 'datetime') return { type: 'datetime_from_date_parsing', msg: 'Input should be a valid datetime or date' }
  return { type: 'string_pattern_mismatch', msg: 'String should match the pattern' }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[step], value)
}
