import { setTimeout as pause } from 'node:timers/promises'
import { ConnectionError, isGatewayError, isUnanswered } from './errors'
import type { FailedResponse } from './failure'

/** Remaining time that a scenario may spend on waiting for rate limits, in milliseconds. */
export interface RetryBudget {
  left: number
}

export const SCENARIO_RETRY_BUDGET = 10_000
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])
/** How often an idempotent call is repeated after gateway errors and lost responses. */
const REPEATS = 2
/** A step's timeout is twice that of one call. */
const REPEATS_AFTER_TIMEOUT = 1
const UNNAMED_LIMIT_PAUSE = 1_000

/** The properties of a call that decide whether it is repeated. */
export interface Attempt {
  method: string
  /** Whether the call may be repeated regardless of its method, because it has an idempotency key. */
  idempotent?: boolean | undefined
  /** 0 for the first. */
  attempt: number
}

/** After a response that is a failure: waits as long as needed. @returns whether to retry */
export async function pauseAfterFailure(failure: FailedResponse, attempt: Attempt, retryBudget: RetryBudget): Promise<boolean> {
  const wait = failure.status === 429 ? limitPause(failure, retryBudget) : gatewayPause(failure, attempt)
  if (wait === undefined) return false
  await pause(wait)
  return true
}

/** After a call without a usable response: waits briefly where a retry is safe and may help. @returns whether to retry */
export async function pauseAfterLoss(error: unknown, attempt: Attempt): Promise<boolean> {
  const isTimeout = error instanceof ConnectionError && error.reason === 'ETIMEDOUT'
  if (!isUnanswered(error) || !mayRepeat(attempt, isTimeout ? REPEATS_AFTER_TIMEOUT : REPEATS)) return false
  await pause(pauseOf(attempt))
  return true
}

function limitPause(failure: FailedResponse, retryBudget: RetryBudget): number | undefined {
  const wait = failure.retryAfter === undefined ? UNNAMED_LIMIT_PAUSE : failure.retryAfter * 1_000
  if (wait > retryBudget.left) return undefined
  retryBudget.left -= wait
  return wait
}

function gatewayPause({ status }: FailedResponse, attempt: Attempt): number | undefined {
  return isGatewayError(status) && mayRepeat(attempt) ? pauseOf(attempt) : undefined
}

/** Whether the call is idempotent. */
export function isIdempotent({ method, idempotent }: Pick<Attempt, 'method' | 'idempotent'>): boolean {
  return idempotent ?? IDEMPOTENT.has(method.toUpperCase())
}

function mayRepeat(attempt: Attempt, most = REPEATS): boolean {
  return attempt.attempt < most && isIdempotent(attempt)
}

function pauseOf({ attempt }: Attempt): number {
  return 200 * 2 ** attempt
}
