import type { Client, ClientConfig } from 'pg'
import { errorText } from '../../config/errors'
import { OWN_SETTINGS, unlessDeadlocked } from '../../config/postgres'
import type { Recognition } from '../../undo/undo'
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
async function openSource(source: Source): Promise<Client> {
  const { Client } = await import('pg')
  const { host, port, username, password, database, sslmode } = source.credentials.evaluate()
  const client = new Client({
    ...OWN_SETTINGS,
    ssl: tlsOf(sslmode),
    host: String(host),
    port: Number(port),
    user: String(username),
    password: String(password),
    database: String(database),
    connectionTimeoutMillis: PATIENCE,
    // No waiting for locks of others: a schema that cannot be dropped is listed as left behind.
    lock_timeout: PATIENCE,
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

/** TLS options for `E2E_<NAME>_SSLMODE` with libpq's values; no TLS where it is not set. */
function tlsOf(sslmode: unknown): ClientConfig['ssl'] {
  const mode = String(sslmode ?? 'disable')
  return ['disable', 'allow', 'prefer'].includes(mode) ? false : { rejectUnauthorized: mode.startsWith('verify') }
}

/** A schema of the suite. Its comment says so and lists its content, by which it is recognised before it is dropped. */
export async function makeSchema(source: Source, name: string, statements: readonly string[]): Promise<void> {
  await inSource(source, async (client) => {
    const path = client.escapeIdentifier(name)
    await client.query(['BEGIN', `CREATE SCHEMA ${path}`, `SET LOCAL search_path TO ${path}`, ...statements].join(';\n'))
    const comment = commentOf(name, (await read(client, name))?.relations ?? [])
    await client.query(`COMMENT ON SCHEMA ${path} IS ${client.escapeLiteral(comment)};\nCOMMIT`)
  })
}

interface Relation {
  name: string
  /** As in `pg_class.relkind`. */
  kind: string
}

interface FoundSchema {
  comment: string | null
  relations: Relation[]
}

const SCHEMA = `
  SELECT obj_description(n.oid, 'pg_namespace') AS comment, c.relname::text AS name, c.relkind::text AS kind
  FROM pg_namespace n LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  WHERE n.nspname = $1`

async function read(client: Client, schema: string): Promise<FoundSchema | undefined> {
  const { rows } = await client.query<{ comment: string | null; name: string | null; kind: string | null }>(SCHEMA, [schema])
  const [first] = rows
  if (!first) return undefined
  return {
    comment: first.comment,
    relations: rows.flatMap(({ name, kind }) => (name === null || kind === null ? [] : [{ name, kind }])),
  }
}

function commentOf(schema: string, relations: readonly Relation[]): string {
  return `${authorOf(schema)}: ${namesOf(relations)}`
}

function authorOf(schema: string): string {
  return `Made by the acceptance suite as ${schema}`
}

function namesOf(relations: readonly Relation[]): string {
  const names = relations.map(({ name }) => name).sort()
  return names.length > 0 ? names.join(', ') : 'empty'
}

/** Whether a schema of that name is the suite's and contains only what the suite created. */
export async function recogniseSchema(source: Source, name: string): Promise<Recognition> {
  return recogniseSchemas(source, [name])
}

/** Schemas that were created together: in doubt if one of them is, and gone only if all of them are. */
export async function recogniseSchemas(source: Source, names: readonly string[]): Promise<Recognition> {
  return inSource(source, async (client) => {
    const found: Recognition[] = []
    for (const name of names) found.push(recognise(name, await read(client, name)))
    return found.find((one) => typeof one === 'object') ?? (found.includes('ours') ? 'ours' : 'gone')
  })
}

function recognise(schema: string, found: FoundSchema | undefined): Recognition {
  if (!found) return 'gone'
  const { comment, relations } = found
  if (comment === commentOf(schema, relations)) return 'ours'
  if (!comment?.startsWith(authorOf(schema)))
    return { doubt: `the schema ${schema} has no comment by which the suite knows its own` }
  return { doubt: `the schema ${schema} holds ${namesOf(relations)}, and its comment says "${comment}"` }
}

/**
 * Drops a schema that is the suite's; one that is gone already is no error. Never by CASCADE: where anything else depends on it, the
 * database refuses, and the whole schema stays.
 * @throws where the schema is not recognised, or something that is not the suite's depends on it
 */
export async function dropSchema(source: Source, name: string): Promise<void> {
  // A run that is being stopped may still read it.
  await unlessDeadlocked(() => inSource(source, (client) => drop(client, name)))
}

async function drop(client: Client, name: string): Promise<void> {
  await client.query('BEGIN')
  const found = await read(client, name)
  const recognition = recognise(name, found)
  if (!found || recognition === 'gone') return
  if (recognition !== 'ours') throw new Error(`Not dropped: ${recognition.doubt}.`)
  const paths = (kinds: string): string =>
    found.relations
      .filter(({ kind }) => kinds.includes(kind))
      .map((relation) => `${client.escapeIdentifier(name)}.${client.escapeIdentifier(relation.name)}`)
      .join(', ')
  const drops = [
    ['VIEW', paths('v')],
    ['TABLE', paths('rp')],
    ['SCHEMA', client.escapeIdentifier(name)],
  ]
  for (const [what, path] of drops) if (path) await client.query(`DROP ${what} ${path} RESTRICT`)
  await client.query('COMMIT')
}

export async function hasSchema(source: Source, name: string): Promise<boolean> {
  return inSource(source, async (client) => (await read(client, name)) !== undefined)
}

/**
 * Locks a table exclusively, as a rebuild of it does: queries of a view of it have to wait.
 * @returns a function that releases the lock
 */
export async function lockTable(source: Source, schema: string, table: string): Promise<() => Promise<void>> {
  const client = await openSource(source)
  await client.query('BEGIN')
  await client.query(`LOCK TABLE ${client.escapeIdentifier(schema)}.${client.escapeIdentifier(table)} IN ACCESS EXCLUSIVE MODE`)
  return () => client.end()
}
