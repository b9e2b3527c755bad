import type { Arguments, HubCall } from '../context'
import { SHOWN } from '../keys'
import { mustBeMember } from '../members'
import { text } from '../values'

/** Keys of the caller's account or, with a `project_id`, of a project they are on. */
export async function manageApiKeys(call: HubCall, args: Arguments): Promise<unknown> {
  const { project_id: projectId, action } = args
  if (projectId !== undefined)
    await mustBeMember(call, projectId, 'user must be collaborator on project to manage project_id api keys')
  if (action === 'get') return list(call, args)
  if (action === 'create') return [await create(call, args)]
  if (action === 'edit') return edit(call, args)
  if (action === 'delete') return remove(call, args)
  throw new Error(`unknown action=${String(action)}`)
}

/** Only rows of this owner are ever touched. */
function owned({ accountId }: HubCall, { project_id }: Arguments): { where: string; values: unknown[] } {
  return project_id === undefined
    ? { where: 'account_id = $1 AND project_id IS NULL', values: [accountId] }
    : { where: 'project_id = $1', values: [project_id] }
}

function list(call: HubCall, args: Arguments): Promise<unknown> {
  const { where, values } = owned(call, args)
  const [one, id] = args.id === undefined ? ['', []] : [' AND id = $2', [args.id]]
  const sql = `SELECT ${SHOWN} FROM api_keys WHERE ${where}${one} ORDER BY created DESC, id DESC`
  return call.db.query(sql, [...values, ...id])
}

async function create({ cocalc, db, accountId }: HubCall, args: Arguments): Promise<unknown> {
  const [projectId, name, expire] = [text(args.project_id), text(args.name), text(args.expire)]
  const { project_id: _project, ...shown } = await cocalc.keys.make(db, { accountId, projectId, name, expire })
  return shown
}

async function edit(call: HubCall, args: Arguments): Promise<void> {
  const { where, values } = owned(call, args)
  await call.db.query(
    `UPDATE api_keys SET name = coalesce($3, name), expire = coalesce($4::timestamp, expire) WHERE ${where} AND id = $2`,
    [...values, args.id, args.name ?? null, args.expire ?? null],
  )
}

async function remove(call: HubCall, args: Arguments): Promise<void> {
  const { where, values } = owned(call, args)
  await call.db.query(`DELETE FROM api_keys WHERE ${where} AND id = $2`, [...values, args.id])
}
