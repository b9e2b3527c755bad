import { randomUUID } from 'node:crypto'
import type { Arguments, HubCall, HubFunctions } from '../context'
import { BareError } from '../errors'
import { mustBeSiteAdmin, mustManage } from '../members'
import { post } from './messages'
import { addAdmin, addUser, createToken, createUser, getUsers, removeAdmin, removeUser } from './org-people'
import { expireToken } from './tokens'

const people = { addAdmin, addUser, createUser, createToken, expireToken, getUsers, removeUser, removeAdmin }

export const org: HubFunctions = { getAll, create, get, set, message, ...people }

async function getAll(call: HubCall): Promise<unknown> {
  await mustBeSiteAdmin(call, 'must be a site admin')
  return call.db.sql`SELECT name, title, admin_account_ids FROM organizations WHERE deleted IS NOT TRUE`
}

async function create(call: HubCall, { name = null }: Arguments): Promise<string> {
  await mustBeSiteAdmin(call, 'only admins may create organizations')
  const taken = await call.db.sql`
    SELECT 1 FROM organizations WHERE name = ${name} UNION ALL SELECT 1 FROM accounts WHERE name = ${name}`
  if (taken.length > 0) throw new Error(`name ${String(name)} is already used by some account or organization`)
  const id = randomUUID()
  await call.db.sql`INSERT INTO organizations (organization_id, name) VALUES (${id}, ${name})`
  return id
}

async function get(call: HubCall, { name }: Arguments): Promise<unknown> {
  await mustManage(call, name)
  const [row] = await call.db.sql`
    SELECT name, title, description, link, email_address, admin_account_ids FROM organizations WHERE name = ${name}`
  if (!row) throw new Error(`no org named '${String(name)}'`)
  return row
}

const SETTABLE = ['title', 'description', 'email_address', 'link']

async function set(call: HubCall, args: Arguments): Promise<void> {
  await mustManage(call, args.name)
  const given = SETTABLE.filter((field) => args[field] !== undefined)
  if (given.length === 0) throw new BareError('error: syntax error at or near "WHERE"')
  const assignments = given.map((field, at) => `${field} = $${at + 2}`).join(', ')
  const values = given.map((field) => args[field])
  await call.db.query(`UPDATE organizations SET ${assignments} WHERE name = $1`, [args.name, ...values])
}

/** One message with all members as its recipients; nothing is stored where there are none. */
async function message(call: HubCall, args: Arguments): Promise<void> {
  await mustManage(call, args.name)
  const members = await call.db.sql<{ account_id: string }>`SELECT account_id FROM accounts WHERE org = ${args.name}`
  const recipients = members.map(({ account_id }) => account_id)
  await post(call, recipients, args)
}
