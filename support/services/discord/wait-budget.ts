import { AsyncLocalStorage } from 'node:async_hooks'
import type { RateLimitData } from '@discordjs/rest'

const LONGEST_WAIT = 10_000

/** The remaining time in milliseconds that a scenario may wait for rate limits, and the end of the current wait. */
export interface Budget {
  left: number
  /** Epoch milliseconds. */
  until: number
}

export const budgetOf = (milliseconds: number): Budget => ({ left: milliseconds, until: 0 })

/** Every call belongs to its scenario's own budget. */
export const currentBudget = new AsyncLocalStorage<Budget>()

/**
 * Waits for short rate limits, in total no longer than a scenario may. A wait of several calls at once counts once; so does a
 * wait that the library reports twice, when the 429 arrives and before it waits.
 * @returns whether the call is abandoned instead
 */
export function givesUp(limit: RateLimitData): boolean {
  const wait = waitOf(limit)
  if (wait > LONGEST_WAIT) return true
  const budget = currentBudget.getStore()
  if (!budget) return false
  const end = Date.now() + wait
  const more = Math.max(0, end - Math.max(Date.now(), budget.until))
  if (budget.left < more) return true
  budget.left -= more
  budget.until = Math.max(budget.until, end)
  return false
}

/** In milliseconds. After a 429 without rate-limit headers the library knows only the requested wait, not the reset. */
export function waitOf({ timeToReset, retryAfter, sublimitTimeout }: Wait): number {
  return Math.max(timeToReset, retryAfter, sublimitTimeout)
}

type Wait = Pick<RateLimitData, 'timeToReset' | 'retryAfter' | 'sublimitTimeout'>
