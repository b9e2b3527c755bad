import { AsyncLocalStorage } from 'node:async_hooks'
import type { RateLimitData } from '@discordjs/rest'

const LONGEST_WAIT = 10_000

/** What is left of a scenario's willingness to wait for buckets, in milliseconds, and until when it waits already. */
export interface Budget {
  left: number
  /** Epoch milliseconds. */
  until: number
}

export const budgetOf = (milliseconds: number): Budget => ({ left: milliseconds, until: 0 })

/** Every call is made within its scenario's own. */
export const patience = new AsyncLocalStorage<Budget>()

/**
 * Waits out what is short, in all no longer than a scenario may. What several calls wait for at once passes once; so does what the
 * library tells of twice, when the 429 comes in and again before it waits.
 * @returns whether the call is given up instead
 */
export function givesUp(limit: RateLimitData): boolean {
  const wait = waitOf(limit)
  if (wait > LONGEST_WAIT) return true
  const budget = patience.getStore()
  if (!budget) return false
  const end = Date.now() + wait
  const more = Math.max(0, end - Math.max(Date.now(), budget.until))
  if (budget.left < more) return true
  budget.left -= more
  budget.until = Math.max(budget.until, end)
  return false
}

/** In milliseconds; after a 429 that no header foretold the library knows of no reset, but of the wait asked for. */
export function waitOf({ timeToReset, retryAfter, sublimitTimeout }: Wait): number {
  return Math.max(timeToReset, retryAfter, sublimitTimeout)
}

type Wait = Pick<RateLimitData, 'timeToReset' | 'retryAfter' | 'sublimitTimeout'>
