import type { ChannelModel, ConfirmChannel } from 'amqplib'
import type { Redis } from 'ioredis'
import type { Collection, Document, MongoClient } from 'mongodb'
import type { Pool, QueryResultRow } from 'pg'
import { UsageError } from '../../config/errors'
import { OWN_SETTINGS, unlessDeadlocked } from '../../config/postgres'
import type { ServiceAccess } from '../service'
import { layoutOf } from './layout'

/** One connection of each kind serves a whole process; libraries are loaded when a scenario first needs them. */
function urlOf(access: ServiceAccess, variable: string): string {
  const url = access.setting(variable)
  if (!url) throw new UsageError(`${variable} is not set.`)
  return url
}

export async function sql<T extends QueryResultRow>(access: ServiceAccess, text: string, values: unknown[] = []): Promise<T[]> {
  const pool = await access.connection<Pool>(
    'postgres',
    async () => {
      const { Pool } = await import('pg')
      const connectionString = urlOf(access, 'ORBITAL_POSTGRES_URL')
      const pool = new Pool({ connectionString, ...OWN_SETTINGS, max: 4, connectionTimeoutMillis: 10_000 })
      // Without a listener, the `error` event of a lost connection would end the process.
      return pool.on('error', () => undefined).on('connect', (client) => client.on('error', () => undefined))
    },
    (opened) => opened.end(),
  )
  return (await unlessDeadlocked(() => pool.query<T>(text, values))).rows
}

/** On the sandbox a server is started when it is first needed. */
async function up(access: ServiceAccess, server: string): Promise<void> {
  await access.control?.post(`/servers/${server}/ready`)
}

export async function historyOf(access: ServiceAccess): Promise<Collection<Document>> {
  const client = await access.connection<MongoClient>(
    'mongodb',
    async () => {
      await up(access, 'mongodb')
      const { MongoClient } = await import('mongodb')
      // A busy machine responds late; only this timeout means that the server is unavailable.
      const timeouts = { serverSelectionTimeoutMS: 15_000, connectTimeoutMS: 30_000, serverMonitoringMode: 'poll' as const }
      return new MongoClient(urlOf(access, 'ORBITAL_MONGODB_URL'), timeouts)
    },
    (opened) => opened.close(),
  )
  return client.db().collection(layoutOf(access).history.collection)
}

export function cacheOf(access: ServiceAccess): Promise<Redis> {
  return access.connection<Redis>(
    'redis',
    async () => {
      await up(access, 'redis')
      const { Redis } = await import('ioredis')
      const redis = new Redis(urlOf(access, 'ORBITAL_REDIS_URL'), { maxRetriesPerRequest: 2, connectTimeout: 10_000 })
      // Every call reports an unavailable cache itself.
      redis.on('error', () => undefined)
      return redis
    },
    (opened) => opened.disconnect(),
  )
}

/** A connection that broke is replaced by a new one when the next scenario asks. */
async function brokerOf(access: ServiceAccess): Promise<ChannelModel> {
  const slot = await access.connection<{ connection?: Promise<ChannelModel> | undefined }>(
    'rabbitmq',
    async () => {
      await up(access, 'rabbitmq')
      return {}
    },
    async ({ connection }) => (await connection)?.close(),
  )
  slot.connection ??= connectTo(urlOf(access, 'ORBITAL_RABBITMQ_URL'), () => {
    slot.connection = undefined
  })
  return slot.connection
}

async function connectTo(url: string, onClose: () => void): Promise<ChannelModel> {
  const { connect } = await import('amqplib')
  try {
    const connection = await connect(url, { timeout: 10_000 })
    connection.once('close', onClose)
    // Its channels report the error as well.
    connection.on('error', () => undefined)
    return connection
  } catch (error) {
    onClose()
    throw error
  }
}

/** A channel with publisher confirms. An operation that the broker refuses rejects its own call. */
export async function channelOf(access: ServiceAccess): Promise<ConfirmChannel> {
  const channel = await (await brokerOf(access)).createConfirmChannel()
  channel.on('error', () => undefined)
  return channel
}

/** The exchange of events. */
export function exchangeOf(access: ServiceAccess): string {
  return access.setting('ORBITAL_EXCHANGE') ?? 'services_test'
}

/** The queue of assignments; rejected ones go to the queue with the suffix `.dead`. */
export function queueOf(access: ServiceAccess): string {
  return access.setting('ORBITAL_DELIVERIES_QUEUE') ?? 'self_delivery.deliveries_test'
}
