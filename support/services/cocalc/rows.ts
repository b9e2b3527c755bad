import type { Database, Statements } from './database'

/** A row that a run has created: its id, and the values that the run stored in it. All must match before it is removed. */
export interface MadeProject {
  id: string
  title: string
  owner: string
}

export interface MadeAccount {
  id: string
  email: string
  firstName: string
  /** The account that created it. */
  givenBy: string
}

export interface MadeOrganization {
  id: string
  name: string
}

export interface MadeMessage {
  id: string
  sender: string
  subject: string
}

export interface MadeToken {
  /** SHA-256 of the token, in hex. */
  fingerprint: string
  account: string
  givenBy: string
}

/** Numbers of removed rows, by kind. */
export interface Removed {
  /** 0 where there was no such row. */
  rows: number
  /** First projects that were removed with an account. */
  firstProjects: number
}

/** The server makes one for each new account, in the background. */
const FIRST_PROJECT = 'My First Project'
/** The account is the only one on it. Filtered by key first, for which a large site has an index. */
const FIRST_PROJECT_OF = `users ? $1::text AND users#>>ARRAY[$1::text,'group'] = 'owner' AND users - $1::text = '{}'::jsonb
  AND title = '${FIRST_PROJECT}'`
/** Projects of a new account that are not the first one the server gives it. */
export const OTHER_PROJECTS_OF = `public.projects WHERE users ? $1::text AND users#>>ARRAY[$1::text,'group'] = 'owner'
  AND NOT (${FIRST_PROJECT_OF})`

export const FINGERPRINT = `encode(sha256(convert_to(auth_token::text, 'UTF8')), 'hex')`

/** One project with its log, its keys and its cached executions. */
export function removeProject(database: Database, { id, title, owner }: MadeProject): Promise<Removed> {
  return database.transaction(async (statements) => {
    const ours = `project_id = $1::uuid AND title = $2 AND users#>>ARRAY[$3::text,'group'] = 'owner'`
    const values = [id, title, owner]
    const [found] = await statements.ids(`SELECT project_id::text AS id FROM public.projects WHERE ${ours} FOR UPDATE`, values)
    if (found === undefined) return NOTHING
    await removeTraces(statements, found)
    return { rows: await statements.run(`DELETE FROM public.projects WHERE ${ours}`, values), firstProjects: 0 }
  })
}

/**
 * One account, in this order: its first project, its memberships in organizations and in others' projects, its messages, keys and
 * tokens, the account itself.
 */
export function removeAccount(database: Database, made: MadeAccount): Promise<Removed> {
  return database.transaction(async (statements) => {
    const { where, values } = accountCondition(statements, made)
    const [id] = await statements.ids(`SELECT account_id::text AS id FROM public.accounts WHERE ${where} FOR UPDATE`, values)
    if (id === undefined) return NOTHING
    const firstProjects = await removeFirstProjects(statements, id)
    await leaveOrganizations(statements, id)
    await statements.run('UPDATE public.projects SET users = users - $1::text WHERE users ? $1::text', [id])
    await removeCorrespondence(statements, id)
    await removeAccess(statements, id)
    return { rows: await statements.run(`DELETE FROM public.accounts WHERE ${where}`, values), firstProjects }
  })
}

function accountCondition({ has }: Statements, { id, email, firstName, givenBy }: MadeAccount) {
  const where = 'account_id = $1::uuid AND email_address = $2 AND first_name = $3'
  const values = [id, email, firstName]
  return has('accounts', 'owner_id')
    ? { where: `${where} AND owner_id = $4::uuid`, values: [...values, givenBy] }
    : { where, values }
}

export function removeOrganization(database: Database, { id, name }: MadeOrganization): Promise<Removed> {
  return removeOne(database, 'public.organizations WHERE organization_id = $1::uuid AND name = $2', [id, name])
}

export function removeMessage(database: Database, { id, sender, subject }: MadeMessage): Promise<Removed> {
  return removeOne(database, 'public.messages WHERE id = $1::int AND from_id = $2::uuid AND subject = $3', [id, sender, subject])
}

