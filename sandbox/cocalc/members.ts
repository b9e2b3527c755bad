import type { HubCall } from './context'
import type { Db } from './database'
import { isUuid } from './values'

type Caller = Pick<HubCall, 'db' | 'accountId'>

export const BAD_IDS = "invalid account_id or project_id -- all must be valid uuid's"

export async function isSiteAdmin({ db, accountId }: Caller): Promise<boolean> {
  return (await db.sql`SELECT 1 FROM accounts WHERE account_id = ${accountId} AND 'admin' = ANY("groups")`).length > 0
}

/** @throws with this text unless the caller is a site admin */
export async function mustBeSiteAdmin(caller: Caller, refusal: string): Promise<void> {
  if (!(await isSiteAdmin(caller))) throw new Error(refusal)
}

/** `owner` or `collaborator`; undefined for anyone else. */
export async function groupOf(db: Db, accountId: string, projectId: string): Promise<string | undefined> {
  const [row] = await db.sql<{ group: string }>`
    SELECT users#>>ARRAY[${accountId},'group'] AS "group" FROM projects WHERE project_id = ${projectId}`
  return ['owner', 'collaborator'].includes(row?.group ?? '') ? row?.group : undefined
}

/**
 * The check at the start of every hub function that works on a project.
 * @returns the id in lower case: callers may write it in any case
 * @throws with this text unless the caller is an owner or collaborator
 */
export async function mustBeMember({ db, accountId }: Caller, projectId: unknown, refusal: string): Promise<string> {
  if (!isUuid(projectId)) throw new Error(BAD_IDS)
  if (!(await groupOf(db, accountId, projectId))) throw new Error(refusal)
  return projectId.toLowerCase()
}

/** Whether an account is an admin of an organization. */
export async function isOrgAdmin(db: Db, name: unknown, accountId: string): Promise<boolean> {
  const rows = await db.sql`
    SELECT 1 FROM organizations WHERE name = ${name} AND ${accountId}::uuid = ANY(admin_account_ids)`
  return rows.length > 0
}

/** @throws unless the caller is a site admin or an admin of the organization */
export async function mustManage(call: HubCall, name: unknown): Promise<void> {
  if (await isOrgAdmin(call.db, name, call.accountId)) return
  await mustBeSiteAdmin(call, 'user must be an admin of the organization or site-admin')
}
