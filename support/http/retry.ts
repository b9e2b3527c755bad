import { setTimeout as pause } from 'node:timers/promises'
import type { FailedResponse } from './failure'

/** What a scenario is still willing to spend on waiting out rate limits, in milliseconds. */
export interface RetryBudget {
  left: number
}

export const SCENARIO_RETRY_BUDGET = 10_000
const GATEWAY_ERRORS = new Set([502, 503, 504])
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])
const GATEWAY_RETRIES = 2
const UNNAMED_LIMIT_PAUSE = 1_000

export interface Attempt {
  failure: FailedResponse
  method: string
  attempt: number
  retryBudget: RetryBudget
}

/** Waits as long as the failure deserves. @returns whether to try again */
export async function pauseBefore({ failure, method, attempt, retryBudget }: Attempt): Promise<boolean> {
  const wait = failure.status === 429 ? limitPause(failure, retryBudget) : gatewayPause(failure, method, attempt)
  if (wait === undefined) return false
  await pause(wait)
  return true
}

function limitPause(verdict: FailedResponse, patience: RetryBudget): number | undefined {
  const wait = verdict.retryAfter === undefined ? UNNAMED_LIMIT_PAUSE : verdict.retryAfter * 1_000
  if (wait > patience.left) return undefined
  patience.left -= wait
  return wait
}

function gatewayPause({ status }: FailedResponse, method: string, attempt: number): number | undefined {
  const again = GATEWAY_ERRORS.has(status) && IDEMPOTENT.has(method.toUpperCase()) && attempt < GATEWAY_RETRIES
  return again ? 200 * 2 ** attempt : undefined
}
