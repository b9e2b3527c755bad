import type { FailedResponse, ReceivedResponse } from '../../http/failure'

/** Where a failure comes from, according to the start of its text. */
export type Origin = 'bridge' | 'sign-in' | 'database' | 'query' | 'command' | 'function'

const SIGN_IN = [
  'You must provide authentication via an API key.',
  'Unknown authorization type',
  'must be signed in and MUST provide an api key',
  'must sign in as project or account',
]
const BRIDGE = / - callHub: .*code='([^']*)'/
const TIMEOUT = 504
const NO_LISTENER = 503
const NOT_SIGNED_IN = 401

/** CoCalc's texts have no code: thrown errors begin with their class, PostgreSQL's with `error: `, queries' with `FATAL: `. */
export function originOf(text: string): Origin {
  if (BRIDGE.test(text) || text === 'timeout') return 'bridge'
  if (SIGN_IN.some((start) => text.startsWith(start))) return 'sign-in'
  if (text.startsWith('FATAL: ')) return 'query'
  if (text.startsWith('error: ')) return 'database'
  return /^(?:killed )?command '/.test(text) ? 'command' : 'function'
}

/**
 * CoCalc responds to a failed call with status 200 and an object whose only member is `error`; a list, a text or an object with more
 * members is a result. A bridge that got no response counts as 504 (503 where no service is listening) and an unknown key as 401, so
 * that neither is taken for a refusal of the function.
 */
export function classifyFailure({ status, data }: ReceivedResponse): FailedResponse | undefined {
  if (status >= 400) return { status, says: typeof data === 'string' ? data : undefined }
  const text = errorIn(data)
  if (text === undefined) return undefined
  const origin = originOf(text)
  return { status: statusOf(origin, text, status), code: origin, says: text }
}

function errorIn(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return undefined
  const { error, ...rest } = data as { error?: unknown }
  return typeof error === 'string' && Object.keys(rest).length === 0 ? error : undefined
}

function statusOf(origin: Origin, text: string, status: number): number {
  if (origin === 'sign-in') return NOT_SIGNED_IN
  if (origin !== 'bridge') return status
  return BRIDGE.exec(text)?.[1] === '503' ? NO_LISTENER : TIMEOUT
}
