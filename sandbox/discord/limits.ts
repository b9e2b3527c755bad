import { createHash } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { Refusal } from '../kit/refusal'

/** Requests in a window of so many milliseconds. */
export interface Rule {
  limit: number
  window: number
}

/** What Discord's own buckets look like from outside: sizes are not published and were observed. */
const RULES: Readonly<Record<string, Rule>> = {
  'POST /channels/:id/messages': { limit: 5, window: 5_000 },
  'PATCH /channels/:id/messages/:message': { limit: 5, window: 5_000 },
  'DELETE /channels/:id/messages/:message': { limit: 5, window: 1_000 },
  'reaction writes': { limit: 1, window: 250 },
  'POST /users/@me/channels': { limit: 10, window: 10_000 },
  'PATCH /channels/:id': { limit: 5, window: 15_000 },
}
const USUAL: Rule = { limit: 50, window: 1_000 }
const GENEROUS: Rule = { limit: 10_000, window: 1_000 }
const GLOBAL: Rule = { limit: 50, window: 1_000 }
const PRESENCES: Rule = { limit: 5, window: 20_000 }
const IDENTIFIES: Rule = { limit: 1, window: 5_000 }
export const DAILY_IDENTIFIES = 1_000
const DAY = 86_400_000
const INVALID: Rule = { limit: 10_000, window: 600_000 }

/** The next so many calls of a bot (to one operation, or any) are refused, whatever the buckets say. */
export interface Throttle {
  bot: string
  on?: string
  times: number
  /** Seconds. */
  retryAfter: number
  scope: 'user' | 'global' | 'shared'
}

export interface Call {
  bot: string
  operation: string
  /** The channel or guild the call is about. */
  major: string
}

interface Window extends Rule {
  used: number
  end: number
}

/** Buckets per bot, route and top-level resource. Always counted and told in headers; enforced where switched on. */
export class Limits {
  private readonly windows = new Map<string, Window>()
  private readonly own = new Map<string, Rule>()
  private throttles: Throttle[] = []
  private readonly tally = new Map<string, { calls: number; refused: number }>()

  constructor(private enforced: boolean) {}

  /** Every documented limit, of everybody, on or off. */
  enforce(on: boolean): void {
    this.enforced = on
    this.own.clear()
    this.windows.clear()
  }

  /** One bot's bucket for one operation, enforced from now on. */
  rule(bot: string, operation: string, rule: Rule): void {
    this.own.set(`${bot} ${operation}`, rule)
  }

  throttle(throttle: Throttle): void {
    this.throttles.push({ ...throttle })
  }

  /** Calls of a bot, and how many of them were refused for their number. */
  spent(bot: string): { calls: number; refused: number } {
    return this.tally.get(bot) ?? { calls: 0, refused: 0 }
  }

  /** Counts one call and writes the headers. @throws 429 where its bucket, or the bot's whole budget, is used up */
  call(call: Call, reply: FastifyReply): void {
    const tally = this.spent(call.bot)
    tally.calls++
    this.tally.set(call.bot, tally)
    try {
      this.judge(call, reply)
    } catch (error) {
      tally.refused++
      throw error
    }
  }

  private judge({ bot, operation, major }: Call, reply: FastifyReply): void {
    const bucket = bucketOf(operation)
    const own = this.own.get(`${bot} ${operation}`) ?? this.own.get(`${bot} ${bucket}`)
    const rule = own ?? (this.enforced ? (RULES[bucket] ?? USUAL) : GENEROUS)
    const enforced = own !== undefined || this.enforced
    const window = this.count(`${bot} ${bucket} ${major}`, rule)
    const wait = Math.max(0, window.end - Date.now()) / 1_000
    void reply.headers({
      'X-RateLimit-Limit': String(rule.limit),
      'X-RateLimit-Remaining': String(Math.max(enforced ? 0 : 1, rule.limit - window.used)),
      'X-RateLimit-Reset': (window.end / 1_000).toFixed(3),
      'X-RateLimit-Reset-After': wait.toFixed(3),
      'X-RateLimit-Bucket': createHash('md5').update(bucket).digest('hex'),
    })
    const throttle = this.throttled(bot, operation)
    if (throttle) throw tooMany(throttle.retryAfter, throttle.scope)
    if (this.enforced) {
      const all = this.count(`${bot} everything`, GLOBAL)
      if (all.used > all.limit) throw tooMany((all.end - Date.now()) / 1_000, 'global')
    }
    if (enforced && window.used > rule.limit) throw tooMany(wait, 'user')
  }

  /** 401, 403 and 429 count against the address they come from. @returns false once there were too many in ten minutes */
  mayFail(address: string): boolean {
    return !this.enforced || (this.windows.get(`${address} invalid`)?.used ?? 0) < INVALID.limit
  }

  failed(address: string): void {
    if (this.enforced) this.count(`${address} invalid`, INVALID)
  }

  mayIdentify(bot: string): boolean {
    const { used } = this.count(`${bot} identify daily`, { limit: DAILY_IDENTIFIES, window: DAY })
    if (!this.enforced) return true
    return used <= DAILY_IDENTIFIES && this.count(`${bot} identify`, IDENTIFIES).used <= IDENTIFIES.limit
  }

  /** How many sessions a bot may still start today, and in how many milliseconds that day is over. */
  identifies(bot: string): { remaining: number; resetAfter: number } {
    const window = this.windows.get(`${bot} identify daily`)
    if (!window || window.end <= Date.now()) return { remaining: DAILY_IDENTIFIES, resetAfter: 0 }
    const floor = this.enforced ? 0 : 1
    return { remaining: Math.max(floor, DAILY_IDENTIFIES - window.used), resetAfter: window.end - Date.now() }
  }

  mayChangePresence(session: string): boolean {
    return !this.enforced || this.count(`${session} presence`, PRESENCES).used <= PRESENCES.limit
  }

  /** New direct conversations in a short while; too many at once look like spam. */
  mayOpenDirect(bot: string): boolean {
    return !this.enforced || this.count(`${bot} directs`, { limit: 10, window: 60_000 }).used <= 10
  }

  private throttled(bot: string, operation: string): Throttle | undefined {
    const found = this.throttles.find((one) => one.bot === bot && (one.on === undefined || one.on === operation))
    if (found && --found.times <= 0) this.throttles = this.throttles.filter((one) => one !== found)
    return found
  }

  private count(key: string, rule: Rule): Window {
    const now = Date.now()
    const known = this.windows.get(key)
    const window = known && known.end > now && known.window === rule.window ? known : { ...rule, used: 0, end: now + rule.window }
    window.used++
    this.windows.set(key, window)
    return window
  }
}

/** Adding and taking away reactions share one bucket. */
function bucketOf(operation: string): string {
  return /^(PUT|DELETE) .*\/reactions/.test(operation) ? 'reaction writes' : operation
}

function tooMany(seconds: number, scope: Throttle['scope']): Refusal {
  const wait = Math.max(0.001, seconds)
  const global = scope === 'global'
  return new Refusal(
    429,
    { message: 'You are being rate limited.', retry_after: Number(wait.toFixed(3)), global },
    {
      'Retry-After': String(Math.ceil(wait)),
      'X-RateLimit-Scope': scope,
      ...(global ? { 'X-RateLimit-Global': 'true' } : {}),
    },
  )
}
