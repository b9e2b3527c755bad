import type { HubCall } from '../context'
import { BareError, cannotRead, fatal } from '../errors'
import { isSiteAdmin } from '../members'
import { isRecord, own } from '../values'
import { get } from './get'
import { type Options, readOptions } from './options'
import { set } from './set'

/** One parsed query. */
export interface Query {
  table: string
  fields: Record<string, unknown>
  /** A list was requested. */
  many: boolean
  options: Options
}

/**
 * CoCalc's query language: an object whose one key is a table. A value that contains null reads, one without null writes; a list at the top
 * contains several queries.
 */
export async function userQuery(call: HubCall, given: unknown, options: unknown): Promise<unknown> {
  if (given === undefined || given === null) throw cannotRead('undefined')
  if (!Array.isArray(given)) return one(call, given, options)
  const results: unknown[] = []
  for (const query of given) results.push(await one(call, query, options))
  return results
}

async function one(call: HubCall, given: unknown, givenOptions: unknown): Promise<unknown> {
  const options = readOptions(givenOptions)
  const query = read(given, options)
  const caller = options.account_id === undefined ? call : await actAs(call, options.account_id)
  query.fields = filled(query.fields, caller.accountId)
  const sets = options.set ?? !hasNull(query.fields)
  if (options.delete) throw fatal(`delete from ${query.table} not allowed`)
  return sets ? set(caller, query) : get(caller, query)
}

function read(given: unknown, options: Options): Query {
  // A text counts as an object of its characters, and where there is no key the table is the word `undefined`.
  const keys = isRecord(given) || typeof given === 'string' ? Object.keys(given) : []
  if (keys.length > 1) throw fatal('must specify exactly one key in the query')
  const [table = 'undefined'] = keys
  const value = isRecord(given) ? given[table] : undefined
  if (Array.isArray(value) && value.length > 1) throw fatal('array of length > 1 not yet implemented')
  const fields: unknown = Array.isArray(value) ? value[0] : value
  if (!isRecord(fields)) throw fatal(`invalid user_query of '${table}' -- query must be an object`)
  return { table, fields, many: Array.isArray(value), options }
}

async function actAs(call: HubCall, accountId: string): Promise<HubCall> {
  if (!(await isSiteAdmin(call))) throw new BareError('user must be admin to sudo')
  return { ...call, accountId: accountId.toLowerCase() }
}

function hasNull(value: unknown): boolean {
  if (value === null) return true
  return typeof value === 'object' && Object.values(value).some(hasNull)
}

/** The words in braces are replaced by the caller's id, the project of the query, and the current time. */
function filled(fields: Record<string, unknown>, accountId: string): Record<string, unknown> {
  const words: Record<string, unknown> = {
    '{account_id}': accountId,
    '{project_id}': fields.project_id,
    '{now}': new Date().toISOString(),
  }
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') return own(words, value) ?? value
    if (Array.isArray(value)) return value.map(fill)
    if (!isRecord(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [fill(key), fill(inner)]))
  }
  return fill(fields) as Record<string, unknown>
}
