import { isObject } from './credentials'

/** One violation of a body's contract, without the value, which may be a secret. */
export interface Broken {
  /** Dotted; positions of a list included. */
  field: string
  message: string
  type: string
}

export type Rule = (value: unknown, field: string) => Broken[]

const broken = (field: string, message: string, type: string): Broken[] => [{ field, message, type }]

export const text: Rule = (value, field) =>
  typeof value === 'string' ? [] : broken(field, 'Input should be a valid string', 'string_type')

/** An object of a type that has a name. */
export const model =
  (name: string): Rule =>
  (value, field) =>
    isObject(value) ? [] : broken(field, `Input should be a valid dictionary or instance of ${name}`, 'model_type')

const WHOLE = /^\s*[+-]?\d+(_\d+)*(\.0+)?\s*$/

export const integer: Rule = (value, field) => {
  if (typeof value === 'boolean' || Number.isInteger(value)) return []
  if (typeof value === 'number' && !Number.isFinite(value))
    return broken(field, 'Input should be a finite number', 'finite_number')
  if (typeof value === 'number')
    return broken(field, 'Input should be a valid integer, got a number with a fractional part', 'int_from_float')
  if (typeof value !== 'string') return broken(field, 'Input should be a valid integer', 'int_type')
  return WHOLE.test(value)
    ? []
    : broken(field, 'Input should be a valid integer, unable to parse string as an integer', 'int_parsing')
}

/** The value of a valid integer: digits may be grouped by underscores. */
export function wholeOf(value: unknown): number {
  return Number(typeof value === 'string' ? value.replaceAll('_', '') : value)
}

const YES = ['true', '1', 'yes', 'on', 't', 'y']
const NO = ['false', '0', 'no', 'off', 'f', 'n']

/** The boolean that a text represents; undefined where it is none. */
export function truthOf(words: string): boolean | undefined {
  const lower = words.toLowerCase()
  return YES.includes(lower) ? true : NO.includes(lower) ? false : undefined
}

export const truth: Rule = (value, field) => {
  if (typeof value === 'boolean' || value === 0 || value === 1) return []
  if (typeof value === 'string' && truthOf(value) !== undefined) return []
  return typeof value === 'string' || typeof value === 'number'
    ? broken(field, 'Input should be a valid boolean, unable to interpret input', 'bool_parsing')
    : broken(field, 'Input should be a valid boolean', 'bool_type')
}

const TIERS = ['preflight', 'warmup']

/** Names of tiers; an empty list is refused. */
export const tiersRule: Rule = (value, field) => {
  if (!Array.isArray(value)) return broken(field, 'Input should be a valid frozenset', 'frozen_set_type')
  if (value.length === 0)
    return broken(field, 'Value error, tiers must name at least one tier; omit it for every tier', 'value_error')
  return value.flatMap((tier, at) =>
    TIERS.includes(tier) ? [] : broken(`${field}.${at}`, "Input should be 'preflight' or 'warmup'", 'enum'),
  )
}

export const listOf =
  (rule: Rule): Rule =>
  (value, field) =>
    Array.isArray(value)
      ? value.flatMap((item, at) => rule(item, `${field}.${at}`))
      : broken(field, 'Input should be a valid list', 'list_type')

export const mapOf =
  (rule: Rule): Rule =>
  (value, field) =>
    isObject(value)
      ? Object.entries(value).flatMap(([key, item]) => rule(item, `${field}.${key}`))
      : broken(field, 'Input should be a valid dictionary', 'dict_type')

export const pair: Rule = (value, field) => {
  if (!isObject(value)) return model('HandlerCredential')(value, field)
  return ['key', 'value'].flatMap((name) =>
    name in value ? text(value[name], `${field}.${name}`) : broken(`${field}.${name}`, 'Field required', 'missing'),
  )
}
