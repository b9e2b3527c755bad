import { ELEMENT, isRecord, KEYED, type Path } from './tree'

/** The kind of a field's value, which determines the possible changes. */
export type Shape = 'text' | 'markup' | 'id' | 'time' | 'link' | 'word' | 'number' | 'flag' | 'nothing' | 'list' | 'object'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const SHAPED_ID = /^(?:\d{16,20}|[A-Z]{1,2}[A-Z0-9]{8,}|\d{10}\.\d{6}|[\w-]{20,24}|[\w+/-]{60,}={0,2})$/
const ID_KEY = /(?:^|_)(?:id|ids|ts|uuid|guid)$|[a-z](?:Id|Ids|Uuid)$/
const ISO_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/
const TIME_KEY =
  /(?:_at|At|_time|Time|timestamp|Timestamp|expires?|created|updated|edited|modified|since|now|start|end|date|Date)$/i
const WORD = /^[A-Za-z][\w.:/-]{0,39}$/
/** Part of a name that is new in every run. */
const MADE_UP = /\d{5}|(?=[a-f]*\d)[0-9a-f]{8}/
/** 2001 to 2100 in seconds, and in milliseconds. */
const EPOCHS = [
  [978_307_200, 4_102_444_800],
  [978_307_200_000, 4_102_444_800_000],
] as const

/** The name of a value: the last key of its path. */
export function nameOf(path: Path): string {
  return [...path].reverse().find((token) => token !== ELEMENT && token !== KEYED && !/^\d+$/.test(token)) ?? ''
}

/** @param samples values at this place, scalars, lists or objects */
export function shapeOf(path: Path, samples: readonly unknown[]): Shape {
  const present = samples.filter((value) => value !== null && value !== undefined)
  const [first] = present
  if (first === undefined) return 'nothing'
  if (Array.isArray(first)) return 'list'
  if (isRecord(first)) return 'object'
  if (typeof first === 'boolean') return 'flag'
  const name = nameOf(path)
  if (typeof first === 'number') return numberShape(name, first)
  return textShape(name, present.map(String))
}

function numberShape(name: string, value: number): Shape {
  if (/(?:^|_)id$|[a-z]Id$/.test(name)) return 'id'
  return TIME_KEY.test(name) && epochOf(value) !== undefined ? 'time' : 'number'
}

/** Milliseconds in one unit of a number that represents a time; undefined where it represents none. */
export function epochOf(value: number): 1 | 1000 | undefined {
  if (value >= EPOCHS[0][0] && value < EPOCHS[0][1]) return 1000
  return value >= EPOCHS[1][0] && value < EPOCHS[1][1] ? 1 : undefined
}

function textShape(name: string, samples: readonly string[]): Shape {
  const every = (pattern: RegExp): boolean => samples.every((text) => pattern.test(text))
  if (every(ISO_TIME)) return 'time'
  if (every(/^(?:true|false)$/)) return 'flag'
  if (every(/^(?:https?|wss?|slack):\/\//)) return 'link'
  if (every(UUID) || every(SHAPED_ID) || (ID_KEY.test(name) && every(/^\S+$/))) return 'id'
  if (every(/^\s*<[\s\S]*>\s*$/)) return 'markup'
  return every(WORD) && !samples.some((text) => MADE_UP.test(text)) ? 'word' : 'text'
}

/** Another, unused value of the same form. */
export function unknownLike(value: unknown): unknown {
  if (typeof value === 'number') return value + 7_919
  const flip = (digit: string): string => (digit === '9' ? '8' : String(Number(digit) + 1))
  const text = String(value)
  if (UUID.test(text)) return text.replace(/[0-9a-f]{4}$/i, (tail) => (tail === 'beef' ? 'cafe' : 'beef'))
  if (/\d$/.test(text)) return text.replace(/\d$/, flip)
  return text.replace(/.$/, (last) => (last === 'x' ? 'y' : 'x'))
}

/** A time with the precision and the zone notation of another one. @param now milliseconds */
export function timeLike(text: string, now: number): string {
  const fraction = /\.(\d+)/.exec(text)?.[1]?.length ?? 0
  const zone = /(?:Z|[+-]\d\d:\d\d)$/.exec(text)?.[0] ?? ''
  const seconds = new Date(now).toISOString().slice(0, 19)
  const part =
    fraction > 0
      ? `.${String(now % 1_000)
          .padStart(3, '0')
          .padEnd(fraction, '0')
          .slice(0, fraction)}`
      : ''
  return `${text[10] === ' ' ? seconds.replace('T', ' ') : seconds}${part}${zone === 'Z' || zone === '' ? zone : '+00:00'}`
}
