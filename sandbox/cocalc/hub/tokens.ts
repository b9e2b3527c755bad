import { randomUUID } from 'node:crypto'
import type { Arguments, HubCall } from '../context'
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
  const until = (expire ?? Date.now() + DAY) / 1_000
  await db.sql`INSERT INTO auth_tokens (auth_token, account_id, created_by, created, expire, is_admin)
    VALUES (${token}, ${userAccountId}, ${accountId}, now(), to_timestamp(${until}), ${isAdmin})`
  const event = json({ action: 'create', account_id: userAccountId, created_by: accountId })
  await db.sql`INSERT INTO central_log (id, event, value, "time") VALUES (${randomUUID()}, 'auth-token', ${event}, now())`
  return token
}

export async function expireToken({ db }: HubCall, { token }: Arguments): Promise<void> {
  await db.sql`DELETE FROM auth_tokens WHERE auth_token = ${token}`
}
