import { type Body, isObject, parsed } from '../service/credentials'

/** Which databases and schemas a run reads, as regular expressions for `database.schema`, and which tables it leaves out. */
export interface Scope {
  include: string
  exclude: string
  /** Empty: none is left out. */
  temporaryTables: string
}

const EVERYTHING = '.*'
const NOTHING = '^$'
const DEEPEST = 4
const FORBIDDEN = ["'", '"', ';', '--', '/*', '*/', '\0']

class UnsafeFilter extends Error {}

/** @throws UnsafeFilter for text that could break out of its place in a query, or that is nested too deeply */
export function scopeOf(include: unknown, exclude: unknown, temporaryTables: unknown): Scope {
  return {
    include: patternOf(filterOf(include), EVERYTHING),
    exclude: patternOf(filterOf(exclude), NOTHING),
    temporaryTables: safe(typeof temporaryTables === 'string' ? unquoted(temporaryTables) : ''),
  }
}

/** Databases by their plain names, each with the requested schemas; an empty list means all of them. */
export function namedIn(filter: unknown): { database: string; schemas: string[] }[] {
  const read = typeof filter === 'string' ? (parsed(filter) ?? {}) : filter
  if (!isObject(read)) return []
  return Object.entries(read).map(([database, schemas]) => ({ database: plain(database), schemas: schemasOf(schemas) }))
}

/**
 * A filter in normal form: schemas by database, or the original text. A list contains schemas of any database, and a tree of
 * checkboxes is read as the list of its branches.
 * @throws UnsafeFilter
 */
export function filterOf(value: unknown): Body | string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return safeText(unquoted(value))
  const filter = Array.isArray(value) ? { '.*': value } : value
  if (!isObject(filter)) throw new UnsafeFilter('a filter is an object or a text')
  const flat = Object.entries(checked(filter)).map(
    ([name, inner]) => [name, isObject(inner) ? Object.keys(inner) : inner] as const,
  )
  if (!flat.every(([, schemas]) => isSchemas(schemas))) throw new UnsafeFilter('a filter is lists of schemas by database')
  return Object.fromEntries(flat)
}

/** Older forms write several patterns as quoted texts between commas: one pattern of alternatives. */
export function unquoted(text: string): string {
  if (!/^"[^"]*"(?:,"[^"]*")*$/.test(text)) return text
  const items = text.split(',').map((item) => item.slice(1, -1))
  return items.some((item) => item !== '') ? items.filter((item) => item !== '').join('|') : text
}

/** @throws UnsafeFilter */
export function safe(text: string): string {
  if (FORBIDDEN.some((part) => text.includes(part))) throw new UnsafeFilter('a filter holds signs it may not')
  return text
}

function isSchemas(value: unknown): boolean {
  return Array.isArray(value) && value.every((schema) => typeof schema === 'string')
}

/** A text that is the JSON of an object is as safe as its content; its own quotes are allowed. */
function safeText(text: string): string {
  const read = parsed(text)
  if (!isObject(read)) return safe(text)
  checked(read)
  return text
}

function checked(filter: Body): Body {
  for (const [name, inner] of Object.entries(filter)) {
    safe(name)
    checkInner(inner, 0)
  }
  return filter
}

function checkInner(value: unknown, depth: number): void {
  if (depth > DEEPEST) throw new UnsafeFilter('a filter nests too deep')
  if (typeof value === 'string') return void safe(value)
  if (typeof value !== 'object' || value === null) return
  for (const [name, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) safe(name)
    checkInner(inner, depth + 1)
  }
}

/** An object becomes fully anchored, so that no name matches inside another; a text is used as a regular expression unchanged, JSON or not. */
function patternOf(filter: Body | string, otherwise: string): string {
  if (typeof filter === 'string') return filter.trim() === '' ? otherwise : filter
  const entries = Object.entries(filter)
  return entries.length === 0 ? otherwise : entries.flatMap(([database, schemas]) => partsOf(database, schemas)).join('|')
}

function partsOf(database: string, schemas: unknown): string[] {
  const name = plain(database)
  const listed = schemasOf(schemas)
  return listed.length === 0 ? [`^${name}\\..*$`] : listed.map((schema) => `^${name}\\.${schema}$`)
}

function schemasOf(schemas: unknown): string[] {
  const listed = isObject(schemas) ? Object.keys(schemas) : Array.isArray(schemas) ? schemas.map(String) : []
  return listed.map(plain)
}

function plain(pattern: string): string {
  return pattern.replace(/^[\^$]+/, '').replace(/[\^$]+$/, '')
}
