import { setTimeout as pause } from 'node:timers/promises'
import { AssertionError } from 'chai'

/**
 * Repeats the check until its expectations hold. Any error but a failed expectation ends it at once.
 * @param timeout in milliseconds
 * @returns what the check returned when it held
 * @throws the last failed expectation after the timeout
 */
export async function eventually<T>(check: () => Promise<T> | T, timeout = 10_000): Promise<T> {
  for (const deadline = Date.now() + timeout; ; await pause(25)) {
    try {
      return await check()
    } catch (error) {
      if (!(error instanceof AssertionError) || Date.now() > deadline) throw error
    }
  }
}
