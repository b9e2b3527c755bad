import { randomUUID } from 'node:crypto'
import type { Arguments, HubCall } from '../context'
import { hashOf } from '../keys'
import { isOrgAdmin, mustBeSiteAdmin, mustManage } from '../members'
import { isUuid, randomText, text } from '../values'
import { insertProject } from './projects'
import { newAuthToken } from './tokens'

interface Account {
  account_id: string
  org: string | null
}

/** By id or by exact e-mail. */
async function accountNamed({ db }: HubCall, user: unknown): Promise<Account | undefined> {
  const column = isUuid(user) ? 'account_id' : 'email_address'
  const [account] = await db.query<Account>(`SELECT account_id, org FROM accounts WHERE ${column} = $1`, [user])
  return account
}

async function known(call: HubCall, user: unknown): Promise<Account> {
  const account = await accountNamed(call, user)
  if (!account) throw new Error(`cannot find user '${String(user)}'`)
  return account
}

/** The user is checked before the caller's permission, so a caller without permission may also get an error about the user. */
export async function addAdmin(call: HubCall, { name, user }: Arguments): Promise<void> {
  const account = await accountNamed(call, user)
  if (!account) throw new Error(`no such account '${String(user)}'`)
  if (account.org && account.org !== name) throw new Error(`User '${String(user)}' is already member of another organization`)
  await mustBeSiteAdmin(call, 'only site admins can make a user an organization admin right now')
  const { account_id: id } = account
  await call.db.sql`UPDATE organizations
    SET admin_account_ids = array_append(array_remove(admin_account_ids, ${id}::uuid), ${id}::uuid) WHERE name = ${name}`
  await join(call, id, name)
}

/** Moves the user: the lists of admins do not change, and it is not checked that the organization exists. */
export async function addUser(call: HubCall, { name, user }: Arguments): Promise<void> {
  await mustBeSiteAdmin(call, 'only site admins can add/move a user to an org right now')
  await join(call, (await known(call, user)).account_id, name)
}

async function join({ db }: HubCall, accountId: string, name: unknown): Promise<void> {
  await db.sql`UPDATE accounts SET org = ${name} WHERE account_id = ${accountId}`
}

/** Creates an account in the organization; its first project is created shortly afterwards. */
export async function createUser(call: HubCall, args: Arguments): Promise<string> {
  await mustManage(call, args.name)
  const id = randomUUID()
  const { email, firstName, lastName } = args
  const hash = hashOf(text(args.password) ?? randomText(16))
  await call.db.sql`
    INSERT INTO accounts (account_id, email_address, first_name, last_name, password_hash, created, owner_id, creation_actions_done)
    VALUES (${id}, ${email}, ${firstName}, ${lastName}, ${hash}, now(), ${call.accountId}, true)`
  await join(call, id, args.name)
  call.later(() => firstProject(call, id))
  return id
}

async function firstProject({ cocalc }: HubCall, accountId: string): Promise<void> {
  const { db, host } = cocalc
  if ((await db.sql`SELECT 1 FROM projects WHERE users ? ${accountId} LIMIT 1`).length > 0) return
  await insertProject(db, host, accountId, { title: 'My First Project', description: '' })
}

export async function createToken(call: HubCall, { user, expire }: Arguments): Promise<{ token: string; url: string }> {
  const account = await accountNamed(call, user)
  if (!account?.org) throw new Error('user is not in an org')
  await mustManage(call, account.org)
  const until = typeof expire === 'number' ? { expire } : {}
  const token = await newAuthToken(call, account.account_id, { ...until, isAdmin: false })
  // The site has no DNS name, so its address consists of a scheme and a path.
  return { token, url: `https:/auth/impersonate?auth_token=${token}` }
}

export async function getUsers(call: HubCall, { name }: Arguments): Promise<unknown> {
  await mustManage(call, name)
  return call.db
    .sql`SELECT first_name, last_name, account_id, email_address, last_active FROM accounts WHERE org = ${name} ORDER BY created`
}

/** Clears any membership of the target, also of another organization. */
export async function removeUser(call: HubCall, { name, user }: Arguments): Promise<void> {
  await mustManage(call, name)
  const { account_id } = await known(call, user)
  if (await isOrgAdmin(call.db, name, account_id))
    throw new Error('admin cannot be removed from org; first remove them from being an admin')
  await join(call, account_id, null)
}

export async function removeAdmin(call: HubCall, { name, user }: Arguments): Promise<void> {
  await mustManage(call, name)
  const { account_id } = await known(call, user)
  await call.db.sql`UPDATE organizations
    SET admin_account_ids = array_remove(admin_account_ids, ${account_id}::uuid) WHERE name = ${name}`
}
