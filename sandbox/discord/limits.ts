import { createHash } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { type FixedWindow, RateLimiter } from '../kit/rate-limiter'
import { Refusal } from '../kit/refusal'

/** Discord's buckets as observed: their sizes are not published. */
const RULES: Readonly<Record<string, FixedWindow>> = {
  'POST /channels/:id/messages': { limit: 5, window: 5_000 },
  'PATCH /channels/:id/messages/:message': { limit: 5, window: 5_000 },
  'DELETE /channels/:id/messages/:message': { limit: 5, window: 1_000 },
  'reaction writes': { limit: 1, window: 250 },
  'POST /users/@me/channels': { limit: 10, window: 10_000 },
  'PATCH /channels/:id': { limit: 5, window: 15_000 },
}
const USUAL: FixedWindow = { limit: 50, window: 1_000 }
const GENEROUS: FixedWindow = { limit: 10_000, window: 1_000 }
const GLOBAL: FixedWindow = { limit: 50, window: 1_000 }
const PRESENCES: FixedWindow = { limit: 5, window: 20_000 }
const IDENTIFIES: FixedWindow = { limit: 1, window: 5_000 }
export const DAILY: FixedWindow = { limit: 1_000, window: 86_400_000 }
const DIRECTS: FixedWindow = { limit: 10, window: 60_000 }
const INVALID: FixedWindow = { limit: 10_000, window: 600_000 }

/** The next calls of a bot (to one operation, or any) that are refused regardless of the buckets. */
export const throttle = {
  bot: z.string().min(1),
  on: z.string().min(1).optional(),
  times: z.int().min(1).default(1),
  /** Seconds. */
  retryAfter: z.number().default(1),
  scope: z.enum(['user', 'global', 'shared']).default('user'),
}
type Throttle = z.output<z.ZodObject<typeof throttle>>

export interface Call {
  bot: string
  operation: string
  /** The channel or guild of the call. */
  major: string
}

/** Buckets per bot, route and top-level resource. Always counted and shown in headers; enforced if switched on. */
export class Limits {
  private readonly limiter = new RateLimiter<Refusal>()
  private readonly own = new Map<string, FixedWindow>()
  private readonly tally = new Map<string, { calls: number; refused: number }>()

  constructor(private enforced: boolean) {}

  /** All documented limits, of all bots, on or off. */
  enforce(on: boolean): void {
    this.enforced = on
    this.own.clear()
    this.limiter.reset()
  }

  /** One bot's bucket for one operation, enforced from now on. */
  rule(bot: string, operation: string, rule: FixedWindow): void {
    this.own.set(`${bot} ${operation}`, rule)
  }

  throttle({ bot, on, times, retryAfter, scope }: Throttle): void {
    this.limiter.force(bot, on, times, tooMany(retryAfter, scope))
  }

  /** The number of a bot's calls, and how many of them were rate-limited. */
  spent(bot: string): { calls: number; refused: number } {
    return this.tally.get(bot) ?? { calls: 0, refused: 0 }
  }

  /** Counts one call and writes the headers. @throws 429 where its bucket or the bot's global budget is used up */
  call(call: Call, reply: FastifyReply): void {
    const tally = this.spent(call.bot)
    tally.calls++
    this.tally.set(call.bot, tally)
    try {
      this.spend(call, reply)
    } catch (error) {
      tally.refused++
      throw error
    }
  }

  private spend({ bot, operation, major }: Call, reply: FastifyReply): void {
    const bucket = bucketOf(operation)
    const own = this.own.get(`${bot} ${operation}`) ?? this.own.get(`${bot} ${bucket}`)
    const rule = own ?? (this.enforced ? (RULES[bucket] ?? USUAL) : GENEROUS)
    const enforced = own !== undefined || this.enforced
    const { limit, used, end, wait, isExceeded } = this.limiter.use(`${bot} ${bucket} ${major} ${rule.window}`, rule)
    void reply.headers({
      'X-RateLimit-Limit': String(limit),
      'X-RateLimit-Remaining': String(Math.max(enforced ? 0 : 1, limit - used)),
      'X-RateLimit-Reset': (end / 1_000).toFixed(3),
      'X-RateLimit-Reset-After': wait.toFixed(3),
      'X-RateLimit-Bucket': createHash('md5').update(bucket).digest('hex'),
    })
    const forced = this.limiter.takeForced(bot, operation)
    if (forced) throw forced
    const all = this.enforced ? this.limiter.use(`${bot} everything`, GLOBAL) : undefined
    if (all?.isExceeded) throw tooMany(all.wait, 'global')
    if (enforced && isExceeded) throw tooMany(wait, 'user')
  }

  /** Counts 401, 403 and 429 per client address. @returns false once there were too many in ten minutes */
  mayFail(address: string): boolean {
    return !this.enforced || (this.limiter.current(`${address} invalid`)?.used ?? 0) < INVALID.limit
  }

  failed(address: string): void {
    if (this.enforced) this.limiter.use(`${address} invalid`, INVALID)
  }

  mayIdentify(bot: string): boolean {
    const { isExceeded } = this.limiter.use(`${bot} identify daily`, DAILY)
    return !this.enforced || !(isExceeded || this.limiter.use(`${bot} identify`, IDENTIFIES).isExceeded)
  }

  /** How many sessions a bot may still start today, and the milliseconds until that is reset. */
  identifies(bot: string): { remaining: number; resetAfter: number } {
    const usage = this.limiter.current(`${bot} identify daily`)
    if (!usage) return { remaining: DAILY.limit, resetAfter: 0 }
    return { remaining: Math.max(this.enforced ? 0 : 1, DAILY.limit - usage.used), resetAfter: usage.end - Date.now() }
  }

  mayChangePresence(session: string): boolean {
    return !this.enforced || !this.limiter.use(`${session} presence`, PRESENCES).isExceeded
  }

  /** Limits new direct conversations in a short time, which Discord treats as spam. */
  mayOpenDirect(bot: string): boolean {
    return !this.enforced || !this.limiter.use(`${bot} directs`, DIRECTS).isExceeded
  }
}

/** Adding and taking away reactions share one bucket. */
function bucketOf(operation: string): string {
  return /^(PUT|DELETE) .*\/reactions/.test(operation) ? 'reaction writes' : operation
}

/** The write limit of a channel, which all who write there share. */
const CHANNEL_BUSY = 20_028

function tooMany(seconds: number, scope: Throttle['scope']): Refusal {
  const wait = Math.max(0.001, seconds)
  const global = scope === 'global'
  return new Refusal(
    429,
    {
      message: 'You are being rate limited.',
      retry_after: Number(wait.toFixed(3)),
      global,
      code: scope === 'shared' ? CHANNEL_BUSY : 0,
    },
    {
      'Retry-After': String(Math.ceil(wait)),
      'X-RateLimit-Scope': scope,
      ...(global ? { 'X-RateLimit-Global': 'true' } : {}),
    },
  )
}
