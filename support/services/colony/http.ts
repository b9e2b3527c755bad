import type { Judged, Verdict } from '../../core/verdict'
import { retryAfterOf } from '../../core/verdict'

interface ColonyDetail {
  message?: unknown
  code?: unknown
}

/**
 * The Colony's error body: `{"detail": {message, code}}`, or a plain `{"detail": "…"}` or `{"error": "…"}`, or a list of
 * validation faults. Its sentence is the first of these that is there.
 */
export function judge(answer: Judged): Verdict | undefined {
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
