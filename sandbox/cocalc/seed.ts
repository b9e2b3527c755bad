import { randomUUID } from 'node:crypto'
import type { Cocalc } from './context'

export interface AddedPerson {
  id: string
  apiKey: string
  email: string
}

/** A new account with a key of its own, without the project that accounts made by the API get. */
export async function addPerson(
  { db, keys }: Cocalc,
  { firstName, lastName, admin = false }: { firstName: string; lastName: string; admin?: boolean },
): Promise<AddedPerson> {
  const id = randomUUID()
  const email = `${firstName}-${id.slice(0, 8)}@example.org`.toLowerCase()
  const groups = admin ? ['admin'] : null
  await db.sql`
    INSERT INTO accounts (account_id, email_address, first_name, last_name, created, "groups", creation_actions_done)
    VALUES (${id}, ${email}, ${firstName}, ${lastName}, now(), ${groups}, true)`
  return { id, email, apiKey: (await keys.make(db, { accountId: id, name: 'seeded' })).secret }
}

/** The key of every row of every table; in all of them it is the first column. */
export async function rowKeys({ db }: Cocalc): Promise<Record<string, string[]>> {
  const tables = await db.query<{ table: string; key: string }>(
    `SELECT table_name AS "table", column_name AS key FROM information_schema.columns
     WHERE table_schema = 'public' AND ordinal_position = 1 ORDER BY table_name`,
  )
  const held: Record<string, string[]> = {}
  for (const { table, key } of tables) {
    const rows = await db.query<{ key: string }>(`SELECT "${key}"::text AS key FROM "${table}" ORDER BY 1`)
    held[table] = rows.map((row) => row.key)
  }
  return held
}

/** Everything with the run id in its name. */
export async function existing({ db }: Cocalc, runId: string): Promise<unknown[]> {
  const like = `%${runId}%`
  return [
    ...(await db.sql`SELECT 'project' AS kind, project_id AS id, title AS name FROM projects WHERE title LIKE ${like}`),
    ...(await db.sql`
      SELECT 'account' AS kind, account_id AS id, email_address AS name FROM accounts WHERE email_address LIKE ${like}`),
    ...(await db.sql`SELECT 'organization' AS kind, name AS id, name FROM organizations WHERE name LIKE ${like}`),
    ...(await db.sql`SELECT 'message' AS kind, id::text AS id, subject AS name FROM messages WHERE subject LIKE ${like}`),
  ]
}
