import { Client } from 'pg'
import type { CocalcWire } from '../../sandbox/cocalc/test/support/server'

/** Last activity and number of unread messages of an account: the server updates both regardless of who acts. */
const COUNTED: Readonly<Record<string, readonly string[]>> = {
  accounts: ['last_active', 'unread_message_count'],
  api_keys: ['last_active'],
}

/** A direct connection to the database of a CoCalc. */
export async function withDatabase<T>(
  { variables }: Pick<CocalcWire, 'variables'>,
  work: (sql: Client) => Promise<T>,
): Promise<T> {
  const { PGHOST = '', PGPORT, PGUSER, PGPASSWORD, PGDATABASE } = variables
  const login = { host: PGHOST, port: Number(PGPORT), user: PGUSER, password: PGPASSWORD, database: PGDATABASE }
  const sql = new Client(login)
  await sql.connect()
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}

/** Every row of every table of a CoCalc, without the counters of the server. */
export function everyRow(cocalc: Pick<CocalcWire, 'variables'>): Promise<Record<string, unknown[]>> {
  return withDatabase(cocalc, async (sql) => {
    const { rows: tables } = await sql.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
    )
    const held: Record<string, unknown[]> = {}
    for (const { name } of tables) {
      const { rows } = await sql.query<{ row: unknown }>(
        `SELECT to_jsonb(one) - $1::text[] AS row FROM public."${name}" AS one ORDER BY 1`,
        [COUNTED[name] ?? []],
      )
      held[name] = rows.map(({ row }) => row)
    }
    return held
  })
}

/** All rows, and the processes of projects and kernels that run. */
export async function everything(cocalc: CocalcWire): Promise<{ rows: Record<string, unknown[]>; processes: unknown }> {
  const processes = await (await fetch(`${cocalc.control}/processes`)).json()
  return { rows: await everyRow(cocalc), processes }
}
