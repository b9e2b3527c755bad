import type { FailedResponse, ReceivedResponse } from '../../http/failure'
import { retryAfterOf } from '../../http/failure'

/** Symphony's error body is `{code, message}`, its code the status once more; an empty 204 is an answer, not a failure. */
export function classifyFailure(answer: ReceivedResponse): FailedResponse | undefined {
  if (answer.status < 400) return undefined
  const { code, message } = (typeof answer.data === 'object' && answer.data !== null ? answer.data : {}) as {
    code?: unknown
    message?: unknown
  }
  return {
    status: answer.status,
    code: code === undefined ? undefined : String(code),
    says: typeof message === 'string' ? message : undefined,
    retryAfter: retryAfterOf(answer.headers),
  }
}
