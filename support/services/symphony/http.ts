import type { FailedResponse, ReceivedResponse } from '../../http/failure'
import { retryAfterOf } from '../../http/failure'

/** Symphony's error body is `{code, message}` with the status as its code; an empty 204 is a response, not a failure. */
export function classifyFailure(response: ReceivedResponse): FailedResponse | undefined {
  if (response.status < 400) return undefined
  const { code, message } = (typeof response.data === 'object' && response.data !== null ? response.data : {}) as {
    code?: unknown
    message?: unknown
  }
  return {
    status: response.status,
    code: code === undefined ? undefined : String(code),
    says: typeof message === 'string' ? message : undefined,
    retryAfter: retryAfterOf(response.headers),
  }
}
