import type { HubCall } from './context'
import type { Db } from './database'
import { isUuid } from './values'

export const BAD_IDS = "invalid account_id or project_id -- all must be valid uuid's"

export async function isSiteAdmin(db: Db, accountId: string): Promise<boolean> {
  return (await db.query(`SELECT 1 FROM accounts WHERE account_id = $1 AND 'admin' = ANY("groups")`, [accountId])).length > 0
}

/** Owner or collaborator. @throws where an id is no uuid */
export async function isMember(db: Db, accountId: string, projectId: unknown): Promise<boolean> {
  if (!isUuid(projectId)) throw new Error(BAD_IDS)
  return (await groupOf(db, accountId, projectId)) !== undefined
}

export async function groupOf(db: Db, accountId: string, projectId: string): Promise<string | undefined> {
  const [row] = await db.query<{ group: string }>(
    `SELECT users#>>ARRAY[$2,'group'] AS "group" FROM projects WHERE project_id = $1`,
    [projectId, accountId],
  )
  return ['owner', 'collaborator'].includes(row?.group ?? '') ? row?.group : undefined
}

/**
 * The check at the start of every hub function that works on a project.
 * @returns the id in lower case: callers may write it in any case
 * @param to ends the refusal: `start it`, `get state`
 */
export async function mustBeMember(db: Db, accountId: string, projectId: unknown, to: string): Promise<string> {
  if (!(await isMember(db, accountId, projectId))) throw new Error(`must be collaborator on project to ${to}`)
  return String(projectId).toLowerCase()
}

/** @throws unless the caller is a site admin or an admin of the organization */
export async function mustManage({ db, accountId }: HubCall, name: unknown): Promise<void> {
  const rows = await db.query('SELECT 1 FROM organizations WHERE name = $1 AND $2::uuid = ANY(admin_account_ids)', [
    name,
    accountId,
  ])
  if (rows.length === 0 && !(await isSiteAdmin(db, accountId)))
    throw new Error('user must be an admin of the organization or site-admin')
}
