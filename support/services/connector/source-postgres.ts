import type { Client } from 'pg'
import { errorText } from '../../config/errors'
import type { Source } from './source'

const PATIENCE = 10_000

/** Works in the source with the connector's own credentials, over a connection of its own. */
export async function inSource<T>(source: Source, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await openSource(source)
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** A connection that stays open until it is ended. */
export async function openSource(source: Source): Promise<Client> {
  const { Client } = await import('pg')
  const { host, port, username, password, database } = source.credentials.evaluate()
  const client = new Client({
    host: String(host),
    port: Number(port),
    user: String(username),
    password: String(password),
    database: String(database),
    connectionTimeoutMillis: PATIENCE,
  })
  // Without a listener, the `error` event of a lost connection would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    throw new Error(`No login to the source of ${source.connector}: ${errorText(error)}`, { cause: error })
  }
  return client
}

export async function makeSchema(source: Source, name: string, statements: readonly string[]): Promise<void> {
  await inSource(source, async (client) => {
    const path = client.escapeIdentifier(name)
    await client.query(
      ['BEGIN', `CREATE SCHEMA ${path}`, `SET LOCAL search_path TO ${path}`, ...statements, 'COMMIT'].join(';\n'),
    )
  })
}

/** A schema that is gone already is no error. */
export async function dropSchema(source: Source, name: string): Promise<void> {
  await inSource(source, (client) => client.query(`DROP SCHEMA IF EXISTS ${client.escapeIdentifier(name)} CASCADE`))
}

export async function hasSchema(source: Source, name: string): Promise<boolean> {
  return inSource(source, async (client) => {
    return (await client.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [name])).rowCount === 1
  })
}

/**
 * Keeps everybody else out of a table, as a rebuild of it does: who wants to look at a view of it waits.
 * @returns what lets them in again
 */
export async function lockTable(source: Source, schema: string, table: string): Promise<() => Promise<void>> {
  const client = await openSource(source)
  await client.query('BEGIN')
  await client.query(`LOCK TABLE ${client.escapeIdentifier(schema)}.${client.escapeIdentifier(table)} IN ACCESS EXCLUSIVE MODE`)
  return () => client.end()
}
