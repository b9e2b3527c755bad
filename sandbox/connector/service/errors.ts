import { Refusal } from '../../kit/refusal'

/** Every error a handler raises has this body and nothing else. */
export const detail = (status: number, text: unknown): Refusal => new Refusal(status, { detail: text })

/** A body that broke the contract of its route. Only the route itself responds with it; out of a handler it is a defect of the app. */
export class InvalidRequest extends Refusal {}

/** The response of a real app's web server to an exception outside its error boundary: plain text. */
export const crashed = (): Refusal => new Refusal(500, 'Internal Server Error', { 'content-type': 'text/plain; charset=utf-8' })

/** The categories an app's own errors have, with the status of their responses; 500 if not listed. */
const STATUS_OF = {
  AUTH: 401,
  PERMISSION: 403,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  INVALID_INPUT: 400,
  PRECONDITION: 412,
  CANCELLED: 499,
  RATE_LIMITED: 429,
  TIMEOUT: 504,
  DEPENDENCY_UNAVAILABLE: 503,
  RESOURCE_EXHAUSTED: 503,
  DATA_INTEGRITY: 500,
  INTERNAL: 500,
  UNIMPLEMENTED: 501,
  SOURCE_UNAVAILABLE: 503,
} as const

export type Category = keyof typeof STATUS_OF

/** Details of an error besides its text, as a preflight check may contain them. */
export interface ErrorFacts {
  code?: string
  retryable?: boolean
  audience?: string
  suggestedAction?: string
  evidence?: Record<string, unknown>
}

/** An error with a category, raised by a handler or part of a failed preflight check. */
export class AppError extends Error {
  constructor(
    readonly category: Category,
    message: string,
    readonly facts: ErrorFacts = {},
  ) {
    super(message)
    this.name = 'AppError'
  }

  get status(): number {
    return STATUS_OF[this.category]
  }
}

/** The older kind of handler error: with its own status, and its code before its text. */
export class HandlerError extends Error {
  constructor(
    message: string,
    readonly status = 500,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'HandlerError'
  }
}

/** The response to an exception of a handler: its class and text are included only where they are intended for the caller. */
export function refusalOf(error: unknown, isNew = true): Refusal {
  if (error instanceof Refusal && !(error instanceof InvalidRequest)) return error
  if (error instanceof AppError) return detail(statusOf(error, isNew), masked(error.message))
  if (error instanceof HandlerError) return detail(error.status, `[AAF-HDL-001] ${masked(error.message)}`)
  return detail(500, 'Internal server error')
}

/** Before 3.52 a source that cannot be reached was an error of the app. */
function statusOf({ category, status }: AppError, isNew: boolean): number {
  return category === 'SOURCE_UNAVAILABLE' && !isNew ? 500 : status
}

/** Secrets in texts of a handler or a driver: credentials within a URL, and values after a secret's name. */
export function masked(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, '$1***@')
    .replace(/\b(password|passwd|pwd|secret|token|api_?key)(["']?\s*[=:]\s*["']?)[^\s"',;&]+/gi, '$1$2***')
}

/** The typed details of an error as a response shows them, without nulls at their top level; its cause is not included. */
export function detailsOf(error: AppError): Record<string, unknown> {
  const { category, message, facts } = error
  const { code = category, retryable = false, audience = 'USER', suggestedAction, evidence } = facts
  return {
    category,
    code,
    retryable,
    audience,
    message: masked(message),
    ...(suggestedAction === undefined ? {} : { suggested_action: masked(suggestedAction) }),
    ...(evidence === undefined ? {} : { evidence: maskedIn(evidence) }),
  }
}

function maskedIn(value: unknown): unknown {
  if (typeof value === 'string') return masked(value)
  if (Array.isArray(value)) return value.map(maskedIn)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskedIn(inner)]))
}
