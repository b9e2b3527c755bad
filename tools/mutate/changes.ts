import type { Memory } from './memory'
import { epochOf, timeLike, unknownLike } from './shapes'
import { GONE, isRecord, SAME } from './tree'

/** The context of an edit. */
export interface Context {
  memory: Memory
  /** For `other known value`. */
  to?: unknown
}

type Change = (value: unknown, context: Context, index: number, siblings: readonly unknown[]) => unknown

const onText =
  (alter: (text: string) => string): Change =>
  (value) =>
    typeof value === 'string' ? alter(value) : SAME

const onList =
  (alter: (list: readonly unknown[]) => unknown[]): Change =>
  (value) =>
    Array.isArray(value) && value.length > 0 ? alter(value) : SAME

const onNumber =
  (alter: (number: number) => number): Change =>
  (value) => {
    if (typeof value === 'number') return alter(value)
    return typeof value === 'string' && /^-?\d+$/.test(value) ? String(alter(Number(value))) : SAME
  }

/** All changes of one value. */
export const changes = {
  lengthened: onText((text) => (isMarkup(text) ? text.replace(/([^<>\s])(\s*<\/)/, '$1 altered$2') : `${text} altered`)),
  replaced: onText((text) => (isMarkup(text) ? text.replace(/>(?=\s*[^<\s])[^<]+</g, '>Something else<') : 'Something else')),
  shortened: onText((text) => (isMarkup(text) || text.length < 2 ? text : text.slice(0, -1))),
  'in capitals': onText((text) => (isMarkup(text) ? text : text.toUpperCase())),
  emptied: (value) => (typeof value === 'string' ? '' : Array.isArray(value) ? [] : SAME),
  'other known value': (_value, { to }) => to,
  'value of a neighbour': neighbour,
  'unknown id': (value) => unknownLike(value),
  'year 2001': (value) => timeIn(value, '2001-01-01', 978_307_200),
  'year 1970': (value) => timeIn(value, '1970-01-01', 0),
  'an hour late': (value) => later(value, HOUR),
  'foreign host': onText((text) => text.replace(/^(\w+:\/\/)[^/?#]+/, '$1elsewhere.example')),
  'plus one': onNumber((number) => number + 1),
  'minus one': onNumber((number) => number - 1),
  'ten times': onNumber((number) => number * 10),
  zero: onNumber(() => 0),
  flipped: (value) => (typeof value === 'boolean' ? !value : value === 'true' ? 'false' : value === 'false' ? 'true' : SAME),
  null: () => null,
  missing: () => GONE,
  reversed: onList((list) => [...list].reverse()),
  'first missing': onList((list) => list.slice(1)),
  'last missing': onList((list) => list.slice(0, -1)),
  doubled: onList((list) => [...list, list[0]]),
  'one invented': onList((list) => [...list, invented(list[0])]),
} satisfies Record<string, Change>

export type ChangeName = keyof typeof changes

function isMarkup(text: string): boolean {
  return /^\s*<[\s\S]*>\s*$/.test(text)
}

function neighbour(value: unknown, { memory }: Context, index: number, siblings: readonly unknown[]): unknown {
  const next = siblings[(index + 1) % siblings.length]
  if (next !== undefined && JSON.stringify(next) !== JSON.stringify(value)) return next
  return memory.neighbour(value) ?? SAME
}

const HOUR = 3_600_000

function later(value: unknown, milliseconds: number): unknown {
  if (typeof value === 'number') {
    const unit = epochOf(value)
    return unit === undefined ? SAME : value + milliseconds / unit
  }
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? SAME : timeLike(String(value), time + milliseconds)
}

function timeIn(value: unknown, day: string, seconds: number): unknown {
  if (typeof value === 'number') {
    const unit = epochOf(value)
    return unit === undefined ? SAME : seconds * (unit === 1 ? 1_000 : 1)
  }
  return typeof value === 'string' ? value.replace(/^\d{4}-\d\d-\d\d/, day) : SAME
}

/** A copy of an element with new ids and texts. */
function invented(value: unknown): unknown {
  if (typeof value === 'string') return /^\S+$/.test(value) ? unknownLike(value) : `${value} invented`
  if (typeof value === 'number') return value + 1
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, typeof inner === 'string' && inner ? inventedField(key, inner) : inner]),
  )
}

function inventedField(key: string, text: string): unknown {
  if (/(?:^|_)id$|Id$|^ts$/.test(key)) return unknownLike(text)
  return /^(?:name|title|text|body|content|username|display_?name|message|email|url)$/i.test(key) ? `${text} invented` : text
}
