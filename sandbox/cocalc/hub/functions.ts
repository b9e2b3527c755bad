import type { Arguments, HubCall, HubFunctions } from '../context'
import { mustBeMember } from '../members'
import { userQuery } from '../query/user-query'
import { jupyter } from './jupyter'
import { messages } from './messages'
import { org } from './org'
import { projects, recordActivity } from './projects'
import { system } from './system'

const db: HubFunctions = { userQuery: (call, { query, options }) => userQuery(call, query, options), touch }
const sync: HubFunctions = { history }
/** By group and name. */
export const HUB: Readonly<Record<string, HubFunctions>> = { system, projects, jupyter, sync, db, messages, org }

async function touch(call: HubCall, { project_id }: Arguments): Promise<void> {
  const { db, accountId } = call
  if (project_id === undefined) await db.sql`UPDATE accounts SET last_active = now() WHERE account_id = ${accountId}`
  else await recordActivity(db, await mustBeMember(call, project_id, 'user must be a collaborator'), accountId)
}

/** No editor has ever opened a file here, so no file has a history; it is not checked that the file exists. */
async function history(call: HubCall, { project_id, path }: Arguments): Promise<unknown> {
  await mustBeMember(call, project_id, 'user must be collaborator on source project')
  if (!path) throw new Error('one of string_id or both project_id and path must be given')
  return { patches: [], info: {} }
}
