import type { Refusal } from '../kit/refusal'
import { rateLimited } from './errors'

/** Calls a minute by tier, per method, app and workspace. */
const PER_MINUTE = { T1: 1, T2: 20, T3: 50, T4: 100, special: 600 } as const
const MINUTE = 60_000
/** Messages to one channel: one a second, with short bursts let through. */
const POSTS = { burst: 5, perSecond: 1 }
const COMMERCIAL = new Set(['conversations.history', 'conversations.replies'])

export type Tier = keyof typeof PER_MINUTE

interface Forced {
  appId: string
  method: string
  left: number
  refusal: Refusal
}

export interface Spending {
  appId: string
  commercial: boolean
  method: string
  tier: Tier
  channel: string | undefined
}

/** Budgets of a Slack: enforced only when switched on, but for what the control port forces and what commercial apps always get. */
export class Limits {
  private readonly windows = new Map<string, { used: number; ends: number }>()
  private readonly buckets = new Map<string, { tokens: number; at: number }>()
  private forced: Forced[] = []

  constructor(private on: boolean) {}

  enforce(on: boolean): void {
    this.on = on
    this.windows.clear()
    this.buckets.clear()
  }

  /** The next calls of a method are refused, so many of them. */
  force(forced: Forced): void {
    this.forced.push(forced)
  }

  /** @throws ratelimited, with the seconds to wait, when the budget is used up */
  spend({ appId, commercial, method, tier, channel }: Spending): void {
    this.refuseForced(appId, method)
    if (commercial && COMMERCIAL.has(method)) this.count(`commercial ${appId} ${method}`, 1)
    if (!this.on) return
    this.count(`${appId} ${method}`, PER_MINUTE[tier])
    if (method === 'chat.postMessage' && channel !== undefined) this.post(`${appId} ${channel}`)
  }

  /** @throws ratelimited after so many in a minute, when limits are on */
  within(key: string, most: number): void {
    if (this.on) this.count(key, most)
  }

  private refuseForced(appId: string, method: string): void {
    const found = this.forced.find((one) => one.left > 0 && one.appId === appId && one.method === method)
    if (!found) return
    found.left--
    this.forced = this.forced.filter(({ left }) => left > 0)
    throw found.refusal
  }

  private count(key: string, most: number): void {
    const now = Date.now()
    const known = this.windows.get(key)
    const window = known && known.ends > now ? known : { used: 0, ends: now + MINUTE }
    this.windows.set(key, window)
    if (window.used >= most) throw rateLimited((window.ends - now) / 1_000)
    window.used++
  }

  private post(key: string): void {
    const now = Date.now()
    const { tokens, at } = this.buckets.get(key) ?? { tokens: POSTS.burst, at: now }
    const full = Math.min(POSTS.burst, tokens + ((now - at) / 1_000) * POSTS.perSecond)
    this.buckets.set(key, { tokens: full < 1 ? full : full - 1, at: now })
    if (full < 1) throw rateLimited((1 - full) / POSTS.perSecond)
  }
}
