import type { Redis } from 'ioredis'
import { z } from 'zod'
import { unavailable } from './errors'
import type { Losses } from './losses'

const schema = z.object({ latitude: z.number(), longitude: z.number(), reported_at: z.string() })

/** What stands below `courier:<user_id>:location`. */
export type CachedPosition = z.infer<typeof schema>

const TIMEOUT = 5_000

/** Redis: where each courier was last, for a while. */
export class PositionCache {
  private connected: Promise<Redis> | undefined

  constructor(
    private readonly options: { url: string; seconds: number; ready: () => Promise<void> },
    private readonly losses: Losses,
  ) {}

  async set(userId: number, position: CachedPosition): Promise<void> {
    if (this.losses.loses('redis', userId)) return
    await this.said((redis) => redis.set(keyOf(userId), JSON.stringify(position), 'EX', this.options.seconds))
  }

  /** Nothing where it is not at hand, cannot be read, or the cache is gone: PostgreSQL knows it, too. */
  async get(userId: number): Promise<CachedPosition | undefined> {
    try {
      return schema.safeParse(JSON.parse((await this.said((redis) => redis.get(keyOf(userId)))) ?? 'null')).data
    } catch {
      return undefined
    }
  }

  async ping(): Promise<void> {
    await this.said((redis) => redis.ping())
  }

  async close(): Promise<void> {
    ;(await this.connected?.catch(() => undefined))?.disconnect()
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
    // Every call says for itself whether the cache was there.
    redis.on('error', () => undefined)
    return redis
  }
}

export function keyOf(userId: number): string {
  return `courier:${userId}:location`
}
