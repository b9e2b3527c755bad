import { UsageError } from '../../config/errors'
import { ApiError } from '../../http/errors'
import type { ServiceAccess } from '../service'
import { Bridge } from './bridge'
import { cleanupFrom } from './cleanup-settings'
import { Hub } from './client/client'
import { databaseOf, expectSameAccount, unusable } from './database-proof'

/** Before a live run creates anything: the API keys are valid and of the right accounts, and the clean-up can work. */
export async function check(access: ServiceAccess): Promise<void> {
  const ada = await accountOf(access, 'Ada', 'COCALC_API_KEY')
  if (access.setting('COCALC_API_KEY_2') !== undefined) await checkSecond(access, ada)
  await checkCleanup(access)
}

async function checkSecond(access: ServiceAccess, ada: string): Promise<void> {
  const dan = await accountOf(access, 'Dan', 'COCALC_API_KEY_2')
  if (dan === ada)
    throw new UsageError('COCALC_API_KEY_2 is a key of the same account as COCALC_API_KEY. Set the key of another account.')
  if (await isSiteAdmin(await Hub.of(access, 'Dan')))
    throw new UsageError('COCALC_API_KEY_2 is the key of a site admin, and must not be one. Set the key of another account.')
}

export async function isSiteAdmin(hub: Hub): Promise<boolean> {
  const { accounts } = await hub.db.query({ accounts: { first_name: null, groups: null } })
  return (accounts as { groups?: string[] } | undefined)?.groups?.includes('admin') ?? false
}

/** @returns the account behind a key. @throws naming the variable that holds it */
async function accountOf(access: ServiceAccess, name: string, variable: string): Promise<string> {
  const hub = await Hub.of(access, name)
  try {
    return (await hub.system.test()).account_id
  } catch (error) {
    if (!(error instanceof ApiError && error.isRefusal)) throw error
    if (await isProjectKey(access, hub.key))
      throw new UsageError(`${variable} is the key of a single project. Set the key of an account.`)
    throw new UsageError(`CoCalc does not accept ${variable} (${error.failure.says}). Set a valid key.`)
  }
}

async function isProjectKey(access: ServiceAccess, key: string): Promise<boolean> {
  try {
    await new Bridge({ access, key }, 'project').call('system.test')
    return true
  } catch (error) {
    if (error instanceof ApiError) return false
    throw error
  }
}

/** Reported before the first scenario, while there is nothing yet that could be left behind. */
async function checkCleanup(access: ServiceAccess): Promise<void> {
  const cleanup = cleanupFrom(access.setting)
  if (cleanup.kind === 'database') {
    try {
      const database = await databaseOf(access)
      if (database) await expectSameAccount(await Hub.of(access, 'Ada'), database)
    } catch (error) {
      throw unusable(error)
    }
    return
  }
  const warning =
    cleanup.kind === 'off'
      ? 'COCALC_TESTS_CLEANUP is false: what this run creates on CoCalc stays, and is listed at the end.'
      : 'PGHOST is not set: what this run creates on CoCalc is only marked as deleted, accounts and organizations stay, and all of it is listed at the end.'
  if (['1', 'true'].includes(access.setting('ACCEPTANCE_STRICT_CLEANUP')?.toLowerCase() ?? '')) throw new UsageError(warning)
  process.stderr.write(`${warning}\n`)
}
