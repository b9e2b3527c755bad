import { setTimeout as pause } from 'node:timers/promises'
import type { ServiceAccess } from '../service'

/** Remainder of the budget; a figure that is absent or not an integer is left out. */
export interface RateLimit {
  limit: number | undefined
  remaining: number | undefined
  /** Unix seconds when the window ends. */
  reset: number | undefined
}

export function rateLimitOf(headers: Readonly<Record<string, string>>): RateLimit {
  const [limit, remaining, reset] = NAMES.map((name) => figure(headers[name]))
  return { limit, remaining, reset }
}

const NAMES = ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'] as const

function figure(value = ''): number | undefined {
  return /^\d+$/.test(value) ? Number(value) : undefined
}

/** How far the clocks of suite and service may be apart, in seconds. */
const CLOCK_TOLERANCE = 180
/** Seconds: the budget is renewed every minute; a longer window than an hour has never been documented. */
const LONGEST_WINDOW = 3_600

/**
 * Whether every response reports the rate limit as documented: three whole numbers, or none of them. Faults are collected, since a
 * wrong header must not keep a clean-up from its work.
 */
export class RateLimitCheck {
  readonly faults: string[] = []

  see(headers: Readonly<Record<string, string>>, now = Date.now()): void {
    if (!NAMES.some((name) => name in headers)) return
    const { limit, remaining, reset } = rateLimitOf(headers)
    const note = (why: string): void => {
      const shown = NAMES.map((name) => `${name}: ${headers[name] ?? 'missing'}`).join(', ')
      this.faults.push(`${shown} (${why})`)
    }
    if (limit === undefined || remaining === undefined || reset === undefined) {
      note('each must be a whole number')
      return
    }
    const secondsLeft = reset - now / 1_000
    if (remaining > limit) note('more remain than the limit allows')
    if (secondsLeft < -CLOCK_TOLERANCE || secondsLeft > LONGEST_WINDOW + CLOCK_TOLERANCE)
      note('the window does not end within the hour')
  }
}

/** Longest wait for the next minute's budget, in milliseconds: less than a step's timeout. */
const LONGEST_WAIT = 50_000

/** Delays the next request of an account until its minute's budget is renewed, as the headers of the latest response report it. */
export class RateLimiter {
  private latest: RateLimit | undefined

  see(limit: RateLimit): RateLimit {
    this.latest = limit
    return limit
  }

  async wait(now = Date.now()): Promise<void> {
    const { remaining, reset } = this.latest ?? {}
    if (remaining !== 0 || reset === undefined) return
    const left = reset * 1_000 - now
    if (left > 0) await pause(Math.min(left, LONGEST_WAIT))
  }
}

/** Live, all scenarios of a run share one limiter per account; a sandbox person exists for one scenario only. */
export async function rateLimiterOf(access: ServiceAccess, name: string): Promise<RateLimiter> {
  if (!access.isLive) return new RateLimiter()
  return access.connection(
    `rate-limit:${name}`,
    async () => new RateLimiter(),
    () => undefined,
  )
}
