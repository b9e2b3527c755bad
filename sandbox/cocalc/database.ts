import { type Client, type Pool, type PoolClient, types } from 'pg'
import { newPool } from '../backing/postgres-client'

/** Statements of one caller: each on its own, or all within one transaction that a fault rolls back. */
export interface Db {
  query<R extends object = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<R[]>
}

const TIMESTAMP = 1114
const parseTimestamp = (value: string): Date => new Date(`${value.replace(' ', 'T')}Z`)

/** CoCalc's timestamps have no zone and mean UTC. */
const utc = {
  getTypeParser: ((id: number, format?: 'text' | 'binary') =>
    id === TIMESTAMP ? parseTimestamp : types.getTypeParser(id, format)) as typeof types.getTypeParser,
}

export function dbOf(client: Pool | PoolClient | Client): Db {
  return {
    query: async (sql, values = []) => (await client.query({ text: sql, values: [...values], types: utc })).rows,
  }
}

/** @param url with credentials; nothing is taken from `PG*` variables */
export function openPool(url: string): Pool {
  const { hostname, port, username, password, pathname } = new URL(url)
  return newPool({
    host: hostname,
    port: Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
    ssl: false,
    max: 16,
    options: '-c timezone=UTC',
  })
}

/** The value for a JSON column as text, because PostgreSQL's driver sends a list as a PostgreSQL array. */
export function json(value: unknown): string {
  return JSON.stringify(value)
}
