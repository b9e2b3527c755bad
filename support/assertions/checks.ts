import { isNone as isNothing, isObject, isTruthy, lengthOf, rankOf, same, shown, textOf } from './values'

/** One expectation of one value. Every check treats absent like null. */
export interface Check {
  /** Its name in failures, such as `one_of(["a","b"])`. */
  says: string
  /** Why it matters; shown below a failure. */
  why?: string | undefined
  holds(value: unknown): boolean
}

/** A plain function can be a check; if it throws, the check has failed. */
export type CheckLike = Check | ((value: unknown) => unknown)

const check = (says: string, holds: (value: unknown) => boolean, why?: string): Check => ({ says, why, holds })
const list = (values: readonly unknown[]): string => `[${values.map(shown).join(', ')}]`

export const equals = (wanted: unknown, why?: string): Check =>
  check(`equals(${shown(wanted)})`, (value) => same(value, wanted), why)
export const notEquals = (other: unknown, why?: string): Check =>
  check(`not_equals(${shown(other)})`, (value) => !same(value, other), why)
/** Anything but null or absent: `""`, 0, false, `[]` and `{}` exist. */
export const exists = (why?: string): Check => check('exists()', (value) => !isNothing(value), why)
export const isNone = (why?: string): Check => check('is_none()', isNothing, why)
export const isTrue = (why?: string): Check => check('is_true()', isTruthy, why)
/** Null and absent count as false. */
export const isFalse = (why?: string): Check => check('is_false()', (value) => !isTruthy(value), why)

/** A text as options: any part of it matches. */
export const oneOf = (options: readonly unknown[] | string, why?: string): Check =>
  check(`one_of(${optionsText(options)})`, (value) => isAmong(value, options), why)
export const notOneOf = (options: readonly unknown[] | string, why?: string): Check =>
  check(`not_one_of(${optionsText(options)})`, (value) => !isAmong(value, options), why)
/** A part of a text, an item of a list, a key of an object; other values contain nothing. */
export const contains = (part: unknown, why?: string): Check =>
  check(`contains(${shown(part)})`, (value) => holdsPart(value, part), why)
/** True for all values that cannot contain anything, null and absent included. */
export const notContains = (part: unknown, why?: string): Check =>
  check(`not_contains(${shown(part)})`, (value) => !holdsPart(value, part), why)
export const hasLength = (length: number, why?: string): Check =>
  check(`has_length(${length})`, (value) => lengthOf(value) === length, why)
/** Neither this nor its opposite is true for null, numbers and booleans, which have no length. */
export const isEmpty = (why?: string): Check => check('is_empty()', (value) => lengthOf(value) === 0, why)
export const isNotEmpty = (why?: string): Check => check('is_not_empty()', (value) => (lengthOf(value) ?? 0) > 0, why)

export const greaterThan = (bound: number, why?: string): Check => ranked(`greater_than(${bound})`, (rank) => rank > bound, why)
export const greaterThanOrEqual = (bound: number, why?: string): Check =>
  ranked(`greater_than_or_equal(${bound})`, (rank) => rank >= bound, why)
export const lessThan = (bound: number, why?: string): Check => ranked(`less_than(${bound})`, (rank) => rank < bound, why)
export const lessThanOrEqual = (bound: number, why?: string): Check =>
  ranked(`less_than_or_equal(${bound})`, (rank) => rank <= bound, why)
/** Both ends are included. */
export const between = (low: number, high: number, why?: string): Check =>
  ranked(`between(${low}, ${high})`, (rank) => low <= rank && rank <= high, why)

/**
 * The pattern must match at the start of the value's text, not necessarily to its end. Null and absent do not match.
 * @throws SyntaxError for an invalid pattern, when the check is created
 */
export function matches(pattern: string, why?: string): Check {
  const expression = new RegExp(pattern, 'y')
  return check(
    `matches(${shown(pattern)})`,
    (value) => {
      expression.lastIndex = 0
      return !isNothing(value) && expression.test(textOf(value))
    },
    why,
  )
}

/** Checks the value's text, which for null is `None`. */
export const startsWith = (start: string, why?: string): Check =>
  check(`starts_with(${shown(start)})`, (value) => textOf(value).startsWith(start), why)
export const endsWith = (end: string, why?: string): Check =>
  check(`ends_with(${shown(end)})`, (value) => textOf(value).endsWith(end), why)

/** JSON does not distinguish 5.0 from 5, so 5.0 is an `int` here; true and false are also `int`. */
const TYPES = {
  int: (value: unknown) => typeof value === 'boolean' || Number.isInteger(value),
  float: (value: unknown) => typeof value === 'number' && !Number.isInteger(value),
  bool: (value: unknown) => typeof value === 'boolean',
  str: (value: unknown) => typeof value === 'string',
  list: (value: unknown) => Array.isArray(value),
  dict: isObject,
} as const

export type TypeName = keyof typeof TYPES

export function isType(type: TypeName, why?: string): Check {
  const holds = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined
  if (!holds) throw new TypeError(`is_type knows ${Object.keys(TYPES).join(', ')}, not ${shown(type)}`)
  return check(`is_type(${type})`, holds, why)
}

export const isDict = (why?: string): Check => isType('dict', why)
export const isList = (why?: string): Check => isType('list', why)
export const isString = (why?: string): Check => isType('str', why)

/** Without parts it passes. */
export const allOf = (parts: readonly CheckLike[], why?: string): Check =>
  combined('all_of', parts, (value) => parts.every((part) => ask(part, value)), why)
/** Without parts it fails. */
export const anyOf = (parts: readonly CheckLike[], why?: string): Check =>
  combined('any_of', parts, (value) => parts.some((part) => ask(part, value)), why)
/** Without parts it passes. */
export const noneOf = (parts: readonly CheckLike[], why?: string): Check =>
  combined('none_of', parts, (value) => !parts.some((part) => ask(part, value)), why)

export const custom = (decide: (value: unknown) => unknown, name: string): Check =>
  check(`custom(${name})`, (value) => isTruthy(decide(value)), name)

/** The result of a check or plain function, by truthiness; throws what the function throws. */
export function ask(like: CheckLike, value: unknown): boolean {
  return typeof like === 'function' ? isTruthy(like(value)) : like.holds(value)
}

/** The expectation in a failure; for a plain function only its name. */
export function expectationOf(like: CheckLike): string {
  return typeof like === 'function' ? like.name || 'None' : like.says
}

function ranked(says: string, holds: (rank: number) => boolean, why?: string): Check {
  return check(
    says,
    (value) => {
      const rank = rankOf(value)
      return rank !== undefined && holds(rank)
    },
    why,
  )
}

function combined(name: string, parts: readonly CheckLike[], holds: (value: unknown) => boolean, why?: string): Check {
  return check(`${name}(${parts.map(expectationOf).join(', ')})`, holds, why)
}

function isAmong(value: unknown, options: readonly unknown[] | string): boolean {
  if (typeof options !== 'string') return options.some((option) => same(option, value))
  if (typeof value !== 'string') throw new TypeError('only a text can be a piece of a text')
  return options.includes(value)
}

function holdsPart(value: unknown, part: unknown): boolean {
  if (typeof value === 'string') return typeof part === 'string' && value.includes(part)
  if (Array.isArray(value)) return value.some((item) => same(item, part))
  return isObject(value) && typeof part === 'string' && Object.hasOwn(value, part)
}

function optionsText(options: readonly unknown[] | string): string {
  return typeof options === 'string' ? shown(options) : list(options)
}
