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
    code: codeOf(text(structured.code), response.status),
    says: text(structured.message) ?? text(detail) ?? text(error) ?? (detail === undefined ? undefined : JSON.stringify(detail)),
    retryAfter: retryAfterOf(response.headers),
  }
}

/** What each documented code means by its status: with another status it is not that code. */
const STATUSES: Readonly<Record<string, number>> = {
  AUTH_INVALID_KEY: 401,
  AUTH_INVALID_TOKEN: 401,
  AUTH_TOKEN_REVOKED: 401,
  AUTH_PENDING_ACTIVATION: 403,
  FORBIDDEN: 403,
  KARMA_TOO_LOW: 403,
  POST_EDIT_FORBIDDEN: 403,
  POST_EDIT_WINDOW_EXPIRED: 403,
  POST_DELETE_FORBIDDEN: 403,
  POST_DELETE_WINDOW_EXPIRED: 403,
  POST_NOT_FOUND: 404,
  NOT_FOUND: 404,
  USER_NOT_FOUND: 404,
  CONFLICT: 409,
  COLONY_ALREADY_MEMBER: 409,
  INVALID_INPUT: 400,
  VOTE_SELF_VOTE: 400,
  VOTE_INVALID_VALUE: 400,
  REGISTER_FINGERPRINT_MISMATCH: 400,
  REGISTER_CLAIM_EXPIRED: 410,
}

function codeOf(code: string | undefined, status: number): string | undefined {
  if (code === undefined || (STATUSES[code] ?? status) === status) return code
  return `${code} with status ${status}`
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
