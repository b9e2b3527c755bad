import type { HubCall } from '../context'
import { json } from '../database'
import { BareError, fatal } from '../errors'
import { groupOf, isSiteAdmin } from '../members'
import { isRecord, isUuid, own } from '../values'
import { TABLES, type Table } from './tables'
import type { Query } from './user-query'

type Fields = Record<string, unknown>

const LONGEST_NAME = 254

/** Sets fields of the caller's account, or of a project they are on. @returns `{}`, also where no settable field was given */
export async function set(call: HubCall, { table: name, fields }: Query): Promise<Record<string, never>> {
  const table = own(TABLES, name)
  if (!table) throw fatal(`table '${name}' does not exist`)
  const given = Object.entries(fields).filter(([field]) => field !== table.primaryKey)
  for (const [field] of given) if (!table.writable.has(field)) throw fatal(`changing ${name}.${field} not allowed`)
  if (given.length === 0) return {}
  const checked = name === 'accounts' ? await checkAccount(call, Object.fromEntries(given)) : Object.fromEntries(given)
  const id = name === 'accounts' ? call.accountId : await projectIn(call, fields)
  await update(call, table, id, checked)
  if (isRecord(checked.action_request)) await act(call, id, checked.action_request)
  return {}
}

async function projectIn(call: HubCall, { project_id: id }: Fields): Promise<string> {
  const { db, accountId } = call
  if (id === undefined) throw fatal('must specify projects.project_id')
  const known = isUuid(id) && (await db.sql`SELECT 1 FROM projects WHERE project_id = ${id}`).length > 0
  if (!known) throw fatal(`unknown project_id '${String(id)}'`)
  if (!(await groupOf(db, accountId, id)) && !(await isSiteAdmin(call))) throw fatal('user must be an admin')
  return id.toLowerCase()
}

async function checkAccount({ db, accountId }: HubCall, fields: Fields): Promise<Fields> {
  const checked = { ...fields }
  for (const field of ['first_name', 'last_name']) {
    if (checked[field] === undefined) continue
    const value = String(checked[field] ?? '').slice(0, LONGEST_NAME)
    if (value.trim() === '') throw new BareError(`${field} must be nonempty`)
    checked[field] = value
  }
  if (checked.name !== undefined) await checkUsername(db, accountId, String(checked.name))
  return checked
}

async function checkUsername(db: HubCall['db'], accountId: string, name: string): Promise<void> {
  if (!/^[a-zA-Z0-9][a-zA-Z0-9-]*$/.test(name))
    throw new Error('name must contain only a-z,A-Z,0-9, or -, and not start with hyphen.')
  const taken = await db.sql`
    SELECT 1 FROM organizations WHERE lower(name) = lower(${name})
    UNION ALL SELECT 1 FROM accounts WHERE lower(name) = lower(${name}) AND account_id <> ${accountId}`
  if (taken.length > 0) throw new BareError(`name "${name}" is already taken by another organization or account`)
}

/** JSON columns keep the parts that the caller does not give; others are overwritten. */
async function update({ db }: HubCall, table: Table, id: string, fields: Fields): Promise<void> {
  const given = Object.entries(fields)
  const merges = (name: string, value: unknown): boolean => table.maps.has(name) && value !== null
  const assignments = given.map(([name, value], at) =>
    merges(name, value) ? `"${name}" = jsonb_merge("${name}", $${at + 2})` : `"${name}" = $${at + 2}`,
  )
  const values = given.map(([name, value]) => (isRecord(value) || merges(name, value) ? json(value) : value))
  await db.query(`UPDATE ${table.source} SET ${assignments.join(', ')} WHERE ${table.primaryKey} = $1`, [id, ...values])
}

async function act({ cocalc: { host } }: HubCall, projectId: string, { action }: Fields): Promise<void> {
  if (action === 'stop' || action === 'restart') await host.stop(projectId)
  if (action === 'start' || action === 'restart') await host.start(projectId)
}
