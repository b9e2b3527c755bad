import type { Pool, PoolClient, QueryResultRow } from 'pg'
import { OWN_SETTINGS, unlessDeadlocked } from '../../config/postgres'
import type { DatabaseLogin } from './cleanup-settings'

/** Statements within one transaction. Tables are named with their schema. */
export interface Statements {
  /** @returns the number of affected rows */
  run(sql: string, values: readonly unknown[]): Promise<number>
  ids(sql: string, values: readonly unknown[]): Promise<string[]>
  /** Whether this database has the table with these columns: installations differ in what they log. */
  has(table: string, ...columns: string[]): boolean
}

const CONNECTIONS = 5
const CONNECT_TIMEOUT = 10_000
const NEEDED = [
  'projects.project_id',
  'projects.title',
  'projects.users',
  'accounts.account_id',
  'accounts.email_address',
  'accounts.first_name',
  'accounts.last_name',
  'organizations.name',
  'organizations.organization_id',
  'api_keys.id',
  'api_keys.name',
  'api_keys.account_id',
]

/** CoCalc's PostgreSQL, for removing the rows of what a run has made. Every value is a parameter. */
export class Database {
  private constructor(
    private readonly pool: Pool,
    private readonly columns: ReadonlySet<string>,
  ) {}

  /** @throws where it cannot be reached or is no database of CoCalc's */
  static async open(login: DatabaseLogin): Promise<Database> {
    const { Pool } = await import('pg')
    // All login options are given, because the driver would read missing ones from the environment.
    const pool = new Pool({
      ...OWN_SETTINGS,
      password: '',
      ...login,
      max: CONNECTIONS,
      connectionTimeoutMillis: CONNECT_TIMEOUT,
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

  /** Runs all statements or, if one fails, none of them; again from the first where the hub's own changes and these waited for each other. */
  transaction<T>(work: (statements: Statements) => Promise<T>): Promise<T> {
    return unlessDeadlocked(() => this.attempt(work))
  }

  /** @param sql a whole SELECT */
  async rows<R extends QueryResultRow>(sql: string, values: readonly unknown[]): Promise<R[]> {
    return (await this.pool.query<R>(sql, [...values])).rows
  }

  /** @param sql what follows FROM */
  async count(sql: string, values: readonly unknown[]): Promise<number> {
    const [row] = await this.rows<{ count: number }>(`SELECT count(*)::int AS count FROM ${sql}`, values)
    return row?.count ?? 0
  }

  /** Whether this database has the table with these columns. */
  has(table: string, ...columns: string[]): boolean {
    return columns.every((column) => this.columns.has(`${table}.${column}`))
  }

  async close(): Promise<void> {
    await this.pool.end()
  }

  private async attempt<T>(work: (statements: Statements) => Promise<T>): Promise<T> {
    const client = await this.pool.connect()
    try {
      await client.query('BEGIN')
      const result = await work(this.statements(client))
      await client.query('COMMIT')
      client.release()
      return result
    } catch (error) {
      // The server rolls back the transaction of a connection that ends, also if the connection broke.
      client.release(true)
      throw error
    }
  }

  private statements(client: PoolClient): Statements {
    return {
      run: async (sql, values) => (await client.query(sql, [...values])).rowCount ?? 0,
      ids: async (sql, values) => (await client.query<{ id: string }>(sql, [...values])).rows.map(({ id }) => id),
      has: (table, ...columns) => this.has(table, ...columns),
    }
  }
}
