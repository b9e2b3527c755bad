import { ApiError } from '../../http/errors'
import { type FailedResponse, type ReceivedResponse, retryAfterOf } from '../../http/failure'
import { refusedLogin } from './contract'
import { type Fields, isFields } from './credentials'

/**
 * An app's refusal: an envelope with the reason in `data.status` or, where its handler raised, only `detail`. Before release 3.2 a
 * failed login had status 200.
 */
export function classifyFailure({ status, headers, data }: ReceivedResponse): FailedResponse | undefined {
  const envelope = isFields(data) ? data : {}
  const inner = isFields(envelope.data) ? envelope.data : {}
  const failedLogin = envelope.success === false && ['failed', 'expired', 'invalid_credentials'].includes(String(inner.status))
  if (status < 400 && !(failedLogin && 'identities' in inner)) return undefined
  return {
    status,
    code: codeOf(envelope),
    says: sentenceOf(envelope),
    retryAfter: retryAfterOf(headers),
  }
}

/** The status of a well-formed refusal of a login; `raised` for an error alone. The message is there twice, or is made of the status. */
function codeOf(envelope: Fields): string | undefined {
  if ('detail' in envelope && !('data' in envelope)) return 'raised'
  const refused = refusedLogin.safeParse(envelope)
  if (!refused.success) return undefined
  const { message, data } = refused.data
  const given = data.message === '' ? `Authentication ${data.status}` : data.message
  return message === given ? data.status : undefined
}

/** What a deployment may do without; its SDK responds with 503 and these words to what needs it. */
const PARTS: readonly [words: RegExp, reason: string, toSet: string][] = [
  [/^Workflow execution not configured/, 'the app has no workflow engine', 'ATLAN_TEMPORAL_HOST of the app'],
  [/^(?:Storage not|No object store) configured/, 'the app has no object store', 'the object store of the app'],
]

/** What the app's deployment lacks, where that is why it refused. */
export function lackingIn({ status, says = '' }: FailedResponse): { reason: string; toSet: string } | undefined {
  const [, reason, toSet] = (status === 503 && PARTS.find(([words]) => words.test(says))) || []
  return reason && toSet ? { reason, toSet } : undefined
}

/** Takes every response as it is: for scenarios that examine the document itself. */
export const acceptEverything = (): undefined => undefined

function sentenceOf({ message, detail }: Record<string, unknown>): string | undefined {
  if (typeof message === 'string') return message
  if (typeof detail === 'string') return detail
  return detail === undefined ? undefined : JSON.stringify(detail)
}

/** A login that an app refuses by raising that the source is unreachable: its status is 503 or 504, and it is not a failure of the app. */
class LoginRefused extends ApiError {
  override get isRefusal(): boolean {
    return true
  }
}

export async function refusingLogin<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    const isRaised = error instanceof ApiError && [503, 504].includes(error.status) && error.failure.says !== undefined
    throw isRaised ? new LoginRefused(error.failure) : error
  }
}
