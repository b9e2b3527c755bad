import { setTimeout as pause } from 'node:timers/promises'
import { errorText } from '../../config/errors'
import { ApiError, CallError } from '../../http/errors'
import type { ServiceAccess } from '../service'

export interface Tries {
  /** How often in all. */
  times: number
  /** Milliseconds before the second try. */
  pause: number
  /** By how much each further pause is longer; 1 unless told. */
  growth?: number
}

const PASSING = /timeout|closed|connection|reset|broken/i

/** A kernel or a project that is still waking up says so in these words; anything else is final. */
function passes(error: unknown): boolean {
  return error instanceof CallError || (error instanceof ApiError && PASSING.test(error.failure.says ?? errorText(error)))
}

/**
 * Asks again where CoCalc was not ready, as its own tests do: projects start on demand, and kernels may hang while they warm up.
 * @throws the last failure
 */
export async function patiently<T>(call: () => Promise<T>, { times, pause: first, growth = 1 }: Tries): Promise<T> {
  for (let tried = 1, wait = first; ; tried++, wait *= growth) {
    try {
      return await call()
    } catch (error) {
      if (tried >= times || !passes(error)) throw error
      await pause(wait)
    }
  }
}

/** A sandbox is as fast as its machine: what live is worth seconds is worth moments there. */
function pace(access: ServiceAccess, milliseconds: number): number {
  return access.isLive ? milliseconds : 50
}

/** A server that is still starting: 2, 4, 8 and 16 seconds between five tries. */
export const starting = (access: ServiceAccess): Tries => ({ times: 5, pause: pace(access, 2_000), growth: 2 })

/** A project that wakes up on the first call. */
export const waking = (access: ServiceAccess): Tries => ({ times: 12, pause: pace(access, 5_000) })

/** A kernel on its way. */
export const warming = (access: ServiceAccess): Tries => ({ times: 5, pause: pace(access, 10_000) })

/** For steps in which a live project may have to wake up; ms. */
export const LONGEST_WAKING = 180_000

/** For steps in which a live kernel may take its time, be it five times, or has to be installed first; ms. */
export const LONGEST_CELL = 900_000
