import { setTimeout as pause } from 'node:timers/promises'
import { errorText } from '../../config/errors'
import { ApiError, CallError, isUnanswered } from '../../http/errors'
import type { ServiceAccess } from '../service'

export interface RetryPolicy {
  /** Attempts in all. */
  attempts: number
  /** Milliseconds before the second attempt. */
  pause: number
  /** Factor by which each further pause is longer; 1 by default. */
  growth?: number
}

const TRANSIENT = /timeout|closed|connection|reset|broken/i

/** A kernel or a project that is still starting fails with one of these texts; any other failure is final. */
function isTransient(error: unknown): boolean {
  return (
    error instanceof CallError ||
    isUnanswered(error) ||
    (error instanceof ApiError && TRANSIENT.test(error.failure.says ?? errorText(error)))
  )
}

/**
 * Retries a call while CoCalc is not ready, as its own tests do: projects start on demand, and kernels may hang at first.
 * @throws the last failure
 */
export async function retry<T>(call: () => Promise<T>, { attempts, pause: first, growth = 1 }: RetryPolicy): Promise<T> {
  for (let attempt = 1, wait = first; ; attempt++, wait *= growth) {
    try {
      return await call()
    } catch (error) {
      if (attempt >= attempts || !isTransient(error)) throw error
      await pause(wait)
    }
  }
}

/** A sandbox is as fast as its machine: a pause of seconds on a live server is one of milliseconds there. */
function pauseFor(access: ServiceAccess, milliseconds: number): number {
  return access.isLive ? milliseconds : 50
}

/** For a server that is still starting: 2, 4, 8 and 16 seconds between five attempts. */
export const serverRetry = (access: ServiceAccess): RetryPolicy => ({
  attempts: 5,
  pause: pauseFor(access, 2_000),
  growth: 2,
})

/** For a project that the first call starts. */
export const projectRetry = (access: ServiceAccess): RetryPolicy => ({ attempts: 12, pause: pauseFor(access, 5_000) })

/** For a kernel that the first call starts. */
export const kernelRetry = (access: ServiceAccess): RetryPolicy => ({ attempts: 5, pause: pauseFor(access, 10_000) })

/** For steps in which a live project may have to start; ms. */
export const PROJECT_STEP_TIMEOUT = 180_000

/** For steps in which a live kernel may be retried five times, or has to be installed first; ms. */
export const KERNEL_STEP_TIMEOUT = 900_000
