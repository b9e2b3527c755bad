import { randomUUID } from 'node:crypto'
import type { Arguments, HubCall, HubFunctions } from '../context'
import { type Db, json } from '../database'
import { fatal } from '../errors'
import { groupOf, mustBeMember, mustBeSiteAdmin } from '../members'
import type { ProjectHost } from '../project/host'
import { isUuid, text } from '../values'
import { addCollaborator, changeUserType, inviteCollaborator, removeCollaborator } from './collaborators'
import { copyPathBetweenProjects } from './copy-path'

export const projects: HubFunctions = {
  createProject,
  start,
  stop,
  touch,
  state,
  status,
  deleteProject,
  addCollaborator,
  inviteCollaborator,
  removeCollaborator,
  setQuotas,
  changeUserType,
  copyPathBetweenProjects,
}

const IMAGE = 'ubuntu2404'

interface NewProject {
  title: unknown
  description: unknown
  projectId?: string | undefined
  licenses?: string[]
  image?: string | undefined
  ephemeral?: number | undefined
}

/** Stores the row, creates the folder, and stores the state. @returns the project's id */
export async function insertProject(db: Db, host: ProjectHost, owner: string, options: NewProject): Promise<string> {
  const { title, description, projectId = randomUUID(), licenses = [], image = IMAGE, ephemeral } = options
  const users = json({ [owner]: { group: 'owner' } })
  const siteLicense = licenses.length > 0 ? json(Object.fromEntries(licenses.map((id) => [id, {}]))) : null
  await db.sql`
    INSERT INTO projects (project_id, title, description, users, created, last_edited, compute_image, site_license, ephemeral, state)
    VALUES (${projectId}, ${title}, ${description}, ${users}, now(), now(), ${image}, ${siteLicense}, ${ephemeral},
      ${json(host.state(projectId))})`
  return projectId
}

async function createProject(call: HubCall, args: Arguments): Promise<string> {
  const { cocalc, db, accountId } = call
  const projectId = text(args.project_id)?.toLowerCase()
  if (projectId !== undefined) await mustBeSiteAdmin(call, 'only admins can specify the project_id')
  const id = await insertProject(db, cocalc.host, accountId, {
    title: args.title ?? 'No Title',
    description: args.description ?? '',
    licenses: (text(args.license) ?? '').split(',').filter(isUuid),
    projectId,
    image: text(args.image),
    ephemeral: typeof args.ephemeral === 'number' ? args.ephemeral : undefined,
  })
  if (args.start) call.later(() => cocalc.host.start(id))
  return id
}

async function start(call: HubCall, { project_id }: Arguments): Promise<void> {
  await call.cocalc.host.request('start', await mustBeMember(call, project_id, 'must be collaborator on project to start it'))
}

async function stop(call: HubCall, { project_id }: Arguments): Promise<void> {
  await call.cocalc.host.request('stop', await mustBeMember(call, project_id, 'must be collaborator on project to stop it'))
}

/** Records the activity and starts the project. */
async function touch(call: HubCall, { project_id }: Arguments): Promise<void> {
  const id = await mustBeMember(call, project_id, 'must be collaborator on project to touch it')
  await call.cocalc.host.start(id)
  await recordActivity(call.db, id, call.accountId)
}

export async function recordActivity(db: Db, projectId: string, accountId: string): Promise<void> {
  await db.sql`
    UPDATE projects SET last_edited = now(), last_active = coalesce(last_active, '{}')
      || jsonb_build_object(${accountId}::text, to_char(now(), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    WHERE project_id = ${projectId}`
  await db.sql`UPDATE accounts SET last_active = now() WHERE account_id = ${accountId}`
}

async function state(call: HubCall, { project_id }: Arguments): Promise<unknown> {
  const id = await mustBeMember(call, project_id, 'must be collaborator on project to get state')
  return call.moment?.states.get(id) ?? call.cocalc.host.state(id)
}

async function status(call: HubCall, { project_id }: Arguments): Promise<unknown> {
  return call.cocalc.host.status(await mustBeMember(call, project_id, 'must be collaborator on project to get status'))
}

/** Only marks it: the row and the files stay, and it can still be read, started and undeleted. */
async function deleteProject(call: HubCall, args: Arguments): Promise<void> {
  const { cocalc, db, accountId } = call
  if (!isUuid(args.project_id)) throw new Error('project_id must be a valid UUID')
  const id = args.project_id.toLowerCase()
  if (!(await groupOf(db, accountId, id))) await mustBeSiteAdmin(call, 'must be an owner to delete a project')
  const rows = await db.sql`SELECT 1 FROM projects WHERE project_id = ${id}`
  if (rows.length === 0) throw fatal(`unknown project_id '${id}'`)
  await cocalc.host.request('stop', id)
  await db.sql`UPDATE projects SET deleted = true, site_license = '{}' WHERE project_id = ${id}`
}

/** For site admins: stores the given quotas in the project's settings. */
async function setQuotas(call: HubCall, { project_id, account_id: _caller, ...quotas }: Arguments): Promise<void> {
  await mustBeSiteAdmin(call, 'must be an admin')
  await call.db.sql`UPDATE projects SET settings = coalesce(settings, '{}') || ${json(quotas)} WHERE project_id = ${project_id}`
}
