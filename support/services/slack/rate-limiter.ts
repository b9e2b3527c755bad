const MINUTE = 60_000
/** Calls per minute by method, from Slack's tiers; the third tier for any other method. */
const PER_MINUTE: Readonly<Record<string, number>> = {
  'conversations.list': 20,
  'conversations.close': 20,
  'users.list': 20,
  'users.setPresence': 20,
  'reactions.remove': 20,
  'users.info': 100,
  'chat.postMessage': 60,
  'auth.test': 300,
  'files.getUploadURLExternal': 100,
  'files.completeUploadExternal': 100,
}
const USUAL = 50
/** A burst at first, then a steady rate: together never more in a minute than Slack allows. */
const BURST = 0.3
const STEADY = 0.65

/** Keeps a live run within Slack's rate limit of each method, so that no call is refused with 429. One per run, or per shard. */
export class RateLimiter {
  private readonly buckets = new Map<string, { left: number; at: number }>()

  /** @param shards the number of shards that share the limit */
  constructor(
    private readonly now: () => number = Date.now,
    private readonly shards = 1,
  ) {}

  /** Takes one call out of the budget. @returns the milliseconds to wait before the call */
  take(method: string): number {
    const perMinute = (PER_MINUTE[method] ?? USUAL) / this.shards
    const most = Math.max(1, Math.floor(perMinute * BURST))
    const steady = perMinute * STEADY
    const now = this.now()
    const { left, at } = this.buckets.get(method) ?? { left: most, at: now }
    const full = Math.min(most, left + ((now - at) / MINUTE) * steady)
    this.buckets.set(method, { left: full - 1, at: now })
    return full >= 1 ? 0 : Math.ceil(((1 - full) / steady) * MINUTE)
  }
}
