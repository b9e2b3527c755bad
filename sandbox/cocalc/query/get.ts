import type { HubCall } from '../context'
import { BareError, fatal } from '../errors'
import { groupOf, isSiteAdmin } from '../members'
import { isUuid, own } from '../values'
import { Conditions } from './conditions'
import { TABLES, type Table } from './tables'
import type { Query } from './user-query'

interface Reach {
  /** Default order and default limit of rows. */
  order?: string
  limit: number
}

const PROJECTS: Reach = { order: 'last_edited DESC NULLS LAST', limit: 300 }
const EVERYTHING: Reach = { limit: 100_000 }

/** @returns `{table: {…}}` or `{table: […]}`; `{}` for a single row that does not exist */
export async function get(call: HubCall, query: Query): Promise<Record<string, unknown>> {
  const table = own(TABLES, query.table)
  if (!table) throw fatal(`get queries not allowed for table '${query.table}'`)
  for (const field of Object.keys(query.fields)) {
    if (!Object.hasOwn(table.fields, field)) throw fatal(`user get query not allowed for ${query.table}.${field}`)
  }
  const conditions = new Conditions()
  const reach = await restrict(call, query, conditions)
  for (const [field, wanted] of Object.entries(query.fields)) conditions.field(`"${field}"`, wanted)
  const columns = Object.keys(query.fields).map((field) => `"${field}"`)
  const sql = `SELECT ${columns.join(', ')} FROM ${table.source} WHERE ${conditions.sql}${tail(query, table, reach)}`
  const rows = await call.db.query(sql, conditions.values)
  if (query.many) return { [query.table]: rows.map((row) => withoutNulls(withDefaults(table, row))) }
  const [row] = rows
  return row ? { [query.table]: withDefaults(table, row) } : {}
}

/** The rows of the table that the caller may see. */
async function restrict(call: HubCall, query: Query, conditions: Conditions): Promise<Reach> {
  const own = (column: string): string => `${column} = ${conditions.bind(call.accountId)}`
  if (query.table === 'accounts') conditions.add(own('account_id'))
  else if (query.table === 'messages') conditions.add(`${conditions.bind(call.accountId)}::uuid = ANY(to_ids)`)
  else if (query.table === 'sent_messages') conditions.add(own('from_id'))
  else return restrictProjects(call, query, conditions)
  return EVERYTHING
}

async function restrictProjects(call: HubCall, { table, fields }: Query, conditions: Conditions): Promise<Reach> {
  if (typeof fields.project_id === 'string') await mustRead(call, fields.project_id)
  else conditions.add(`users ? ${conditions.bind(call.accountId)}`)
  if (table === 'projects_all') return EVERYTHING
  conditions.add(`last_edited >= now() - interval '6 weeks'`)
  return PROJECTS
}

async function mustRead(call: HubCall, projectId: string): Promise<void> {
  const { db, accountId } = call
  if (isUuid(projectId) && (await groupOf(db, accountId, projectId))) return
  if (await isSiteAdmin(call)) return
  throw fatal(`you do not have read access to this project -- account_id=${accountId}, project_id_=undefined`)
}

/** On `projects` the caller's limit is only applied together with the caller's order. */
function tail({ table: name, options }: Query, table: Table, reach: Reach): string {
  const { order_by: orderBy } = options
  const column = orderBy?.replace(/^-/, '')
  if (column !== undefined && !Object.hasOwn(table.fields, column)) throw new BareError(`unable to order by '${orderBy}'`)
  const order = column === undefined ? reach.order : `"${column}" ${orderBy?.startsWith('-') ? 'DESC' : 'ASC'}`
  const overridden = name === 'projects' && orderBy === undefined
  const limit = options.limit === undefined || overridden ? reach.limit : Math.max(0, Math.floor(options.limit))
  return `${order ? ` ORDER BY ${order}` : ''} LIMIT ${Number.isFinite(limit) ? limit : reach.limit}`
}

function withDefaults({ fields }: Table, row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([field, value]) => [field, value ?? fields[field] ?? null]))
}

function withoutNulls(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))
}
