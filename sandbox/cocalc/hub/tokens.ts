import { randomUUID } from 'node:crypto'
import type { HubCall } from '../context'
import { json } from '../database'
import { randomText } from '../values'

const DAY = 24 * 3_600_000

/** A sign-in token of 24 characters, valid for a day unless given, for any number of uses. It is not an API key. */
export async function newAuthToken(
  { db, accountId }: HubCall,
  userAccountId: string,
  { expire, isAdmin }: { expire?: number; isAdmin: boolean },
): Promise<string> {
  const token = randomText(24)
  await db.query(
    `INSERT INTO auth_tokens (auth_token, account_id, created_by, created, expire, is_admin)
     VALUES ($1, $2, $3, now(), to_timestamp($4), $5)`,
    [token, userAccountId, accountId, (expire ?? Date.now() + DAY) / 1_000, isAdmin],
  )
  await db.query(`INSERT INTO central_log (id, event, value, "time") VALUES ($1, 'auth-token', $2, now())`, [
    randomUUID(),
    json({ action: 'create', account_id: userAccountId, created_by: accountId }),
  ])
  return token
}
