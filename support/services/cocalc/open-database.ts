import type { ServiceAccess } from '../service'
import { cleanupFrom } from './cleanup-settings'
import { Database } from './database'

/** One pool of connections for a process or worker. */
export async function databaseOf(access: ServiceAccess): Promise<Database | undefined> {
  const cleanup = cleanupFrom(access.setting)
  if (cleanup.kind !== 'database') return undefined
  return access.connection(
    'database',
    () => Database.open(cleanup.login),
    (database) => database.close(),
  )
}
