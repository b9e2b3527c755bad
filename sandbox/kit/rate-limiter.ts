/** At most `limit` uses within `window` milliseconds, counted from the first. */
export interface FixedWindow {
  limit: number
  window: number
}

/** `burst` uses at once, and `perSecond` more with every second. */
export interface TokenBucket {
  burst: number
  perSecond: number
}

/** One budget after a use. */
export interface Usage {
  limit: number
  used: number
  /** Epoch milliseconds of its end. */
  end: number
  isExceeded: boolean
  /** Seconds until it may be used again; what is left of the window where that is not exceeded. */
  wait: number
}

interface Forced<T> {
  who: string
  /** The operation; any where absent. */
  what: string | undefined
  times: number
  response: T
}

const PRUNED_FROM = 1_000

/**
 * Counts uses of budgets. It refuses nothing itself: the service decides whether an exceeded budget is enforced, and with which
 * response. `T` is the response to a use that the control API forces to fail.
 */
export class RateLimiter<T = never> {
  private readonly windows = new Map<string, Usage>()
  private readonly buckets = new Map<string, { tokens: number; at: number }>()
  private forced: Forced<T>[] = []
  private nextPrune = PRUNED_FROM

  /** Counts one use of the budget with this key. */
  use(key: string, { limit, window }: FixedWindow, now = Date.now()): Usage {
    const known = this.current(key, now)
    const end = known?.end ?? now + window
    const used = (known?.used ?? 0) + 1
    const usage = { limit, used, end, isExceeded: used > limit, wait: (end - now) / 1_000 }
    if (!known) this.prune(now)
    this.windows.set(key, usage)
    return usage
  }

  /** Takes one use out of the bucket with this key. @returns seconds to wait; 0 where there was one to take */
  take(key: string, { burst, perSecond }: TokenBucket, now = Date.now()): number {
    const { tokens, at } = this.buckets.get(key) ?? { tokens: burst, at: now }
    const filled = Math.min(burst, tokens + ((now - at) / 1_000) * perSecond)
    this.buckets.set(key, { tokens: filled < 1 ? filled : filled - 1, at: now })
    return filled < 1 ? (1 - filled) / perSecond : 0
  }

  /** The budget as it is, without using it; undefined where its window is over or was never used. */
  current(key: string, now = Date.now()): Usage | undefined {
    const usage = this.windows.get(key)
    return usage && usage.end > now ? usage : undefined
  }

  /** Uses per budget, also of windows that are over and were not used since. */
  entries(): IterableIterator<[key: string, usage: Usage]> {
    return this.windows.entries()
  }

  reset(): void {
    this.windows.clear()
    this.buckets.clear()
  }

  /** Makes the next uses fail, whatever their budget. @param what the operation; any where absent */
  force(who: string, what: string | undefined, times: number, response: T): void {
    this.forced.push({ who, what, times, response })
  }

  /** The response that is forced for this use, if any; it is then used up. */
  takeForced(who: string, what: string): T | undefined {
    const found = this.forced.find((one) => one.who === who && (one.what === undefined || one.what === what))
    if (!found) return undefined
    found.times--
    this.forced = this.forced.filter(({ times }) => times > 0)
    return found.response
  }

  /** Drops expired windows whenever the number of windows has doubled, so that memory does not grow with every caller. */
  private prune(now: number): void {
    if (this.windows.size < this.nextPrune) return
    for (const [key, { end }] of this.windows) if (end <= now) this.windows.delete(key)
    this.nextPrune = Math.max(PRUNED_FROM, this.windows.size * 2)
  }
}
