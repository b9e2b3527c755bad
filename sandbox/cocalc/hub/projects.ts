import { randomUUID } from 'node:crypto'
import type { Arguments, HubCall, HubFunctions } from '../context'
import { type Db, json } from '../database'
import { fatal } from '../errors'
import { groupOf, isSiteAdmin, mustBeMember } from '../members'
import type { ProjectHost } from '../project/host'
import { isUuid, text } from '../values'
import { addCollaborator, changeUserType, inviteCollaborator, removeCollaborator } from './collaborators'
import { copyPathBetweenProjects } from './copy-path'

export const projects: HubFunctions = {
  createProject: { run: createProject },
  start: { run: start },
  stop: { run: stop },
  touch: { run: touch },
  state: { run: state },
  status: { run: status },
  deleteProject: { run: deleteProject },
  addCollaborator: { run: addCollaborator },
  inviteCollaborator: { run: inviteCollaborator },
  removeCollaborator: { run: removeCollaborator },
  setQuotas: { run: setQuotas },
  changeUserType: { run: changeUserType },
  copyPathBetweenProjects: { run: copyPathBetweenProjects },
}

const IMAGE = 'ubuntu2404'

interface NewProject {
  title: unknown
  description: unknown
  projectId?: string
  licenses?: string[]
  image?: string
  ephemeral?: number
}

/** Stores the row, creates the folder, and stores the state. @returns the project's id */
export async function insertProject(db: Db, host: ProjectHost, owner: string, options: NewProject): Promise<string> {
  const { projectId = randomUUID(), licenses = [], image = IMAGE } = options
  const siteLicense = licenses.length > 0 ? json(Object.fromEntries(licenses.map((id) => [id, {}]))) : null
  await db.query(
    `INSERT INTO projects (project_id, title, description, users, created, last_edited, compute_image, site_license, ephemeral, state)
     VALUES ($1, $2, $3, $4, now(), now(), $5, $6, $7, $8)`,
    [
      projectId,
      options.title,
      options.description,
      json({ [owner]: { group: 'owner' } }),
      image,
      siteLicense,
      options.ephemeral ?? null,
      json(host.state(projectId)),
    ],
  )
  return projectId
}

async function createProject(call: HubCall, args: Arguments): Promise<string> {
  const { cocalc, db, accountId } = call
  const wanted = text(args.project_id)?.toLowerCase()
  if (wanted !== undefined && !(await isSiteAdmin(db, accountId))) throw new Error('only admins can specify the project_id')
  const projectId = await insertProject(db, cocalc.host, accountId, {
    title: args.title ?? 'No Title',
    description: args.description ?? '',
    licenses: (text(args.license) ?? '').split(',').filter(isUuid),
    ...(wanted === undefined ? {} : { projectId: wanted }),
    ...(typeof args.image === 'string' ? { image: args.image } : {}),
    ...(typeof args.ephemeral === 'number' ? { ephemeral: args.ephemeral } : {}),
  })
  if (args.start) call.later(() => cocalc.host.start(projectId))
  return projectId
}

async function start({ cocalc, db, accountId }: HubCall, { project_id }: Arguments): Promise<null> {
  await cocalc.host.requestStart(await mustBeMember(db, accountId, project_id, 'start it'))
  return null
}

async function stop({ cocalc, db, accountId }: HubCall, { project_id }: Arguments): Promise<null> {
  await cocalc.host.requestStop(await mustBeMember(db, accountId, project_id, 'stop it'))
  return null
}

/** Records the activity and starts the project. */
async function touch({ cocalc, db, accountId }: HubCall, { project_id }: Arguments): Promise<null> {
  const id = await mustBeMember(db, accountId, project_id, 'touch it')
  await cocalc.host.start(id)
  await recordActivity(db, id, accountId)
  return null
}

export async function recordActivity(db: Db, projectId: string, accountId: string): Promise<void> {
  await db.query(
    `UPDATE projects SET last_edited = now(),
       last_active = coalesce(last_active, '{}') || jsonb_build_object($2::text, to_char(now(), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
     WHERE project_id = $1`,
    [projectId, accountId],
  )
  await db.query('UPDATE accounts SET last_active = now() WHERE account_id = $1', [accountId])
}

async function state({ cocalc, db, accountId, moment }: HubCall, { project_id }: Arguments): Promise<unknown> {
  const id = await mustBeMember(db, accountId, project_id, 'get state')
  return moment?.states.get(id) ?? cocalc.host.state(id)
}

async function status({ cocalc, db, accountId }: HubCall, { project_id }: Arguments): Promise<unknown> {
  return cocalc.host.status(await mustBeMember(db, accountId, project_id, 'get status'))
}

/** Only marks it: the row and the files stay, and it can still be read, started and undeleted. */
async function deleteProject({ cocalc, db, accountId }: HubCall, args: Arguments): Promise<null> {
  if (!isUuid(args.project_id)) throw new Error('project_id must be a valid UUID')
  const project_id = args.project_id.toLowerCase()
  if (!(await groupOf(db, accountId, project_id)) && !(await isSiteAdmin(db, accountId)))
    throw new Error('must be an owner to delete a project')
  const rows = await db.query('SELECT 1 FROM projects WHERE project_id = $1', [project_id])
  if (rows.length === 0) throw fatal(`unknown project_id '${project_id}'`)
  await cocalc.host.requestStop(project_id)
  await db.query('UPDATE projects SET deleted = true, site_license = $2 WHERE project_id = $1', [project_id, '{}'])
  return null
}

/** For site admins: stores the given quotas in the project's settings. */
async function setQuotas({ db, accountId }: HubCall, { project_id, account_id: _caller, ...quotas }: Arguments): Promise<null> {
  if (!(await isSiteAdmin(db, accountId))) throw new Error('must be an admin')
  await db.query(`UPDATE projects SET settings = coalesce(settings, '{}') || $2 WHERE project_id = $1`, [
    project_id,
    json(quotas),
  ])
  return null
}
