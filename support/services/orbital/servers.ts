import type { ChannelModel, ConfirmChannel } from 'amqplib'
import type { Redis } from 'ioredis'
import type { Collection, MongoClient } from 'mongodb'
import type { Pool, QueryResultRow } from 'pg'
import { UsageError } from '../../config/errors'
import { mayBreak } from '../../config/may-break'
import type { ServiceAccess } from '../service'

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
      return mayBreak(new Pool({ connectionString, max: 4, connectionTimeoutMillis: 10_000 }))
    },
    (opened) => opened.end(),
  )
  return (await pool.query<T>(text, values)).rows
}

export interface HistoryDocument {
  user_id: number
  latitude: number
  longitude: number
  recorded_at: Date
}

/** On the sandbox a server comes up when it is first needed. */
async function up(access: ServiceAccess, server: string): Promise<void> {
  await access.control?.post(`/servers/${server}/ready`)
}

export async function historyOf(access: ServiceAccess): Promise<Collection<HistoryDocument>> {
  const client = await access.connection<MongoClient>(
    'mongodb',
    async () => {
      await up(access, 'mongodb')
      const { MongoClient } = await import('mongodb')
      // A busy machine answers late; only long silence is taken for a server that has gone.
      const patience = { serverSelectionTimeoutMS: 15_000, connectTimeoutMS: 30_000, serverMonitoringMode: 'poll' as const }
      return new MongoClient(urlOf(access, 'ORBITAL_MONGODB_URL'), patience)
    },
    (opened) => opened.close(),
  )
  return client.db().collection<HistoryDocument>('courier_location_history')
}

export function cacheOf(access: ServiceAccess): Promise<Redis> {
  return access.connection<Redis>(
    'redis',
    async () => {
      await up(access, 'redis')
      const { Redis } = await import('ioredis')
      const redis = new Redis(urlOf(access, 'ORBITAL_REDIS_URL'), { maxRetriesPerRequest: 2, connectTimeout: 10_000 })
      // Every call tells for itself when the cache is gone.
      redis.on('error', () => undefined)
      return redis
    },
    (opened) => opened.disconnect(),
  )
}

/** A connection that broke is replaced by a new one when the next scenario asks. */
export async function brokerOf(access: ServiceAccess): Promise<ChannelModel> {
  const line = await access.connection<{ connection?: Promise<ChannelModel> | undefined }>(
    'rabbitmq',
    async () => {
      await up(access, 'rabbitmq')
      return {}
    },
    async ({ connection }) => (await connection)?.close(),
  )
  line.connection ??= connectTo(urlOf(access, 'ORBITAL_RABBITMQ_URL'), () => {
    line.connection = undefined
  })
  return line.connection
}

async function connectTo(url: string, gone: () => void): Promise<ChannelModel> {
  const { connect } = await import('amqplib')
  try {
    const connection = await connect(url, { timeout: 10_000 })
    connection.once('close', gone)
    // Whoever uses a channel of it is told there.
    connection.on('error', () => undefined)
    return connection
  } catch (error) {
    gone()
    throw error
  }
}

/** A channel that waits for the broker's word on what it publishes. What the broker refuses rejects the call that was refused. */
export async function channelOf(access: ServiceAccess): Promise<ConfirmChannel> {
  const channel = await (await brokerOf(access)).createConfirmChannel()
  channel.on('error', () => undefined)
  return channel
}

/** Where events are published. */
export function exchangeOf(access: ServiceAccess): string {
  return access.setting('ORBITAL_EXCHANGE') ?? 'services_test'
}

/** Where assignments wait; what is rejected goes to the queue of that name with `.dead` behind it. */
export function queueOf(access: ServiceAccess): string {
  return access.setting('ORBITAL_DELIVERIES_QUEUE') ?? 'self_delivery.deliveries_test'
}

/** The cached position of a courier stands here. */
export function cacheKey(access: ServiceAccess, userId: string): string {
  return `${access.setting('ORBITAL_REDIS_PREFIX') ?? ''}courier:${userId}:location`
}

const DELETE_IF_STILL = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"

/** Deletes the cached position of a courier if it is the given one, in one step: another may come in at any time. */
export async function deleteCached(access: ServiceAccess, userId: string, text: string): Promise<void> {
  await (await cacheOf(access)).eval(DELETE_IF_STILL, 1, cacheKey(access, userId), text)
}
