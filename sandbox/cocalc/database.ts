import { type Client, type Pool, type PoolClient, types } from 'pg'
import { newPool } from '../backing/postgres-client'

/** Statements of one caller: each on its own, or all within one transaction that a fault rolls back. */
export interface Db {
  query<R extends object = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<R[]>
  /** A statement as a template, whose values are bound parameters. */
  sql<R extends object = Record<string, unknown>>(texts: TemplateStringsArray, ...values: unknown[]): Promise<R[]>
}

const TIMESTAMP = 1114
const parseTimestamp = (value: string): Date => new Date(`${value.replace(' ', 'T')}Z`)

/** CoCalc's timestamps have no zone and mean UTC. */
const utc = {
  getTypeParser: ((id: number, format?: 'text' | 'binary') =>
    id === TIMESTAMP ? parseTimestamp : types.getTypeParser(id, format)) as typeof types.getTypeParser,
}

export function dbOf(client: Pool | PoolClient | Client): Db {
  const query: Db['query'] = async (text, values = []) => (await client.query({ text, values: [...values], types: utc })).rows
  return {
    query,
    sql: (texts, ...values) =>
      query(
        texts.reduce((before, text, at) => `${before}$${at}${text}`),
        values,
      ),
  }
}

/** @param url with credentials; nothing is taken from `PG*` variables */
export function openPool(url: string): Pool {
  return newPool({ connectionString: url, max: 16, options: '-c timezone=UTC' })
}

/** The value for a JSON column as text, because PostgreSQL's driver sends a list as a PostgreSQL array. */
export function json(value: unknown): string {
  return JSON.stringify(value)
}
