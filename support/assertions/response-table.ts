import type { Check, TypeName } from './checks'
import * as checks from './checks'
import type { Expected } from './examine'

/** A connector's own checks, by their name after `custom` in a table. */
export type CustomChecks = Readonly<Record<string, (value: unknown) => unknown>>

type Make = (rest: string, custom: CustomChecks) => Check

const many = (rest: string): unknown[] =>
  rest.startsWith('[') ? (readValue(rest) as unknown[]) : splitOutside(rest, ',').map(readValue)
const number = (rest: string): number => {
  const value = Number(rest)
  if (rest === '' || Number.isNaN(value)) throw new Error(`"${rest}" is no number`)
  return value
}
const text = (rest: string): string => (rest.startsWith('"') ? String(readValue(rest)) : rest)
const parts = (rest: string, custom: CustomChecks): Check[] =>
  splitOutside(unwrapped(rest), ';').map((part) => checkOf(part, custom))

/** By their words in a table; a longer name comes before its own prefix. */
const WORDS: Readonly<Record<string, Make>> = {
  'is not empty': () => checks.isNotEmpty(),
  'is empty': () => checks.isEmpty(),
  'is none': () => checks.isNone(),
  'is true': () => checks.isTrue(),
  'is false': () => checks.isFalse(),
  'is dict': () => checks.isDict(),
  'is list': () => checks.isList(),
  'is string': () => checks.isString(),
  'is type': (rest) => checks.isType(rest as TypeName),
  exists: () => checks.exists(),
  'not equals': (rest) => checks.notEquals(readValue(rest)),
  equals: (rest) => checks.equals(readValue(rest)),
  'not one of': (rest) => checks.notOneOf(many(rest)),
  'one of': (rest) => checks.oneOf(many(rest)),
  'not contains': (rest) => checks.notContains(readValue(rest)),
  contains: (rest) => checks.contains(readValue(rest)),
  'has length': (rest) => checks.hasLength(number(rest)),
  'greater than or equal': (rest) => checks.greaterThanOrEqual(number(rest)),
  'greater than': (rest) => checks.greaterThan(number(rest)),
  'less than or equal': (rest) => checks.lessThanOrEqual(number(rest)),
  'less than': (rest) => checks.lessThan(number(rest)),
  between: (rest) => range(rest),
  matches: (rest) => checks.matches(text(rest)),
  'starts with': (rest) => checks.startsWith(text(rest)),
  'ends with': (rest) => checks.endsWith(text(rest)),
  'all of': (rest, custom) => checks.allOf(parts(rest, custom)),
  'any of': (rest, custom) => checks.anyOf(parts(rest, custom)),
  'none of': (rest, custom) => checks.noneOf(parts(rest, custom)),
  custom: (rest, custom) => customOf(rest, custom),
}

/** Words without an argument; anything after them is an error. */
const ALONE = /^(is (not empty|empty|none|true|false|dict|list|string)|exists)$/

/**
 * The rows of `Then the response has`: a path, the check in words, and, in a third column, why it matters. Values are parsed as JSON
 * where possible, else they are text; `all of`, `any of` and `none of` take checks between semicolons, in parentheses where nested.
 * @throws where there is no row, and with every row that cannot be parsed
 */
export function promisesOf(rows: readonly (readonly string[])[], custom: CustomChecks = {}): Expected[] {
  if (rows.length === 0) throw new Error('The table has no rows: a response needs at least one check.')
  const faults: string[] = []
  const promises = rows.flatMap(([path = '', words = '', why]) => {
    try {
      const check = checkOf(words, custom)
      return [{ path, check: why ? { ...check, why } : check }]
    } catch (error) {
      faults.push(`${path}: ${(error as Error).message}`)
      return []
    }
  })
  if (faults.length > 0) throw new Error(`The table cannot be read:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
  return promises
}

export function checkOf(words: string, custom: CustomChecks = {}): Check {
  const trimmed = words.trim()
  const name = Object.keys(WORDS).find(
    (known) => trimmed === known || trimmed.startsWith(`${known} `) || trimmed.startsWith(`${known}:`),
  )
  const make = name === undefined ? undefined : WORDS[name]
  if (name === undefined || !make) throw new Error(`"${trimmed}" begins with none of: ${Object.keys(WORDS).join(', ')}`)
  const rest = trimmed.slice(name.length).replace(/^:/, '').trim()
  if (ALONE.test(name) !== (rest === ''))
    throw new Error(`"${name}" ${rest === '' ? 'lacks what it is about' : 'takes nothing after it'}`)
  return make(rest, custom)
}

/** JSON where it is JSON, else the text itself. */
export function readValue(words: string): unknown {
  try {
    return JSON.parse(words)
  } catch (error) {
    if (error instanceof SyntaxError && !/^["[{]/.test(words)) return words
    throw new Error(`${words} is neither JSON nor plain text`)
  }
}

function range(rest: string): Check {
  const [, low, high] = /^(\S+) and (\S+)$/.exec(rest) ?? []
  if (low === undefined || high === undefined) throw new Error('"between" takes two numbers with "and" between them')
  return checks.between(number(low), number(high))
}

function customOf(name: string, custom: CustomChecks): Check {
  const decide = Object.hasOwn(custom, name) ? custom[name] : undefined
  if (!decide) throw new Error(`no check of ours is called "${name}"; there is ${Object.keys(custom).join(', ') || 'none'}`)
  return checks.custom(decide, name)
}

/** Removes parentheses around the whole text. */
function unwrapped(rest: string): string {
  return rest.startsWith('(') && rest.endsWith(')') && isOnePair(rest) ? rest.slice(1, -1) : rest
}

function isOnePair(words: string): boolean {
  let depth = 0
  for (const [at, sign] of [...words].entries()) {
    if (sign === '(') depth++
    if (sign === ')' && --depth === 0) return at === words.length - 1
  }
  return false
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/**
 * Splits at a separator that is neither in quotes nor in brackets.
 * @throws where quotes or brackets are not balanced, because a check after them would be lost
 */
function splitOutside(words: string, mark: string): string[] {
  const pieces = ['']
  const open: string[] = []
  let quoted = false
  for (const [at, sign] of [...words].entries()) {
    if (sign === '"' && words[at - 1] !== '\\') quoted = !quoted
    const closing = quoted ? undefined : CLOSING[sign]
    if (closing !== undefined) open.push(closing)
    else if (!quoted && ')]}'.includes(sign) && open.pop() !== sign) throw new Error(`"${sign}" closes nothing in: ${words}`)
    if (sign === mark && open.length === 0 && !quoted) pieces.push('')
    else pieces[pieces.length - 1] += sign
  }
  if (quoted) throw new Error(`a quotation mark is not closed in: ${words}`)
  if (open.length > 0) throw new Error(`"${open.at(-1)}" is missing in: ${words}`)
  const trimmed = pieces.map((piece) => piece.trim())
  if (trimmed.length > 1 && trimmed.includes('')) throw new Error(`nothing is between two of "${mark}" in: ${words}`)
  return trimmed
}
