/** Something the person at the keyboard can put right: shown as its message alone, without a stack. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
    this.stack = message
  }
}

/**
 * Something optional that turns out not to be there, live: the scenario is skipped, saying so. On a sandbox, which has everything, it
 * fails like any other error.
 */
export class MissingOptional extends Error {
  constructor(
    readonly reason: string,
    readonly toSet: string,
  ) {
    super(`${reason}; needed: ${toSet}`)
    this.name = 'Lacking'
  }
}

/** What a service said when it did not do as asked. */
export interface Failure {
  service: string
  method: string
  path: string
  status: number
  /** The service's own error code; absent where it sends none. */
  code?: string | undefined
  /** The service's own sentence. */
  says?: string | undefined
  requestId?: string | undefined
  /** Clipped and free of secrets. */
  body: string
  /** A command that repeats the call; credentials are left out. */
  curl: string
  /** Seconds to wait, where the service named them. */
  retryAfter?: number | undefined
}

/** A service answered with an error. Holds no header, so no token can reach a report. */
export class ApiError extends Error {
  constructor(readonly failure: Failure) {
    super(describe(failure))
    this.name = 'ApiError'
  }

  get status(): number {
    return this.failure.status
  }

  get code(): string | undefined {
    return this.failure.code
  }

  /** The service understood and said no: neither broken (5xx) nor merely busy (429). */
  get isRefusal(): boolean {
    return this.status < 500 && this.status !== 429
  }
}

function describe(failure: Failure): string {
  const { method, path, status, code, requestId, body, curl } = failure
  const head = [`${method} ${path} answered ${status}`, code, requestId && `(request ${requestId})`].filter(Boolean).join(' ')
  return `${head}: ${body}\n  ${curl}`
}

/** No answer came: the host is unknown, refused the connection, or kept silent for too long. */
export class ConnectionError extends Error {
  constructor(service: string, method: string, url: string, reason: string) {
    super(`${method} ${url} got no answer (${reason}). Is ${service} reachable from here?`)
    this.name = 'ConnectionError'
  }
}

/** An answer came that is not the service's: a proxy's page, say. */
export class ForeignAnswerError extends Error {
  constructor(service: string, method: string, url: string, contentType: string, start: string) {
    super(
      `${method} ${url} was answered with ${contentType}, which is not ${service}'s: ${start}. Check the address and any proxy.`,
    )
    this.name = 'ForeignAnswerError'
  }
}

/** A credential that was copied with something no header can carry; its value is not shown. */
export class UnsendableError extends UsageError {
  constructor(service: string, header: string) {
    super(
      `What proves to ${service} who calls (${header}) holds a character that no header can carry, such as a typographic quotation mark: copy it anew.`,
    )
  }
}

export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
