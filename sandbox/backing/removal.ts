import { newClient } from './postgres-client'
import { type Made, Register } from './register'
import type { ServerName } from './server'

/** A connection that removes what registers list. Something that no longer exists is no error. */
interface Remover {
  remove(made: Made): Promise<void>
  close(): Promise<void>
}

const REMOVERS: Readonly<Record<Exclude<ServerName, 'redis'>, (url: string) => Promise<Remover>>> = {
  postgres: postgresRemover,
  rabbitmq: rabbitRemover,
  mongodb: mongoRemover,
}

/** The outcome of one removal, in a sentence. */
export interface Removal {
  isDone: boolean
  says: string
}

/** Removes everything that a register lists, and marks it as removed. Never throws: what cannot be removed stays listed. */
export async function removeNoted(register: Register, url: string): Promise<Removal[]> {
  const { server, things } = register
  if (server === 'redis' || things.length === 0) return []
  const remover = await REMOVERS[server](url).catch((error: unknown) => errorText(error))
  if (typeof remover === 'string') return things.map((made) => failed(server, made, remover))
  const removals: Removal[] = []
  for (const made of things) {
    try {
      await remover.remove(made)
      register.strike(made)
      removals.push({ isDone: true, says: `${made.kind} ${made.name} of ${server}: removed` })
    } catch (error) {
      removals.push(failed(server, made, errorText(error)))
    }
  }
  await remover.close().catch(() => undefined)
  return removals
}

/** Removes what killed processes left at a server given by URL. */
export async function removeLeftByTheDead(server: ServerName, url: string): Promise<Removal[]> {
  const removals: Removal[] = []
  const left = Register.ofTheDead().filter((register) => register.isOf(server, url))
  for (const register of left) removals.push(...(await removeNoted(register, url)))
  return removals
}

/** For callers without a report of their own: writes what could not be removed to stderr. */
export function complain(removals: readonly Removal[]): void {
  for (const { isDone, says } of removals) if (!isDone) process.stderr.write(`${says}\n`)
}

function failed(server: ServerName, { kind, name }: Made, why: string): Removal {
  return {
    isDone: false,
    says: `${kind} ${name} of ${server} was not removed: ${why}. npm run sweep tries again once ACCEPTANCE_${server.toUpperCase()}_URL leads there.`,
  }
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error)
}

async function postgresRemover(url: string): Promise<Remover> {
  const { escapeIdentifier } = await import('pg')
  const home = new URL(url)
  if (home.pathname.length < 2) home.pathname = '/postgres'
  const client = newClient({ connectionString: home.href, connectionTimeoutMillis: 10_000 })
  await client.connect()
  return {
    remove: async ({ kind, name }) => {
      const quoted = escapeIdentifier(name)
      await client.query(kind === 'role' ? `DROP ROLE IF EXISTS ${quoted}` : `DROP DATABASE IF EXISTS ${quoted} WITH (FORCE)`)
    },
    close: () => client.end(),
  }
}

async function mongoRemover(url: string): Promise<Remover> {
  const { MongoClient } = await import('mongodb')
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 10_000 })
  await client.connect()
  return {
    remove: async ({ name }) => {
      const database = client.db(name)
      // A database is gone once its last collection is. An account that may write need not be one that may drop databases.
      for (const { collectionName } of await database.collections()) await database.dropCollection(collectionName)
    },
    close: () => client.close(),
  }
}

/** Each on its own channel, because the broker closes a channel on which an operation fails. */
async function rabbitRemover(url: string): Promise<Remover> {
  const { connect } = await import('amqplib')
  const connection = await connect(url, { timeout: 10_000 })
  connection.on('error', () => undefined)
  return {
    remove: async ({ kind, name }) => {
      const channel = await connection.createChannel()
      channel.on('error', () => undefined)
      if (kind === 'queue') await channel.deleteQueue(name)
      else await channel.deleteExchange(name)
      await channel.close()
    },
    close: () => connection.close(),
  }
}
