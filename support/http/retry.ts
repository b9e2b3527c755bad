import { setTimeout as pause } from 'node:timers/promises'
import type { Verdict } from './failure'

/** What a scenario is still willing to spend on waiting out rate limits, in milliseconds. */
export interface Patience {
  left: number
}

export const SCENARIO_PATIENCE = 10_000
const GATEWAY_ERRORS = new Set([502, 503, 504])
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])
const GATEWAY_RETRIES = 2
const UNNAMED_LIMIT_PAUSE = 1_000

export interface Attempt {
  verdict: Verdict
  method: string
  attempt: number
  patience: Patience
}

/** Waits as long as the failure deserves. @returns whether to try again */
export async function pauseBefore({ verdict, method, attempt, patience }: Attempt): Promise<boolean> {
  const wait = verdict.status === 429 ? limitPause(verdict, patience) : gatewayPause(verdict, method, attempt)
  if (wait === undefined) return false
  await pause(wait)
  return true
}

function limitPause(verdict: Verdict, patience: Patience): number | undefined {
  const wait = verdict.retryAfter === undefined ? UNNAMED_LIMIT_PAUSE : verdict.retryAfter * 1_000
  if (wait > patience.left) return undefined
  patience.left -= wait
  return wait
}

function gatewayPause({ status }: Verdict, method: string, attempt: number): number | undefined {
  const again = GATEWAY_ERRORS.has(status) && IDEMPOTENT.has(method.toUpperCase()) && attempt < GATEWAY_RETRIES
  return again ? 200 * 2 ** attempt : undefined
}
