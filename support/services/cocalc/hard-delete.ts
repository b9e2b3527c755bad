import type { Database, Statements } from './database'

/** How many rows went, by what they were. */
export interface Removed {
  /** 0 where it was gone already. */
  rows: number
  /** Projects an account had of its own, such as its first. */
  ownProjects: number
}

/** One project, and what CoCalc noted about it: its log, its keys, what was computed in it. */
export function removeProject(database: Database, id: string): Promise<Removed> {
  return database.transaction(async (statements) => {
    await removeTraces(statements, id)
    return { rows: await statements.run('DELETE FROM projects WHERE project_id = $1', [id]), ownProjects: 0 }
  })
}

/**
 * One account, in this order: the projects it alone owns, its places in organizations and in projects of others, its messages, keys
 * and tokens, itself. A project that somebody else owns as well stays theirs.
 */
export function removeAccount(database: Database, id: string): Promise<Removed> {
  return database.transaction(async (statements) => {
    const own = await statements.ids(`SELECT project_id AS id FROM projects WHERE ${SOLE_OWNER}`, [id])
    for (const project of own) await removeTraces(statements, project)
    const ownProjects = await statements.run(`DELETE FROM projects WHERE ${SOLE_OWNER}`, [id])
    await leaveOrganizations(statements, id)
    await statements.run('UPDATE projects SET users = users - $1::text WHERE users ? $1::text', [id])
    await removeCorrespondence(statements, id)
    await removeAccess(statements, id)
    return { rows: await statements.run('DELETE FROM accounts WHERE account_id = $1::uuid', [id]), ownProjects }
  })
}

export function removeOrganization(database: Database, name: string): Promise<Removed> {
  return database.transaction(async (statements) => {
    return { rows: await statements.run('DELETE FROM organizations WHERE name = $1', [name]), ownProjects: 0 }
  })
}

export function removeMessage(database: Database, id: string): Promise<Removed> {
  return database.transaction(async (statements) => {
    return { rows: await statements.run('DELETE FROM messages WHERE id = $1::int', [id]), ownProjects: 0 }
  })
}

export function removeTokensOf(database: Database, accountId: string): Promise<Removed> {
  return database.transaction(async (statements) => {
    return { rows: await statements.run('DELETE FROM auth_tokens WHERE account_id = $1::uuid', [accountId]), ownProjects: 0 }
  })
}

/** Projects of an account that came into being when it was gone already: the server makes the first one in the background. */
export function removeLateProjects(database: Database, accountId: string): Promise<number> {
  return database.transaction((statements) => statements.run(`DELETE FROM projects WHERE ${SOLE_OWNER}`, [accountId]))
}

/** By the key first, for which a large site has an index. */
const SOLE_OWNER = `users ? $1::text AND users#>>ARRAY[$1::text,'group'] = 'owner' AND NOT EXISTS (
  SELECT 1 FROM jsonb_each(users) AS other WHERE other.key <> $1::text AND other.value->>'group' = 'owner')`

async function removeTraces(statements: Statements, project: string): Promise<void> {
  const of = [project]
  const logsResults = statements.has('jupyter_api_log', 'project_id', 'hash')
  if (logsResults && statements.has('jupyter_api_cache', 'hash'))
    await statements.run(
      'DELETE FROM jupyter_api_cache WHERE hash IN (SELECT hash FROM jupyter_api_log WHERE project_id = $1::uuid)',
      of,
    )
  for (const table of ['jupyter_api_log', 'project_log', 'api_keys']) {
    if (statements.has(table, 'project_id')) await statements.run(`DELETE FROM ${table} WHERE project_id = $1::uuid`, of)
  }
}

/** By the list of admins as well: the `users` of an organization, where one would look for them, are never written by the API. */
async function leaveOrganizations(statements: Statements, id: string): Promise<void> {
  if (statements.has('organizations', 'admin_account_ids'))
    await statements.run(
      `UPDATE organizations SET admin_account_ids = array_remove(admin_account_ids, $1::uuid) WHERE $1::uuid = ANY(admin_account_ids)`,
      [id],
    )
  if (statements.has('organizations', 'users'))
    await statements.run('UPDATE organizations SET users = users - $1::text WHERE users ? $1::text', [id])
}

/** What it wrote; what others wrote to it is theirs. */
async function removeCorrespondence(statements: Statements, id: string): Promise<void> {
  if (statements.has('messages', 'from_id')) await statements.run('DELETE FROM messages WHERE from_id = $1::uuid', [id])
}

async function removeAccess(statements: Statements, id: string): Promise<void> {
  if (statements.has('api_keys', 'account_id')) await statements.run('DELETE FROM api_keys WHERE account_id = $1::uuid', [id])
  if (statements.has('auth_tokens', 'account_id'))
    await statements.run('DELETE FROM auth_tokens WHERE account_id = $1::uuid', [id])
  if (statements.has('central_log', 'event', 'value'))
    await statements.run(`DELETE FROM central_log WHERE event = 'auth-token' AND position($1::text in value::text) > 0`, [id])
}
