import { ApiError } from '../../http/errors'
import type { Entry } from '../../undo/journal'
import { RUN_ID } from '../../undo/names'
import type { Recognition } from '../../undo/undo'
import type { Hub } from './client/client'
import type { Database } from './database'
import { FINGERPRINT, OTHER_PROJECTS_OF } from './rows'

/** What entries are compared with: the database where it is proven to be this server's, else the API. */
export interface Viewer {
  hub: Hub
  /** The account of the current key. */
  me: string
  database: Database | undefined
}

type Made = Required<Entry>
type Recognise<V extends Viewer> = (viewer: V, entry: Made) => Promise<Recognition>

const OURS = 'ours'
const GONE = 'gone'
/** Page size of CoCalc's lists. */
export const MOST_MESSAGES = 500

/** Why an entry cannot belong to this account, regardless of the thing itself. */
function foreign({ me }: Viewer, { name, data: { account } }: Entry): { doubt: string } | undefined {
  if (!account) return { doubt: 'its journal does not say which account made it' }
  if (account !== me) return { doubt: `it was made by the account ${account}, and today's API key is one of ${me}` }
  return RUN_ID.test(name) ? undefined : { doubt: `"${name}" holds no run id` }
}

/** Only things in entries of this account are read. */
export function byAccount<V extends Viewer>(recognise: Recognise<V>): Recognise<V> {
  return async (viewer, entry) => foreign(viewer, entry) ?? recognise(viewer, entry)
}

/** Searches nothing on behalf of another account. @throws with the reason */
export function findByAccount<V extends Viewer>(
  find: (viewer: V, entry: Entry) => Promise<string | undefined>,
): (viewer: V, entry: Entry) => Promise<string | undefined> {
  return async (viewer, entry) => {
    const other = foreign(viewer, entry)
    if (other) throw new Error(`left alone, for it is not proven to be this run's: ${other.doubt}`)
    return find(viewer, entry)
  }
}

export async function recogniseProject({ hub, me, database }: Viewer, { id, name }: Made): Promise<Recognition> {
  const project = database ? await projectIn(database, id) : await projectOn(hub, id)
  if (!project) return GONE
  if (project.title !== name) return { doubt: `its title is "${project.title}"` }
  return project.owners.includes(me) ? OURS : { doubt: 'the account of the API key does not own it' }
}

interface SeenProject {
  title: string
  owners: string[]
}

async function projectIn(database: Database, id: string): Promise<SeenProject | undefined> {
  const [row] = await database.rows<{ title: string | null; users: Users | null }>(
    'SELECT title, users FROM public.projects WHERE project_id = $1::uuid',
    [id],
  )
  return row && { title: row.title ?? '', owners: ownersAmong(row.users) }
}

/** An account that is neither on the project nor a site admin is refused, whether the project exists or not. */
async function projectOn(hub: Hub, id: string): Promise<SeenProject | undefined> {
  const [row] = await hub.projects.get({ all: true, projectId: id, fields: ['project_id', 'title', 'users'] })
  return row && { title: row.title ?? '', owners: ownersAmong(row.users) }
}

type Users = Readonly<Record<string, { group?: string }>>

function ownersAmong(users: Users | null | undefined): string[] {
  return Object.entries(users ?? {}).flatMap(([account, { group }]) => (group === 'owner' ? [account] : []))
}

/** The e-mail address of an account that was given this name: lower case, because the search finds no others. */
export function emailOf(name: string): string {
  return `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}@example.org`
}

export async function recogniseAccount({ hub, me, database }: Viewer, { id, name }: Made): Promise<Recognition> {
  const account = database ? await accountIn(database, id) : await accountOn(hub, id, emailOf(name))
  if (!account) return GONE
  if (account.email !== emailOf(name)) return { doubt: 'it has another e-mail address' }
  if (account.firstName !== name) return { doubt: 'it has another first name' }
  if (account.givenBy !== undefined && account.givenBy !== me) return { doubt: 'another account has given it' }
  const others = database ? await database.count(OTHER_PROJECTS_OF, [id]) : 0
  return others === 0 ? OURS : { doubt: `it owns projects besides its first one: ${others}` }
}

interface SeenAccount {
  email: string | null
  firstName: string | null
  /** Absent where the account that created it is unknown. */
  givenBy?: string | null
}

async function accountIn(database: Database, id: string): Promise<SeenAccount | undefined> {
  const owner = database.has('accounts', 'owner_id')
  const [row] = await database.rows<{ email_address: string | null; first_name: string | null; owner_id?: string | null }>(
    `SELECT email_address, first_name${owner ? ', owner_id::text AS owner_id' : ''} FROM public.accounts WHERE account_id = $1::uuid`,
    [id],
  )
  return row && { email: row.email_address, firstName: row.first_name, ...(owner ? { givenBy: row.owner_id ?? null } : {}) }
}

