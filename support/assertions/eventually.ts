import { setTimeout as pause } from 'node:timers/promises'
import { AssertionError } from 'chai'

export interface EventuallyOptions {
  /** Timeout in milliseconds. */
  timeout?: number
}

const FIRST_PAUSE = 15
const LONGEST_PAUSE = 1_000

/**
 * Repeats the check until its expectations hold. Only a failed expectation is retried; any other error ends it at once.
 * Pauses grow by half and have jitter, so that many scenarios do not call at the same time.
 * @returns what the check returned when it held
 * @throws the last failed expectation, with the time spent, when the deadline (10 s unless given) has passed
 */
export async function eventually<T>(check: () => Promise<T> | T, options: EventuallyOptions = {}): Promise<T> {
  const started = Date.now()
  const deadline = started + Math.min(options.timeout ?? 10_000, longestTimeout())
  for (let wait = FIRST_PAUSE; ; wait = Math.min(wait * 1.5, LONGEST_PAUSE)) {
    try {
      return await check()
    } catch (error) {
      if (!(error instanceof AssertionError)) throw error
      const left = deadline - Date.now()
      if (left <= 0) throw timedOut(error, Date.now() - started)
      await pause(Math.min(wait * (0.75 + Math.random() / 2), left))
    }
  }
}

/** `ACCEPTANCE_EVENTUALLY_TIMEOUT` shortens every wait, in milliseconds, for runs in which most waits time out. */
function longestTimeout(): number {
  return Number(process.env.ACCEPTANCE_EVENTUALLY_TIMEOUT) || Number.POSITIVE_INFINITY
}

function timedOut(error: Error, spent: number): Error {
  error.message = `${error.message} (still so after ${(spent / 1000).toFixed(1)} s)`
  return error
}
