import { type FailedResponse, type ReceivedResponse, retryAfterOf } from '../../http/failure'

/** Errors of Slack's own state, not of the request. */
const BROKEN = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'])
const BUSY = new Set(['rate_limited', 'ratelimited'])

interface Refusal {
  ok?: unknown
  error?: unknown
  needed?: unknown
  provided?: unknown
  response_metadata?: { messages?: readonly string[] }
}

/**
 * Slack responds with 200 also to a refusal, with `ok: false` and an error name; only rate limits and outages have another
 * status. Details beside the name become part of the message: the scope that is needed, or the places of errors.
 */
export function classifyFailure({ status, headers, data }: ReceivedResponse): FailedResponse | undefined {
  const body = (typeof data === 'object' && data !== null ? data : {}) as Refusal
  const code = typeof body.error === 'string' ? body.error : undefined
  if (status < 400 && body.ok !== false) return undefined
  return { status: statusOf(status, code), code, says: saysOf(body), retryAfter: retryAfterOf(headers) }
}

function statusOf(status: number, code = ''): number {
  if (status >= 400) return status
  if (BUSY.has(code)) return 429
  return BROKEN.has(code) ? 503 : status
}

function saysOf({ needed, provided, response_metadata }: Refusal): string | undefined {
  if (needed !== undefined) return `needs ${String(needed)}, has ${String(provided)}`
  return response_metadata?.messages?.join('; ')
}
