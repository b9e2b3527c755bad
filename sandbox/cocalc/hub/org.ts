import { randomUUID } from 'node:crypto'
import type { Arguments, HubCall, HubFunctions } from '../context'
import { BareError } from '../errors'
import { isSiteAdmin, mustManage } from '../members'
import { post } from './messages'
import { addAdmin, addUser, createToken, createUser, expireToken, getUsers, removeAdmin, removeUser } from './org-people'

export const org: HubFunctions = {
  getAll: { run: getAll },
  create: { run: create },
  get: { run: get },
  set: { run: set },
  addAdmin: { run: addAdmin },
  addUser: { run: addUser },
  createUser: { run: createUser },
  createToken: { run: createToken },
  expireToken: { run: expireToken },
  getUsers: { run: getUsers },
  removeUser: { run: removeUser },
  removeAdmin: { run: removeAdmin },
  message: { run: message },
}

async function getAll({ db, accountId }: HubCall): Promise<unknown> {
  if (!(await isSiteAdmin(db, accountId))) throw new Error('must be a site admin')
  return db.query('SELECT name, title, admin_account_ids FROM organizations WHERE deleted IS NOT TRUE')
}

async function create({ db, accountId }: HubCall, { name = null }: Arguments): Promise<string> {
  if (!(await isSiteAdmin(db, accountId))) throw new Error('only admins may create organizations')
  const taken = await db.query('SELECT 1 FROM organizations WHERE name = $1 UNION ALL SELECT 1 FROM accounts WHERE name = $1', [
    name,
  ])
  if (taken.length > 0) throw new Error(`name ${String(name)} is already used by some account or organization`)
  const id = randomUUID()
  await db.query('INSERT INTO organizations (organization_id, name) VALUES ($1, $2)', [id, name])
  return id
}

async function get(call: HubCall, { name }: Arguments): Promise<unknown> {
  await mustManage(call, name)
  const [row] = await call.db.query(
    'SELECT name, title, description, link, email_address, admin_account_ids FROM organizations WHERE name = $1',
    [name],
  )
  if (!row) throw new Error(`no org named '${String(name)}'`)
  return row
}

const SETTABLE = ['title', 'description', 'email_address', 'link']

async function set(call: HubCall, args: Arguments): Promise<null> {
  await mustManage(call, args.name)
  const given = SETTABLE.filter((field) => args[field] !== undefined)
  if (given.length === 0) throw new BareError('error: syntax error at or near "WHERE"')
  const assignments = given.map((field, at) => `${field} = $${at + 2}`).join(', ')
  await call.db.query(`UPDATE organizations SET ${assignments} WHERE name = $1`, [
    args.name,
    ...given.map((field) => args[field]),
  ])
  return null
}

/** One message with all members as its recipients; nothing is stored where there are none. */
async function message(call: HubCall, args: Arguments): Promise<null> {
  await mustManage(call, args.name)
  const members = await call.db.query<{ account_id: string }>('SELECT account_id FROM accounts WHERE org = $1', [args.name])
  await post(
    call,
    members.map(({ account_id }) => account_id),
    args,
  )
  return null
}
