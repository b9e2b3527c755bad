import type { Pool, PoolClient, QueryResultRow } from 'pg'
import { newPool } from '../backing/postgres-client'
import { unavailable } from './errors'
import type { Losses } from './losses'

// Reports of one courier wait for each other while each has a connection, so under load other requests wait for a free connection.
const CONNECTION_TIMEOUT = 15_000
const CONNECTION_LOST = /^(?:08|57P)|ECONN|EPIPE|terminated|timeout/i

export interface Transaction {
  rows<T extends QueryResultRow>(sql: string, values?: unknown[]): Promise<T[]>
  /** A change; @returns how many rows it changed. */
  change(sql: string, values?: unknown[]): Promise<number>
}

/** PostgreSQL, the source of truth for users, couriers and deliveries. */
export class Database {
  private readonly pool: Pool

  constructor(
    url: string,
    private readonly losses: Losses,
  ) {
    this.pool = newPool({ connectionString: url, max: 20, connectionTimeoutMillis: CONNECTION_TIMEOUT })
  }

  async rows<T extends QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> {
    return (await this.said(() => this.pool.query<T>(sql, values))).rows
  }

  /** @param keep false: the transaction is rolled back at the end, to simulate a lost write */
  async transaction<T>(work: (transaction: Transaction) => Promise<T>, keep = true): Promise<T> {
    const client = await this.said(() => this.pool.connect())
    let broken: Error | undefined
    try {
      await this.said(() => client.query('BEGIN'))
      const result = await work(this.transactionOn(client))
      await this.said(() => client.query(keep ? 'COMMIT' : 'ROLLBACK'))
      return result
    } catch (error) {
      broken = await client.query('ROLLBACK').then(
        () => undefined,
        (reason: Error) => reason,
      )
      throw error
    } finally {
      client.release(broken)
    }
  }

  close(): Promise<void> {
    return this.pool.end()
  }

  private transactionOn(client: PoolClient): Transaction {
    return {
      rows: async (sql, values = []) => (await this.said(() => client.query(sql, values))).rows,
      change: async (sql, values = []) => {
        if (this.losses.loses('postgres', values.at(-1))) return 1
        return (await this.said(() => client.query(sql, values))).rowCount ?? 0
      },
    }
  }

  private async said<T>(say: () => Promise<T>): Promise<T> {
    try {
      return await say()
    } catch (error) {
      const { code = '', message = '' } = error as { code?: string; message?: string }
      throw CONNECTION_LOST.test(code) || CONNECTION_LOST.test(message) ? unavailable('The database') : error
    }
  }
}
