import { randomUUID } from 'node:crypto'
import type { Cocalc } from './context'

export interface Settled {
  id: string
  apiKey: string
  email: string
}

/** A new account with a key of its own, without the project that accounts made by the API get. */
export async function settle(
  { db, keys }: Cocalc,
  { firstName, lastName, admin = false }: { firstName: string; lastName: string; admin?: boolean },
): Promise<Settled> {
  const id = randomUUID()
  const email = `${firstName}-${id.slice(0, 8)}@example.org`.toLowerCase()
  await db.query(
    `INSERT INTO accounts (account_id, email_address, first_name, last_name, created, "groups", creation_actions_done)
     VALUES ($1, $2, $3, $4, now(), $5, true)`,
    [id, email, firstName, lastName, admin ? ['admin'] : null],
  )
  return { id, email, apiKey: (await keys.make(db, { accountId: id, name: 'seeded' })).secret }
}

/** How many rows every table holds. */
export async function rowCounts({ db }: Cocalc): Promise<Record<string, number>> {
  const tables = await db.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name`,
  )
  const counts: Record<string, number> = {}
  for (const { name } of tables) {
    const [row] = await db.query<{ count: number }>(`SELECT count(*)::int AS count FROM "${name}"`)
    counts[name] = row?.count ?? 0
  }
  return counts
}

/** What bears a run's mark in its name. */
export async function existing({ db }: Cocalc, mark: string): Promise<unknown[]> {
  const like = [`%${mark}%`]
  return [
    ...(await db.query(`SELECT 'project' AS kind, project_id AS id, title AS name FROM projects WHERE title LIKE $1`, like)),
    ...(await db.query(
      `SELECT 'account' AS kind, account_id AS id, email_address AS name FROM accounts WHERE email_address LIKE $1`,
      like,
    )),
    ...(await db.query(`SELECT 'organization' AS kind, name AS id, name FROM organizations WHERE name LIKE $1`, like)),
    ...(await db.query(`SELECT 'message' AS kind, id::text AS id, subject AS name FROM messages WHERE subject LIKE $1`, like)),
  ]
}
