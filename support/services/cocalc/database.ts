import type { Pool, PoolClient } from 'pg'
import type { DatabaseLogin } from './cleanup-settings'

/** Statements within one transaction. */
export interface Statements {
  /** @returns how many rows it touched */
  run(sql: string, values: readonly unknown[]): Promise<number>
  ids(sql: string, values: readonly unknown[]): Promise<string[]>
  /** Whether this database has the table with these columns: installations differ in what they log. */
  has(table: string, ...columns: string[]): boolean
}

const CONNECTIONS = 5
const PATIENCE = 10_000
const NEEDED = ['projects.project_id', 'projects.users', 'accounts.account_id', 'organizations.name']

/** CoCalc's PostgreSQL, for removing the rows of what a run has made. Every value is a parameter. */
export class Database {
  private constructor(
    private readonly pool: Pool,
    private readonly columns: ReadonlySet<string>,
  ) {}

  /** @throws where it cannot be reached or is no database of CoCalc's */
  static async open(login: DatabaseLogin): Promise<Database> {
    const { Pool } = await import('pg')
    // Nothing of the login is left to the driver, which would look into the environment itself.
    const pool = new Pool({
      password: '',
      ...login,
      max: CONNECTIONS,
      connectionTimeoutMillis: PATIENCE,
      allowExitOnIdle: true,
    })
    // Without a listener, the `error` event of a lost connection would end the process.
    pool.on('error', () => undefined).on('connect', (client) => client.on('error', () => undefined))
    try {
      const { rows } = await pool.query<{ name: string }>(
        `SELECT table_name || '.' || column_name AS name FROM information_schema.columns WHERE table_schema = 'public'`,
      )
      const columns = new Set(rows.map(({ name }) => name))
      const missing = NEEDED.filter((name) => !columns.has(name))
      if (missing.length > 0) throw new Error(`it is no database of CoCalc's: it lacks ${missing.join(', ')}`)
      return new Database(pool, columns)
    } catch (error) {
      await pool.end()
      throw error
    }
  }

  /** All of it or, where anything fails, nothing. */
  async transaction<T>(work: (statements: Statements) => Promise<T>): Promise<T> {
    const client = await this.pool.connect()
    try {
      await client.query('BEGIN')
      const result = await work(this.statements(client))
      await client.query('COMMIT')
      client.release()
      return result
    } catch (error) {
      // The server takes back what a connection that ends had not committed, also where it is the connection that broke.
      client.release(true)
      throw error
    }
  }

  async count(sql: string, values: readonly unknown[]): Promise<number> {
    const { rows } = await this.pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${sql}`, [...values])
    return rows[0]?.count ?? 0
  }

  async close(): Promise<void> {
    await this.pool.end()
  }

  private statements(client: PoolClient): Statements {
    return {
      run: async (sql, values) => (await client.query(sql, [...values])).rowCount ?? 0,
      ids: async (sql, values) => (await client.query<{ id: string }>(sql, [...values])).rows.map(({ id }) => id),
      has: (table, ...columns) => columns.every((column) => this.columns.has(`${table}.${column}`)),
    }
  }
}
