import { type Body, isObject, parsed } from '../service/credentials'

/** Which databases and schemas a run looks at, as regular expressions for `database.schema`, and which tables it leaves out. */
export interface Scope {
  include: string
  exclude: string
  /** Empty: none is left out. */
  temporaryTables: string
}

const EVERYTHING = '.*'
const NOTHING = '^$'
const DEEPEST = 4
const FORBIDDEN = ["'", ';', '--', '/*', '*/', '\0']

export class UnsafeFilter extends Error {}

/** @throws UnsafeFilter for text that could leave its place in a query, or that nests too deep */
export function scopeOf(include: unknown, exclude: unknown, temporaryTables: unknown): Scope {
  return {
    include: patternOf(include, EVERYTHING),
    exclude: patternOf(exclude, NOTHING),
    temporaryTables: safe(temporaryTables === undefined || temporaryTables === null ? '' : textOf(temporaryTables)),
  }
}

/** Databases by their plain names, each with the schemas asked for; an empty list stands for all of them. */
export function namedIn(filter: unknown): { database: string; schemas: string[] }[] {
  const read = typeof filter === 'string' ? (parsed(filter) ?? {}) : filter
  if (!isObject(read)) return []
  return Object.entries(read).map(([database, schemas]) => ({
    database: plain(database),
    schemas: Array.isArray(schemas) ? schemas.map((schema) => plain(String(schema))) : [],
  }))
}

function patternOf(filter: unknown, otherwise: string): string {
  const read = readFilter(filter)
  const entries = read === undefined ? [] : Object.entries(read)
  if (entries.length === 0) return otherwise
  return entries.flatMap(([database, schemas]) => partsOf(database, schemas)).join('|')
}

function partsOf(database: string, schemas: unknown): string[] {
  const name = plain(database)
  if (!Array.isArray(schemas) || schemas.length === 0) return [`^${name}\\..*$`]
  return schemas.map((schema) => `^${name}\\.${plain(String(schema))}$`)
}

function readFilter(filter: unknown): Body | undefined {
  if (filter === undefined || filter === null || filter === '' || filter === '*') return undefined
  const read = typeof filter === 'string' ? parsed(filter) : filter
  if (!isObject(read)) throw new UnsafeFilter('a filter is an object, or the JSON text of one')
  checkDepth(read, 1)
  return read
}

function checkDepth(value: unknown, depth: number): void {
  if (typeof value === 'string') return void safe(value)
  if (typeof value !== 'object' || value === null) return
  if (depth > DEEPEST) throw new UnsafeFilter('a filter nests too deep')
  for (const [key, inner] of Object.entries(value)) {
    safe(key)
    checkDepth(inner, depth + 1)
  }
}

function safe(text: string): string {
  if ([...FORBIDDEN, '"'].some((part) => text.includes(part))) throw new UnsafeFilter('a filter holds signs it may not')
  return text
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new UnsafeFilter('the pattern of temporary tables is a text')
  return value
}

function plain(pattern: string): string {
  return pattern.replace(/^\^/, '').replace(/\$$/, '')
}
