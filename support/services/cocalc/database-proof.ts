import { randomUUID } from 'node:crypto'
import { errorText, UsageError } from '../../config/errors'
import { sendOrFind } from '../../http/lost'
import { StopSignal } from '../../undo/stop'
import type { ServiceAccess } from '../service'
import { cleanupFrom } from './cleanup-settings'
import { Hub } from './client/client'
import { Database } from './database'

const LONGEST_KEY_NAME = 100
/** If its deletion fails, the key expires after this time; ms. */
const KEY_EXPIRES_AFTER = 60_000

/** One pool of connections for a process or worker. It may be the database of another CoCalc, so nothing is removed until it is proven. */
export async function databaseOf(access: ServiceAccess): Promise<Database | undefined> {
  const cleanup = cleanupFrom(access.setting)
  if (cleanup.kind !== 'database') return undefined
  return access.connection(
    'database',
    () => Database.open(cleanup.login),
    (database) => database.close(),
  )
}

/** The database, once it is proven to be this server's; a run proves it once for all its threads. @throws where it is another's */
export async function provenDatabase(access: ServiceAccess): Promise<Database | undefined> {
  const database = await databaseOf(access)
  if (database) await access.once<true>('database')
  return database
}

/** Reads only: the account of the key is in the database, with the names that the server gives for it. @throws where it is not */
export async function expectSameAccount(hub: Hub, database: Database): Promise<void> {
  const known = await hub.system.ownAccount()
  const [row] = await database.rows<Record<'first_name' | 'last_name' | 'email_address', string | null>>(
    'SELECT first_name, last_name, email_address FROM public.accounts WHERE account_id = $1::uuid',
    [known.account_id],
  )
  if (!row) throw new Error(`it is another CoCalc's: the account ${known.account_id} of the API key is not in it`)
  const differs = (['first_name', 'last_name', 'email_address'] as const).filter(
    (column) => (row[column] ?? '') !== (known[column] ?? ''),
  )
  if (differs.length > 0)
    throw new Error(`it is another CoCalc's: ${differs.join(' and ')} of the account ${known.account_id} are different in it`)
}

/**
 * Shows that the database is the one this server works with, and no copy of it: an API key that is created through the server for
 * this purpose must be in the database at once. The key is deleted through the server right away, whatever the result.
 * @throws with the reason why it is not the database
 */
export async function proveDatabase(access: ServiceAccess): Promise<true> {
  const [hub, database] = [await Hub.of(access, 'Ada'), await databaseOf(access)]
  if (!database) throw new Error('no database is configured')
  await expectSameAccount(hub, database)
  // After an interrupt nothing is created any more, and the undo would wait for it.
  if (StopSignal.shared().isStopping)
    throw new Error('the run was interrupted before the database was proven to be the right one')
  const account = await hub.account()
  const name = access.unique(`Clean-up check ${randomUUID().slice(0, 8)}`, LONGEST_KEY_NAME)
  const key = await access.undo.create('cocalc.key', name, { by: 'Ada', data: { account } }, async (unique) => {
    const create = async (): Promise<{ id: string; name: string }> => {
      const { id, secret } = await hub.system.createKey(unique, new Date(Date.now() + KEY_EXPIRES_AFTER))
      access.learn(secret)
      return { id: String(id), name: unique }
    }
    // Its secret is not used. The undo's own search would wait for the proof.
    return sendOrFind(create, async () => {
      const found = (await hub.system.keys()).find((one) => one.name === unique)
      return found && { id: String(found.id), name: unique }
    })
  })
  try {
    const where = 'public.api_keys WHERE id = $1::int AND name = $2 AND account_id = $3::uuid'
    if ((await database.count(where, [key.id, key.name, account])) !== 1)
      throw new Error(
        `it is not the one this server writes to: what the server has just stored (the API key "${name}") is not in it`,
      )
  } finally {
    await hub.system.deleteKey(Number(key.id))
  }
  return true
}

/** What to do where the database cannot be reached, or is not this server's. */
export function unusable(error: unknown): UsageError {
  return new UsageError(
    `CoCalc's clean-up cannot use the database of PGHOST, PGPORT, PGUSER, PGDATABASE and PGPASSWORD (${errorText(error)}): set them right, or COCALC_TESTS_CLEANUP=false.`,
  )
}
