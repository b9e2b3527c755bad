import { RateLimiter } from '../kit/rate-limiter'
import type { Refusal } from '../kit/refusal'
import { rateLimited } from './errors'
import type { AppRow } from './model'

/** Calls a minute by tier, per method, app and workspace. */
const PER_MINUTE = { T1: 1, T2: 20, T3: 50, T4: 100, special: 600 } as const
const MINUTE = 60_000
/** Messages to one channel: one a second, with short bursts let through. */
const POSTS = { burst: 5, perSecond: 1 }
const COMMERCIAL = new Set(['conversations.history', 'conversations.replies'])

export type Tier = keyof typeof PER_MINUTE

interface Spending {
  app: AppRow
  method: string
  tier: Tier
  channel: string | undefined
}

/** Slack's rate limits. Enforced when switched on; those of commercial apps and those forced by the control API always. */
export class Limits {
  readonly limiter = new RateLimiter<Refusal>()

  constructor(private on: boolean) {}

  enforce(on: boolean): void {
    this.on = on
    this.limiter.reset()
  }

  /** @throws ratelimited, with the seconds to wait, when the budget is used up */
  spend({ app, method, tier, channel }: Spending): void {
    const { id: appId, commercial } = app
    const forced = this.limiter.takeForced(appId, method)
    if (forced) throw forced
    if (commercial && COMMERCIAL.has(method)) this.count(`commercial ${appId} ${method}`, 1)
    this.within(`${appId} ${method}`, PER_MINUTE[tier])
    if (!this.on || method !== 'chat.postMessage' || channel === undefined) return
    const wait = this.limiter.take(`${appId} ${channel}`, POSTS)
    if (wait > 0) throw rateLimited(wait)
  }

  /** @throws ratelimited after more than `limit` uses in a minute, when limits are on */
  within(key: string, limit: number): void {
    if (this.on) this.count(key, limit)
  }

  private count(key: string, limit: number): void {
    const { isExceeded, wait } = this.limiter.use(key, { limit, window: MINUTE })
    if (isExceeded) throw rateLimited(wait)
  }
}
