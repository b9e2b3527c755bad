import { randomUUID } from 'node:crypto'
import type { Arguments, HubCall } from '../context'
import { json } from '../database'
import { cannotRead, OwnershipError } from '../errors'
import { groupOf, isSiteAdmin } from '../members'
import { isRecord, isUuid, list } from '../values'

interface Members {
  users: Record<string, { group?: string }> | null
  manage_users_owner_only: boolean | null
}

function optionsIn(args: Arguments): Arguments {
  if (!isRecord(args.opts)) throw cannotRead('project_id')
  return args.opts
}

async function membersOf({ db }: HubCall, projectId: string): Promise<Members> {
  const [row] = await db.sql<Members>`SELECT users, manage_users_owner_only FROM projects WHERE project_id = ${projectId}`
  if (!row) throw new OwnershipError('Project not found')
  return row
}

/** Accounts and projects pair by pair; or accounts by an invitation's token. Existing collaborators are not changed. */
export async function addCollaborator(call: HubCall, args: Arguments): Promise<{ project_id: unknown }> {
  const opts = optionsIn(args)
  const accounts = list(opts.account_id)
  if (opts.token_id !== undefined) return byToken(call, opts.token_id, accounts)
  const projects = list(opts.project_id)
  if (accounts.length !== projects.length)
    throw new Error(
      `accounts (of length ${accounts.length}) and projects (of length ${projects.length}) must be arrays of the same length`,
    )
  for (const id of accounts) {
    if (!isUuid(id)) throw new Error(`all account id's must be valid uuid's, but "${String(id)}" is not`)
  }
  for (const id of projects) if (!isUuid(id)) throw new Error(`Invalid project_id: ${String(id)}`)
  for (const id of new Set(projects.map(String))) await mustManageUsers(call, id)
  for (const [at, id] of projects.entries()) await join(call, String(id), String(accounts[at]))
  return { project_id: projects }
}

/** An invited user who has an account becomes a collaborator at once. */
export async function inviteCollaborator(call: HubCall, args: Arguments): Promise<void> {
  await addCollaborator(call, args)
}

async function mustManageUsers(call: HubCall, projectId: string): Promise<void> {
  const { users, manage_users_owner_only } = await membersOf(call, projectId)
  const own = users?.[call.accountId]?.group
  const admin = await isSiteAdmin(call)
  if (!own && !admin) throw new Error(`user ${call.accountId} does not have write access to project ${projectId}`)
  if (manage_users_owner_only && own !== 'owner' && !admin)
    throw new OwnershipError('Only owners can manage collaborators when this setting is enabled')
}

async function byToken(call: HubCall, token: unknown, accounts: unknown[]): Promise<{ project_id: unknown }> {
  const ids: string[] = []
  for (const [at, one] of list(token).entries()) {
    const [row] = await call.db.sql<{ project_id: string }>`
      UPDATE project_invite_tokens SET counter = coalesce(counter, 0) + 1 WHERE token = ${one}
      AND (expires IS NULL OR expires > now()) AND (usage_limit IS NULL OR coalesce(counter, 0) < usage_limit) RETURNING project_id`
    if (!row) throw new Error(`project invite token '${String(one)}' does not exist or is used up`)
    await join(call, row.project_id, String(accounts[at] ?? accounts[0]))
    ids.push(row.project_id)
  }
  return { project_id: Array.isArray(token) ? ids : ids[0] }
}

async function join(call: HubCall, projectId: string, accountId: string): Promise<void> {
  if (await groupOf(call.db, accountId, projectId)) return
  await call.db.sql`UPDATE projects SET users = coalesce(users, '{}')
    || jsonb_build_object(${accountId}::text, '{"group":"collaborator"}'::jsonb) WHERE project_id = ${projectId}`
  await note(call, projectId, { event: 'invite_user', invitee_account_id: accountId })
}

/** Allowed for every collaborator; refused for anyone else, site admins included. */
export async function removeCollaborator(call: HubCall, args: Arguments): Promise<void> {
  const { project_id: projectId, account_id: accountId } = optionsIn(args)
  if (!isUuid(projectId) || !(await groupOf(call.db, call.accountId, projectId))) throw new Error('user must be a collaborator')
  const { users } = await membersOf(call, projectId)
  const target = users?.[String(accountId)]
  if (target?.group === 'owner') throw new OwnershipError('Cannot remove an owner. Demote to collaborator first.')
  if (!target) return
  await call.db.sql`UPDATE projects SET users = users - ${accountId}::text WHERE project_id = ${projectId}`
  await note(call, projectId, { event: 'remove_collaborator', removed_account_id: accountId })
}

export async function changeUserType(call: HubCall, args: Arguments): Promise<void> {
  const { project_id: projectId, target_account_id: target, new_group: group } = optionsIn(args)
  if (!isUuid(projectId)) throw new Error(`Invalid project_id: ${String(projectId)}`)
  const { users } = await membersOf(call, projectId)
  if (users?.[call.accountId]?.group !== 'owner' && !(await isSiteAdmin(call)))
    throw new OwnershipError('Only owners can change collaborator types')
  const owners = Object.entries(users ?? {}).filter(([, user]) => user.group === 'owner')
  if (group === 'collaborator' && owners.length === 1 && owners[0]?.[0] === target)
    throw new OwnershipError('Cannot change the last owner to collaborator. At least one owner is required.')
  await call.db.sql`UPDATE projects SET users = jsonb_set(users, ARRAY[${target}, 'group'], to_jsonb(${group}::text))
    WHERE project_id = ${projectId}`
}

async function note({ db, accountId }: HubCall, projectId: string, event: object): Promise<void> {
  await db.sql`INSERT INTO project_log (id, project_id, account_id, "time", event)
    VALUES (${randomUUID()}, ${projectId}, ${accountId}, now(), ${json(event)})`
}
