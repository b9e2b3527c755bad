import { setTimeout as pause } from 'node:timers/promises'
import { ConnectionError, isGatewayError, isUnanswered } from './errors'
import type { FailedResponse } from './failure'

/** What is left of the time a scenario may spend on waiting out rate limits, in milliseconds. */
export interface RetryBudget {
  left: number
}

export const SCENARIO_RETRY_BUDGET = 10_000
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])
/** How often an idempotent call is repeated after gateway errors and lost responses. */
const REPEATS = 2
/** Twice the time of one call is what a step has. */
const REPEATS_AFTER_TIMEOUT = 1
const UNNAMED_LIMIT_PAUSE = 1_000

/** A call as the decision to repeat it sees it. */
export interface Attempt {
  method: string
  /** Whether the call may be repeated although its method says otherwise, for it carries an idempotency key. */
  idempotent?: boolean | undefined
  /** 0 for the first. */
  attempt: number
}

/** After a response that is a failure: waits as long as it deserves. @returns whether to try again */
export async function pauseAfterFailure(failure: FailedResponse, attempt: Attempt, retryBudget: RetryBudget): Promise<boolean> {
  const wait = failure.status === 429 ? limitPause(failure, retryBudget) : gatewayPause(failure, attempt)
  if (wait === undefined) return false
  await pause(wait)
  return true
}

/** After a call without a usable response: waits a moment where repeating is safe and may help. @returns whether to try again */
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

/** Whether what the call asks for is the same however often it arrives. */
export function isIdempotent({ method, idempotent }: Pick<Attempt, 'method' | 'idempotent'>): boolean {
  return idempotent ?? IDEMPOTENT.has(method.toUpperCase())
}

function mayRepeat(attempt: Attempt, most = REPEATS): boolean {
  return attempt.attempt < most && isIdempotent(attempt)
}

function pauseOf({ attempt }: Attempt): number {
  return 200 * 2 ** attempt
}
