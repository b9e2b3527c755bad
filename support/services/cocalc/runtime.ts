import type { ProbeLine, ServiceAccess, ServiceRuntime } from '../service'
import { check, isSiteAdmin } from './check'
import { cleanupFrom } from './cleanup-settings'
import { Hub } from './client/client'
import { removeLateProjects } from './hard-delete'
import { databaseOf } from './open-database'
import { ensurePython } from './python'
import { makeSharedProject } from './shared-project'
import { trackedIn } from './tracked'
import { type CocalcClients, undo } from './undo'

/** What a run needs of CoCalc beyond its description. */
export const runtime: ServiceRuntime<CocalcClients> = {
  undo,
  clients,
  shared: {
    project: (access) => makeSharedProject(access),
    python: (access, projectId) => ensurePython(access, projectId),
  },
  check,
  finish,
  probe,
}

export async function clients(access: ServiceAccess, by: string): Promise<CocalcClients> {
  const cleanup = cleanupFrom(access.setting)
  return { hub: await Hub.of(access, by), cleanup, database: await databaseOf(access), tokens: await tokensOf(access) }
}

/** Sign-in tokens got by this process, by account. */
export function tokensOf(access: ServiceAccess): Promise<Map<string, string>> {
  return access.connection(
    'tokens',
    async () => new Map<string, string>(),
    () => undefined,
  )
}

/** Counts what is left of what the run has tracked; what the server made late is removed first. */
async function finish(access: ServiceAccess): Promise<string[]> {
  const database = await databaseOf(access)
  const tracked = trackedIn(access.runId, access.service)
  const { project = [], account = [], organization = [], message = [] } = tracked
  if (!database || project.length + account.length + organization.length === 0) return []
  for (const id of account) await removeLateProjects(database, id)
  const left =
    (await database.count('projects WHERE project_id = ANY($1::uuid[])', [project])) +
    (await database.count('accounts WHERE account_id = ANY($1::uuid[])', [account])) +
    (await database.count('organizations WHERE name = ANY($1)', [organization])) +
    (await database.count('messages WHERE id = ANY($1::int[])', [message]))
  const made = `${project.length} projects, ${account.length} accounts, ${organization.length} organizations and ${message.length} messages`
  return [`CoCalc's database: of ${made} tracked, ${left === 0 ? 'no row is left' : `${left} rows are left`}`]
}

async function probe(access: ServiceAccess): Promise<ProbeLine[]> {
  const hub = await Hub.of(access, 'Ada')
  const { account_id } = await hub.system.test()
  const admin: ProbeLine = (await isSiteAdmin(hub))
    ? { ok: true, says: `the account ${account_id} is a site admin` }
    : { ok: false, says: `the account ${account_id} is no site admin: scenarios about accounts and organizations are skipped` }
  return [admin, cleanupLine(access)]
}

function cleanupLine(access: ServiceAccess): ProbeLine {
  const { kind } = cleanupFrom(access.setting)
  if (kind === 'database') return { ok: true, says: 'the clean-up reaches the database' }
  return {
    ok: false,
    says: 'nothing is removed from the database',
    toDo: 'set PGHOST, and COCALC_TESTS_CLEANUP to anything but false',
  }
}
