import type { FastifyReply } from 'fastify'
import { Refusal } from '../kit/refusal'

const HOUR = 3_600

/** Actions with a budget of their own; figures are a newcomer's, before the trust multiplier. */
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
  rotate: { max: 3, seconds: 86_400 },
} as const

export type Action = keyof typeof BUDGETS

export const ACTIONS = Object.keys(BUDGETS) as Action[]

/** Counted for the address a call comes from: nobody is known yet. */
const OF_ADDRESSES: readonly Action[] = ['token', 'register']

const FEW_WINDOWS = 1_000

interface Window {
  used: number
  /** Unix seconds when it ends. */
  reset: number
}

/** Fixed windows per action and account (or address). Always counted and told in headers; enforced only when switched on. */
export class Limits {
  private readonly windows = new Map<string, Window>()
  private nextPrune = FEW_WINDOWS
  private enforced: ReadonlySet<Action>

  constructor(on: boolean) {
    this.enforced = new Set(on ? ACTIONS : [])
  }

  /** @param actions whose budgets count from now on; all of them unless told */
  enforce(on: boolean, actions: readonly Action[] = ACTIONS): void {
    this.enforced = new Set(on ? actions : [])
    this.windows.clear()
  }

  /** How often each action was done, by everybody together. */
  spent(): Partial<Record<Action, number>> {
    const totals: Partial<Record<Action, number>> = {}
    for (const [key, { used }] of this.windows) {
      const action = key.split(' ')[0] as Action
      totals[action] = (totals[action] ?? 0) + used
    }
    return totals
  }

  /**
   * Counts one call of any kind and writes the headers every answer carries; where nothing is enforced they never say that none is left.
   * @throws 429 when the minute's budget is used up
   */
  request(who: string, reply: FastifyReply): void {
    const { max } = BUDGETS.request
    const window = this.count('request', who)
    const enforced = this.enforced.has('request')
    void reply.headers({
      'X-RateLimit-Limit': String(max),
      'X-RateLimit-Remaining': String(Math.max(enforced ? 0 : 1, max - window.used)),
      'X-RateLimit-Reset': String(window.reset),
    })
    if (enforced && window.used > max) throw exceeded('request', window)
  }

  /** @param multiplier of the account's trust level @throws 429 when the action's budget is used up */
  spend(action: Action, who: string, multiplier = 1): void {
    const window = this.count(action, who)
    if (this.enforced.has(action) && window.used > allowed(action, multiplier)) throw exceeded(action, window)
  }

  /** What is left of each budget of an account, as `GET /limits/me` tells it; looking spends nothing; what is not enforced stays whole. */
  standing(who: string, multiplier = 1) {
    const now = Date.now() / 1_000
    return ACTIONS.filter((action) => !OF_ADDRESSES.includes(action)).map((action) => {
      const { seconds } = BUDGETS[action]
      const window = this.windows.get(`${action} ${who}`)
      const current = window && window.reset > now ? window.used : 0
      const max = allowed(action, multiplier)
      const enforced = this.enforced.has(action)
      const blocked = enforced && current >= max
      const rest = {
        remaining: enforced ? Math.max(0, max - current) : max,
        blocked,
        retry_after: blocked ? waitFor(window) : null,
      }
      return { action: snake(action), window_seconds: seconds, max, current, ...rest }
    })
  }

  private count(action: Action, who: string): Window {
    const now = Date.now() / 1_000
    const key = `${action} ${who}`
    const known = this.windows.get(key)
    if (known && known.reset > now) {
      known.used++
      return known
    }
    if (this.windows.size >= this.nextPrune) this.prune(now)
    const window = { used: 1, reset: Math.floor(now + BUDGETS[action].seconds) }
    this.windows.set(key, window)
    return window
  }

  /** Windows that are over are dropped whenever their number has doubled, so that callers who left leave nothing. */
  private prune(now: number): void {
    for (const [key, { reset }] of this.windows) if (reset <= now) this.windows.delete(key)
    this.nextPrune = Math.max(FEW_WINDOWS, this.windows.size * 2)
  }
}

/** Trust scales what is counted by the hour. */
function allowed(action: Action, multiplier: number): number {
  const { max, seconds } = BUDGETS[action]
  return seconds === HOUR ? Math.floor(max * multiplier) : max
}

function snake(action: Action): string {
  return action.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function waitFor(window: Window | undefined): number {
  return Math.max(1, Math.ceil((window?.reset ?? 0) - Date.now() / 1_000))
}

function exceeded(action: Action, window: Window): Refusal {
  const code = action === 'vote' ? 'RATE_LIMIT_VOTE_HOURLY' : 'RATE_LIMIT'
  return new Refusal(
    429,
    { detail: { message: 'Rate limit exceeded. Try again later.', code } },
    { 'Retry-After': String(waitFor(window)) },
  )
}