export function removeToken(database: Database, { fingerprint, account, givenBy }: MadeToken): Promise<Removed> {
  const where = `account_id = $1::uuid AND created_by = $2::uuid AND ${FINGERPRINT} = $3`
  return removeOne(database, `public.auth_tokens WHERE ${where}`, [account, givenBy, fingerprint])
}

/** The first project that the server created after its account was removed. @param account one that the run has removed */
export function removeLateProject(database: Database, account: string): Promise<number> {
  return database.transaction(async (statements) => {
    const there = await statements.ids('SELECT account_id::text AS id FROM public.accounts WHERE account_id = $1::uuid', [
      account,
    ])
    return there.length > 0 ? 0 : removeFirstProjects(statements, account)
  })
}

const NOTHING: Removed = { rows: 0, firstProjects: 0 }

function removeOne(database: Database, rows: string, values: readonly unknown[]): Promise<Removed> {
  return database.transaction(async (statements) => {
    return { rows: await statements.run(`DELETE FROM ${rows}`, values), firstProjects: 0 }
  })
}

async function removeFirstProjects(statements: Statements, account: string): Promise<number> {
  const own = `public.projects WHERE ${FIRST_PROJECT_OF}`
  for (const project of await statements.ids(`SELECT project_id::text AS id FROM ${own} FOR UPDATE`, [account]))
    await removeTraces(statements, project)
  return statements.run(`DELETE FROM ${own}`, [account])
}

/** Of a project that is known to be the run's. Executions that also ran in another project stay in the cache. */
async function removeTraces(statements: Statements, project: string): Promise<void> {
  const of = [project]
  const logsResults = statements.has('jupyter_api_log', 'project_id', 'hash')
  if (logsResults && statements.has('jupyter_api_cache', 'hash'))
    await statements.run(
      `DELETE FROM public.jupyter_api_cache AS cache
       WHERE EXISTS (SELECT 1 FROM public.jupyter_api_log AS log WHERE log.hash = cache.hash AND log.project_id = $1::uuid)
       AND NOT EXISTS (
         SELECT 1 FROM public.jupyter_api_log AS log WHERE log.hash = cache.hash AND log.project_id IS DISTINCT FROM $1::uuid)`,
      of,
    )
  for (const table of ['jupyter_api_log', 'project_log', 'api_keys']) {
    if (statements.has(table, 'project_id')) await statements.run(`DELETE FROM public.${table} WHERE project_id = $1::uuid`, of)
  }
}

/** Also from the list of admins: the API does not write the `users` of an organization. */
async function leaveOrganizations(statements: Statements, id: string): Promise<void> {
  if (statements.has('organizations', 'admin_account_ids'))
    await statements.run(
      `UPDATE public.organizations SET admin_account_ids = array_remove(admin_account_ids, $1::uuid)
       WHERE $1::uuid = ANY(admin_account_ids)`,
      [id],
    )
  if (statements.has('organizations', 'users'))
    await statements.run('UPDATE public.organizations SET users = users - $1::text WHERE users ? $1::text', [id])
}

/** Messages that it sent; messages of others to it are kept. */
async function removeCorrespondence(statements: Statements, id: string): Promise<void> {
  if (statements.has('messages', 'from_id')) await statements.run('DELETE FROM public.messages WHERE from_id = $1::uuid', [id])
}

/** Log entries about its sign-in tokens name it in a member of their own; one that mentions it anywhere else is not about it. */
async function removeAccess(statements: Statements, id: string): Promise<void> {
  if (statements.has('api_keys', 'account_id'))
    await statements.run('DELETE FROM public.api_keys WHERE account_id = $1::uuid', [id])
  if (statements.has('auth_tokens', 'account_id'))
    await statements.run('DELETE FROM public.auth_tokens WHERE account_id = $1::uuid', [id])
  if (statements.has('central_log', 'event', 'value'))
    await statements.run(
      `DELETE FROM public.central_log WHERE event = 'auth-token' AND $1::text = coalesce(value->>'user_account_id', value->>'account_id')`,
      [id],
    )
}
