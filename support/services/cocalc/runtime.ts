import { ApiError, messageOf, UsageError } from '../../core/errors'
import type { ProbeLine, ServiceAccess, ServiceRuntime } from '../../core/service'
import { Bridge } from './bridge'
import { cleanupFrom } from './cleanup-settings'
import { Hub } from './client'
import { Database } from './database'
import { removeLateProjects } from './hard-delete'
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

/** One pool of connections for a process or worker. */
async function databaseOf(access: ServiceAccess): Promise<Database | undefined> {
  const cleanup = cleanupFrom(access.setting)
  if (cleanup.kind !== 'database') return undefined
  return access.keep(
    'database',
    () => Database.open(cleanup.login),
    (database) => database.close(),
  )
}

/** Sign-in tokens got by this process, by account. */
export function tokensOf(access: ServiceAccess): Promise<Map<string, string>> {
  return access.keep(
    'tokens',
    async () => new Map<string, string>(),
    () => undefined,
  )
}

async function check(access: ServiceAccess): Promise<void> {
  await checkKey(access)
  await checkCleanup(access)
}

async function checkKey(access: ServiceAccess): Promise<void> {
  const hub = await Hub.of(access, 'Ada')
  try {
    await hub.system.test()
  } catch (error) {
    if (!(error instanceof ApiError && error.isRefusal)) throw error
    if (await isProjectKey(access, hub.key))
      throw new UsageError('COCALC_API_KEY is the key of one project: set the key of a site admin’s account.')
    throw new UsageError(`CoCalc does not take COCALC_API_KEY (${error.failure.says}): set a valid key.`)
  }
}

async function isProjectKey(access: ServiceAccess, key: string): Promise<boolean> {
  try {
    await new Bridge(access, key, 'project').call('system.test')
    return true
  } catch (error) {
    if (error instanceof ApiError) return false
    throw error
  }
}

/** Told before the first scenario, when nothing has been made yet that would have to stay. */
async function checkCleanup(access: ServiceAccess): Promise<void> {
  const cleanup = cleanupFrom(access.setting)
  if (cleanup.kind === 'database') {
    try {
      await databaseOf(access)
    } catch (error) {
      throw new UsageError(
        `CoCalc's clean-up cannot use the database of PGHOST, PGPORT, PGUSER, PGDATABASE and PGPASSWORD (${messageOf(error)}): set them right, or COCALC_TESTS_CLEANUP=false.`,
      )
    }
    return
  }
  const warning =
    cleanup.kind === 'off'
      ? 'COCALC_TESTS_CLEANUP is false: what this run makes on CoCalc stays, and is listed at the end.'
      : 'PGHOST is not set: what this run makes on CoCalc is only marked as deleted, accounts and organizations stay, and all of it is listed at the end.'
  if (['1', 'true'].includes(access.setting('ACCEPTANCE_STRICT_CLEANUP')?.toLowerCase() ?? '')) throw new UsageError(warning)
  process.stderr.write(`${warning}\n`)
}

/** Counts what is left of what the run has tracked; what the server made late is removed first. */
async function finish(access: ServiceAccess): Promise<string[]> {
  const database = await databaseOf(access)
  const tracked = trackedIn(access.mark, access.service)
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
  const [{ account_id }, name] = [await hub.system.test(), await hub.db.query({ accounts: { first_name: null, groups: null } })]
  const { groups = [] } = (name.accounts ?? {}) as { groups?: string[] }
  const admin: ProbeLine = groups.includes('admin')
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
