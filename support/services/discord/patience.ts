import { AsyncLocalStorage } from 'node:async_hooks'
import type { RateLimitData } from '@discordjs/rest'

const LONGEST_WAIT = 10_000

/** What is left of a scenario's willingness to wait for buckets, in milliseconds; every call is made within its own. */
export const patience = new AsyncLocalStorage<{ left: number }>()

/** Waits out what is short, in all no longer than a scenario may. @returns whether the call is given up instead */
export function givesUp(limit: RateLimitData): boolean {
  const wait = waitOf(limit)
  const budget = patience.getStore()
  if (wait > LONGEST_WAIT || (budget && budget.left < wait)) return true
  if (budget) budget.left -= wait
  return false
}

/** In milliseconds; after a 429 that no header foretold the library knows of no reset, but of the wait asked for. */
export function waitOf({ timeToReset, retryAfter, sublimitTimeout }: Wait): number {
  return Math.max(timeToReset, retryAfter, sublimitTimeout)
}

type Wait = Pick<RateLimitData, 'timeToReset' | 'retryAfter' | 'sublimitTimeout'>
