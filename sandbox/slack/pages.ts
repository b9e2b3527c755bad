import type { Args } from './args'
import { invalidArguments, refused } from './errors'

export interface Page<T> {
  items: T[]
  hasMore: boolean
  /** Empty on the last page. */
  next: string
}

export interface Paging<T> {
  /** Kind of the value in the cursor, as in Slack's own cursors: `next_ts`, `user`, `team`. */
  label: string
  limit: number
  key: (item: T) => string
  /** Whether the page of a cursor begins at this item; the same item unless given. */
  reached?: (item: T, key: string) => boolean
}

/** @throws invalid_cursor for one that was not issued here */
export function pageOf<T>(items: readonly T[], args: Args, { label, limit, key, reached }: Paging<T>): Page<T> {
  const cursor = args.text('cursor')
  const begins = reached ?? ((item: T, wanted: string) => key(item) === wanted)
  const start = cursor === undefined ? 0 : items.findIndex((item) => begins(item, keyIn(cursor, label)))
  if (start < 0) throw refused('invalid_cursor')
  const next = items[start + limit]
  return {
    items: items.slice(start, start + limit),
    hasMore: next !== undefined,
    next: next === undefined ? '' : cursorOf(`${label}:${key(next)}`),
  }
}

function cursorOf(text: string): string {
  return Buffer.from(text).toString('base64')
}

function keyIn(cursor: string, label: string): string {
  const text = Buffer.from(cursor, 'base64').toString()
  // Decoding ignores what is no base64.
  if (!text.startsWith(`${label}:`) || cursorOf(text) !== cursor) throw refused('invalid_cursor')
  return text.slice(label.length + 1)
}

export interface LimitRule {
  fallback: number
  most: number
  /** Refuses a limit that is too high instead of reducing it. */
  strict?: boolean
}

/** The number of items on a page; none or 0 means the default. */
export function limitOf(args: Args, { fallback, most, strict = false }: LimitRule): number {
  const text = args.text('limit')
  if (text === undefined) return fallback
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 0 || (strict && limit > most))
    throw strict ? refused('invalid_limit') : invalidArguments('must be a positive integer [json-pointer:/limit]')
  return limit === 0 ? fallback : Math.min(limit, most)
}
