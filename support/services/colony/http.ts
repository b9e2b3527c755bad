import type { FailedResponse, ReceivedResponse } from '../../http/failure'
import { retryAfterOf } from '../../http/failure'

interface ColonyDetail {
  message?: unknown
  code?: unknown
}

/**
 * The Colony's error body: `{"detail": {message, code}}`, or a plain `{"detail": "…"}` or `{"error": "…"}`, or a list of
 * validation faults. Its sentence is the first of these that is there.
 */
export function classifyFailure(answer: ReceivedResponse): FailedResponse | undefined {
  if (answer.status < 400) return undefined
  const { detail, error } = (answer.data ?? {}) as { detail?: unknown; error?: unknown }
  const structured = typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? (detail as ColonyDetail) : {}
  return {
    status: answer.status,
    code: text(structured.code),
    says: text(structured.message) ?? text(detail) ?? text(error) ?? (detail === undefined ? undefined : JSON.stringify(detail)),
    retryAfter: retryAfterOf(answer.headers),
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** What is left of the budget; a figure that is absent or no whole number is left out. */
export interface RateLimit {
  limit: number | undefined
  remaining: number | undefined
  /** Unix seconds when the window ends. */
  reset: number | undefined
}

export function rateLimitOf(headers: Readonly<Record<string, string>>): RateLimit {
  const figure = (name: string): number | undefined => {
    const value = headers[`x-ratelimit-${name}`] ?? ''
    return /^\d+$/.test(value) ? Number(value) : undefined
  }
  return { limit: figure('limit'), remaining: figure('remaining'), reset: figure('reset') }
}
