import type { FailedResponse, ReceivedResponse } from '../../http/failure'
import { retryAfterOf } from '../../http/failure'
import type { SkipReasonOf } from '../service'

interface ColonyDetail {
  message?: unknown
  code?: unknown
}

/**
 * The Colony's error body: `{"detail": {message, code}}`, or a plain `{"detail": "…"}` or `{"error": "…"}`, or a list of
 * validation errors. Its message is the first of these that is present.
 */
export function classifyFailure(response: ReceivedResponse): FailedResponse | undefined {
  if (response.status < 400) return undefined
  const { detail, error } = (response.data ?? {}) as { detail?: unknown; error?: unknown }
  const structured = typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? (detail as ColonyDetail) : {}
  return {
    status: response.status,
    code: text(structured.code),
    says: text(structured.message) ?? text(detail) ?? text(error) ?? (detail === undefined ? undefined : JSON.stringify(detail)),
    retryAfter: retryAfterOf(response.headers),
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Minimum karma of the sender of a direct message. */
export const KARMA_TO_WRITE = 5

/** Live, too little karma is a property of the account, not of the service: the scenario is skipped. */
export const skipReasonOf: SkipReasonOf = ({ code, says }) => {
  if (code !== 'KARMA_TOO_LOW') return undefined
  return {
    reason: `the account has too little karma (${says ?? code})`,
    toSet: `an account with at least ${KARMA_TO_WRITE} karma`,
  }
}
