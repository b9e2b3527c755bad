import type { FastifyReply } from 'fastify'
import { RateLimiter, type Usage } from '../kit/rate-limiter'
import { Refusal } from '../kit/refusal'

const HOUR = 3_600

/** Actions with their own budget; the figures are for a newcomer, before the trust multiplier. */
const BUDGETS = {
  request: { max: 120, seconds: 60 },
  token: { max: 30, seconds: HOUR },
  register: { max: 10, seconds: HOUR },
  post: { max: 10, seconds: HOUR },
  comment: { max: 30, seconds: HOUR },
  vote: { max: 10, seconds: HOUR },
  webhook: { max: 10, seconds: HOUR },
  edit: { max: 10, seconds: HOUR },
  message: { max: 60, seconds: HOUR },
  messageOfNewcomer: { max: 10, seconds: HOUR },
  messageOfDay: { max: 100, seconds: 86_400 },
  reaction: { max: 120, seconds: 60 },
  join: { max: 30, seconds: HOUR },
  follow: { max: 60, seconds: HOUR },
  readAll: { max: 30, seconds: HOUR },
  readOne: { max: 120, seconds: HOUR },
  report: { max: 10, seconds: HOUR },
  rotate: { max: 3, seconds: 86_400 },
} as const

export type Action = keyof typeof BUDGETS

export const ACTIONS = Object.keys(BUDGETS) as Action[]

/** Counted per address, before the account is known. */
const OF_ADDRESSES: readonly Action[] = ['token', 'register']

/** Fixed windows per action and account (or address). Always counted and shown in headers; enforced only when switched on. */
export class Limits {
  private readonly limiter = new RateLimiter()
  private enforced: ReadonlySet<Action>

  constructor(on: boolean) {
    this.enforced = new Set(on ? ACTIONS : [])
  }

  /** @param actions whose budgets are enforced; all of them unless given */
  enforce(on: boolean, actions: readonly Action[] = ACTIONS): void {
    this.enforced = new Set(on ? actions : [])
    this.limiter.reset()
  }

  /** How often each action was done, by all accounts together. */
  spent(): Partial<Record<Action, number>> {
    const totals: Partial<Record<Action, number>> = {}
    for (const [key, { used }] of this.limiter.entries()) {
      const action = key.split(' ')[0] as Action
      totals[action] = (totals[action] ?? 0) + used
    }
    return totals
  }

  /**
   * Counts a request and writes the headers of every response; while limits are off, they always show a remainder.
   * @throws 429 when the minute's budget is used up
   */
  request(who: string, reply: FastifyReply): void {
    const { limit, used, end, isExceeded, wait } = this.count('request', who)
    const enforced = this.enforced.has('request')
    void reply.headers({
      'X-RateLimit-Limit': String(limit),
      'X-RateLimit-Remaining': String(Math.max(enforced ? 0 : 1, limit - used)),
      'X-RateLimit-Reset': String(Math.ceil(end / 1_000)),
    })
    if (enforced && isExceeded) throw exceeded('request', wait)
  }

  /** @param multiplier of the account's trust level @throws 429 when the action's budget is used up */
  spend(action: Action, who: string, multiplier = 1): void {
    const { isExceeded, wait } = this.count(action, who, multiplier)
    if (isExceeded && this.enforced.has(action)) throw exceeded(action, wait)
  }

  /** Each budget of an account, as `GET /limits/me` shows it, without using any; a budget that is not enforced is shown as unused. */
  standing(who: string, multiplier = 1) {
    return ACTIONS.filter((action) => !OF_ADDRESSES.includes(action)).map((action) => {
      const max = allowed(action, multiplier)
      const usage = this.limiter.current(`${action} ${who}`)
      const current = usage?.used ?? 0
      const enforced = this.enforced.has(action)
      const blocked = enforced && current >= max
      const remaining = enforced ? Math.max(0, max - current) : max
      const retry_after = blocked ? seconds(((usage?.end ?? 0) - Date.now()) / 1_000) : null
      const name = action.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
      return { action: name, window_seconds: BUDGETS[action].seconds, max, current, remaining, blocked, retry_after }
    })
  }

  private count(action: Action, who: string, multiplier = 1): Usage {
    const window = BUDGETS[action].seconds * 1_000
    return this.limiter.use(`${action} ${who}`, { limit: allowed(action, multiplier), window })
  }
}

/** Trust scales hourly budgets only. */
function allowed(action: Action, multiplier: number): number {
  const { max, seconds } = BUDGETS[action]
  return seconds === HOUR ? Math.floor(max * multiplier) : max
}

const seconds = (wait: number): number => Math.max(1, Math.ceil(wait))

function exceeded(action: Action, wait: number): Refusal {
  const code = action === 'vote' ? 'RATE_LIMIT_VOTE_HOURLY' : 'RATE_LIMIT'
  const detail = { message: 'Rate limit exceeded. Try again later.', code }
  return new Refusal(429, { detail }, { 'Retry-After': String(seconds(wait)) })
}