async function accountOn(hub: Hub, id: string, email: string): Promise<SeenAccount | undefined> {
  const same = (await hub.system.userSearch(email)).find(({ account_id }) => account_id === id)
  if (same) return { email, firstName: same.first_name }
  const [other] = await hub.system.userSearch(id)
  return other && { email: null, firstName: other.first_name }
}

export async function recogniseOrganization({ hub, database }: Viewer, { id, name }: Made): Promise<Recognition> {
  if (!database) return (await isOrganization(hub, name)) ? OURS : GONE
  const [row] = await database.rows<{ name: string | null }>(
    'SELECT name FROM public.organizations WHERE organization_id = $1::uuid',
    [id],
  )
  if (!row) return GONE
  return row.name === name ? OURS : { doubt: `it is called "${row.name}"` }
}

export async function isOrganization(hub: Hub, name: string): Promise<boolean> {
  try {
    await hub.org.get(name)
    return true
  } catch (error) {
    if (error instanceof ApiError && /no org named/.test(error.failure.says ?? '')) return false
    throw error
  }
}

export async function recogniseMessage({ hub, me, database }: Viewer, { id, name }: Made): Promise<Recognition> {
  const message = database ? await messageIn(database, id) : await messageOn(hub, id)
  if (!message) return GONE
  if (message.from_id !== me) return { doubt: `the message number ${id} is another account's` }
  return message.subject === name ? OURS : { doubt: `the message number ${id} has another subject` }
}

interface SeenMessage {
  from_id: string
  subject: string
}

async function messageIn(database: Database, id: string): Promise<SeenMessage | undefined> {
  const sql = 'SELECT from_id::text AS from_id, subject FROM public.messages WHERE id = $1::int'
  return (await database.rows<SeenMessage & Record<string, string>>(sql, [id]))[0]
}

async function messageOn(hub: Hub, id: string): Promise<SeenMessage | undefined> {
  const sent = await hub.messages.get({ type: 'sent', limit: MOST_MESSAGES })
  const found = sent.find((message) => String(message.id) === id)
  if (!found && sent.length === MOST_MESSAGES) throw new Error(`the message number ${id} is not among the latest that were sent`)
  return found
}

/** @param tokens the tokens this process has created, by fingerprint; no call returns a token again */
export async function recogniseToken(
  { me, database, tokens }: Viewer & { tokens: ReadonlyMap<string, string> },
  { id, name, data }: Made,
): Promise<Recognition> {
  if (!database) return tokens.has(id) ? OURS : { doubt: 'only the database shows whether it exists' }
  const [row] = await database.rows<{ created_by: string | null; first_name: string | null }>(
    `SELECT created_by::text AS created_by,
       (SELECT first_name FROM public.accounts WHERE accounts.account_id = auth_tokens.account_id) AS first_name
     FROM public.auth_tokens WHERE account_id = $1::uuid AND ${FINGERPRINT} = $2`,
    [data.for ?? '', id],
  )
  if (!row) return GONE
  if (row.created_by !== me) return { doubt: 'another account has got it' }
  return name === tokenName(row.first_name ?? '') ? OURS : { doubt: 'it signs in as an account that is not of the run' }
}

/** The name in the journal of a token for an account with this first name, which contains the run id. */
export function tokenName(firstName: string): string {
  return `pass for ${firstName}`
}

/** An account that existed before the run: its organization must be the one to which the run moved it. */
export async function recogniseMembership({ hub }: Viewer, { id, data }: Made): Promise<Recognition> {
  const { organization = '', before = '' } = data
  if (!RUN_ID.test(organization)) return { doubt: `"${organization}" is no organization of a run` }
  const now = await organizationOf(hub, id)
  if (now === organization) return OURS
  return now === before ? GONE : { doubt: `the account is in ${now ? `"${now}"` : 'no organization'} by now` }
}

/** The name of an account's organization, which only a site admin can read; empty where it has none. */
export async function organizationOf(hub: Hub, accountId: string): Promise<string> {
  const { accounts } = await hub.db.query({ accounts: { org: null } }, [{ account_id: accountId }])
  return (accounts as { org?: string | null } | undefined)?.org ?? ''
}

export async function recogniseKey({ hub }: Viewer, { id, name }: Made): Promise<Recognition> {
  const key = (await hub.system.keys()).find((one) => String(one.id) === id)
  if (!key) return GONE
  return key.name === name ? OURS : { doubt: `the key number ${id} has another name` }
}
