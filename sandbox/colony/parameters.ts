import { z } from 'zod'

/** A whole number as a query carries it. */
export const int = (minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER) =>
  z
    .string()
    .transform((text, context) => {
      if (/^-?\d+$/.test(text)) return Number(text)
      context.addIssue({ code: 'invalid_type', expected: 'int', input: text })
      return z.NEVER
    })
    .pipe(z.number().min(minimum).max(maximum))

const HEX = '[0-9a-f]'
const UUID = new RegExp(`^(${HEX}{8})-?(${HEX}{4})-?(${HEX}{4})-?(${HEX}{4})-?(${HEX}{12})$`)

/** The id a text stands for, in the form in which ids are told: a UUID of any version, in any case, with or without its hyphens. */
export function asId(text: string): string | undefined {
  const bare = text
    .toLowerCase()
    .replace(/^urn:uuid:/, '')
    .replace(/^\{(.*)\}$/, '$1')
  return UUID.exec(bare)?.slice(1).join('-')
}

export const id = z.string().transform((text, context) => {
  const found = asId(text)
  if (found !== undefined) return found
  context.addIssue({ code: 'invalid_format', format: 'guid', input: text })
  return z.NEVER
})

/** What every route about one thing has in its path. */
export const path = z.object({ id })

/** Whose name or id a path has. */
export const name = z.object({ username: z.string() })

const YES = ['true', '1', 'yes', 'on', 't', 'y']
const NO = ['false', '0', 'no', 'off', 'f', 'n']

/** A truth value as a query carries it, in any case and any of the usual words. */
export const bool = z.string().transform((text, context) => {
  const word = text.toLowerCase()
  if (YES.includes(word)) return true
  if (NO.includes(word)) return false
  context.addIssue({ code: 'invalid_type', expected: 'boolean', input: text })
  return z.NEVER
})

/** Epoch milliseconds, with the microseconds as their fraction; not a number where the text tells no instant. */
export function instantOf(text: string): number {
  const withZone = /[zZ]$|[+-]\d\d:?\d\d$/.test(text) || !text.includes(':') ? text : `${text}Z`
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(withZone.replace(' ', 'T')) : Number.NaN
  const micros = Number(/\.\d{3}(\d{1,3})/.exec(text)?.[1]?.padEnd(3, '0') ?? 0)
  return (at * 1_000 + micros) / 1_000
}

/** An instant as ISO 8601, in UTC where no offset is given, or a date alone. In epoch milliseconds. */
export const instant = z.string().transform((text, context) => {
  const at = instantOf(text)
  if (!Number.isNaN(at)) return at
  context.addIssue({ code: 'invalid_format', format: 'datetime', input: text })
  return z.NEVER
})
