import { setTimeout as pause } from 'node:timers/promises'
import { ApiError, isUnanswered } from './errors'

/** Milliseconds between searches for what a call without a response did: an aborted call may still be executed. */
const LATE_PAUSES = [0, 250, 750]
/** How often a call is sent again that is seen not to have arrived. */
const REPEATS = 2

/**
 * Sends a call that must not act twice. If its response is lost, searches for what it did: that is then the result. If there is
 * nothing, the call has not arrived and is sent again.
 * @param find what the call did, in the form of its response; undefined where it did nothing. It throws
 *   where that cannot be known
 * @throws the error of the last call
 */
export async function sendOrFind<T>(send: () => Promise<T>, find: (lost: unknown) => Promise<T | undefined>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await send()
    } catch (error) {
      if (!isUnanswered(error)) return await actedLate(attempt, find, error)
      const found = await findLate(find, error)
      if (found !== undefined) return found
      if (attempt >= REPEATS) throw error
    }
  }
}

/** A repeated call is also refused where the lost one acted after all: a name is taken, a thing is no longer open. */
async function actedLate<T>(attempt: number, find: (lost: unknown) => Promise<T | undefined>, refusal: unknown): Promise<T> {
  const found = attempt > 0 && refusal instanceof ApiError ? await findLate(find, refusal) : undefined
  if (found === undefined) throw refusal
  return found
}

/** @throws the error of the lost call, caused by that of the search, if it cannot be known what the call did */
async function findLate<T>(find: (lost: unknown) => Promise<T | undefined>, lost: unknown): Promise<T | undefined> {
  for (const wait of LATE_PAUSES) {
    await pause(wait)
    try {
      const found = await find(lost)
      if (found !== undefined) return found
    } catch (error) {
      // Where there is no such place, nothing has been made in it.
      if (error instanceof ApiError && error.status === 404) return undefined
      if (lost instanceof Error && error !== lost) lost.cause = error
      throw lost
    }
  }
  return undefined
}
