import type { Account, ProbeLine, ServiceAccess, ServiceRuntime } from '../service'
import { type Cleanup, cleanupFrom, whyItStays } from './cleanup-settings'
import { Hub } from './client/client'
import { proveDatabase, provenDatabase, unusable } from './database-proof'
import { check, isSiteAdmin } from './probe'
import { ensurePython } from './python'
import { removeLateProject } from './rows'
import { makeSharedProject } from './shared-project'
import { LIVE_TIMES, SANDBOX_TIMES } from './shut-down'
import { summarise, trackedIn } from './summary'
import { type CocalcClients, undo } from './undo'

/** What a run needs of CoCalc beyond its description. */
export const runtime: ServiceRuntime<CocalcClients> = {
  undo,
  clients,
  shared: {
    database: (access) => proveDatabase(access),
    project: (access) => makeSharedProject(access),
    python: (access, projectId) => ensurePython(access, projectId),
  },
  check,
  account,
  prepare,
  finish,
  probe,
}

export async function clients(access: ServiceAccess, by: string): Promise<CocalcClients> {
  const cleanup = cleanupFrom(access.setting)
  const hub = await Hub.of(access, by, { undoes: true })
  return {
    hub,
    me: await hub.account(),
    cleanup,
    ...(await rowsOf(access, cleanup)),
    tokens: await tokensOf(access),
    times: access.isLive ? LIVE_TIMES : SANDBOX_TIMES,
  }
}

/** Without this server's database, the undo does what the API can do. */
async function rowsOf(access: ServiceAccess, cleanup: Cleanup): Promise<Pick<CocalcClients, 'database' | 'whyRowsStay'>> {
  if (cleanup.kind !== 'database') return { database: undefined, whyRowsStay: whyItStays(cleanup) }
  try {
    return { database: await provenDatabase(access), whyRowsStay: 'its row stays: no database is open' }
  } catch (error) {
    return { database: undefined, whyRowsStay: `its row stays: ${unusable(error).message}` }
  }
}

/** Sign-in tokens that this process has created, by fingerprint. */
export function tokensOf(access: ServiceAccess): Promise<Map<string, string>> {
  return access.connection(
    'tokens',
    async () => new Map<string, string>(),
    () => undefined,
  )
}

async function account(access: ServiceAccess): Promise<Account> {
  const { account_id, email_address, first_name, last_name } = await (await Hub.of(access, 'Ada')).system.ownAccount()
  return { id: account_id, name: email_address ?? [first_name, last_name].filter(Boolean).join(' ') }
}

/** Live, nothing is created before the database is proven to be the one from which it can be removed. */
async function prepare(access: ServiceAccess): Promise<void> {
  if (!access.isLive) return
  await provenDatabase(access).catch((error: unknown) => {
    throw unusable(error)
  })
}

/** Summary of what happened to everything the run has created; things that the server created late are removed first. */
async function finish(access: ServiceAccess): Promise<string[]> {
  const tracked = trackedIn(access.runId, access.service)
  const cleanup = cleanupFrom(access.setting)
  if (tracked.length === 0 || cleanup.kind !== 'database') return []
  const { database, whyRowsStay } = await rowsOf(access, cleanup)
  if (!database) return [`CoCalc's rows were not counted; of each that was made, ${whyRowsStay}`]
  for (const { kind, id = '', how } of tracked) {
    if (kind === 'account' && how === 'removed') await removeLateProject(database, id)
  }
  const summary = await summarise(tracked, database)
  return summary ? [summary] : []
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
  if (kind === 'database') return { ok: true, says: 'the clean-up reaches the database, and the account of the key is in it' }
  return {
    ok: false,
    says: 'nothing is removed from the database',
    toDo: 'set PGHOST, and COCALC_TESTS_CLEANUP to anything but false',
  }
}
