import type { Redis } from 'ioredis'
import { z } from 'zod'
import { unavailable } from './errors'
import type { Losses } from './losses'

const schema = z.object({ latitude: z.number(), longitude: z.number(), reported_at: z.string() })

/** The value of `courier:<user_id>:location`. */
export type CachedPosition = z.infer<typeof schema>

const TIMEOUT = 5_000

interface CacheOptions {
  url: string
  /** Prefix of every key: set on a shared server, where the remaining keys with it are deleted at the end. */
  prefix: string
  seconds: number
  format: 'string' | 'hash' | 'geo'
  ready(): Promise<void>
}

/** Redis: the last position of each courier, until it expires. */
export class PositionCache {
  private connected: Promise<Redis> | undefined
  private readonly written = new Set<string>()

  constructor(
    private readonly options: CacheOptions,
    private readonly losses: Losses,
  ) {}

  async set(userId: number, position: CachedPosition): Promise<void> {
    if (this.losses.loses('redis', userId)) return
    const key = this.keyOf(userId)
    this.written.add(key)
    await this.said((redis) => write(redis, key, position, this.options))
  }

  /** Undefined where it is not cached, is unreadable, or the cache is unavailable: PostgreSQL also has it. */
  async get(userId: number): Promise<CachedPosition | undefined> {
    try {
      return schema.safeParse(await this.said((redis) => read(redis, this.keyOf(userId), this.options))).data
    } catch {
      return undefined
    }
  }

  async ping(): Promise<void> {
    await this.said((redis) => redis.ping())
  }

  async close(): Promise<void> {
    const redis = await this.connected?.catch(() => undefined)
    // If that fails, they expire.
    if (redis && this.options.prefix) await Promise.allSettled([...this.written].map((key) => redis.del(key)))
    redis?.disconnect()
  }

  private keyOf(userId: number): string {
    return `${this.options.prefix}courier:${userId}:location`
  }

  private async said<T>(say: (redis: Redis) => Promise<T>): Promise<T> {
    try {
      this.connected ??= this.connect()
      return await say(await this.connected)
    } catch (error) {
      throw unavailable(`The cache (${error instanceof Error ? error.name : error})`)
    }
  }

  private async connect(): Promise<Redis> {
    await this.options.ready()
    const { Redis } = await import('ioredis')
    const redis = new Redis(this.options.url, {
      maxRetriesPerRequest: 1,
      connectTimeout: TIMEOUT,
      commandTimeout: TIMEOUT,
      retryStrategy: (tries: number) => Math.min(tries * 50, 500),
    })
    // Every call reports an unavailable cache itself.
    redis.on('error', () => undefined)
    return redis
  }
}

/** Key and expiry in one transaction, so that no position stays forever. */
async function write(redis: Redis, key: string, position: CachedPosition, { format, seconds }: CacheOptions): Promise<void> {
  const { latitude, longitude, reported_at } = position
  const batch = redis.multi().del(key)
  if (format === 'hash') batch.hset(key, { latitude, longitude, reported_at })
  else if (format === 'geo') batch.geoadd(key, longitude, latitude, 'position')
  else batch.set(key, JSON.stringify(position))
  const results = await batch.expire(key, seconds).exec()
  for (const [error] of results ?? []) if (error) throw error
}

/** A geo set has no time and rounds the position, so these are read from PostgreSQL. */
async function read(redis: Redis, key: string, { format }: CacheOptions): Promise<unknown> {
  if (format === 'geo') return undefined
  if (format === 'string') return JSON.parse((await redis.get(key)) ?? 'null')
  const { latitude, longitude, reported_at } = await redis.hgetall(key)
  return latitude === undefined ? undefined : { latitude: Number(latitude), longitude: Number(longitude), reported_at }
}
