import { UsageError } from '../config/errors'

/** A response that is a failure, as its service sent it. */
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

const GATEWAY_ERRORS: readonly number[] = [502, 503, 504]

/** 502, 503 or 504: an intermediary failed, or the service was temporarily unavailable. */
export function isGatewayError(status: number): boolean {
  return GATEWAY_ERRORS.includes(status)
}

/** A service responded with an error. Contains no header, so that no token can reach a report. */
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

  /** The service understood and refused: it is neither broken (5xx) nor busy (429). */
  get isRefusal(): boolean {
    return this.status < 500 && this.status !== 429
  }
}

function describe(failure: Failure): string {
  const { method, path, status, code, requestId, body, curl } = failure
  const head = [`${method} ${path} returned ${status}`, code, requestId && `(request ${requestId})`].filter(Boolean).join(' ')
  return `${head}: ${body}\n  ${curl}`
}

/** A call without a usable response; the message names the cause. */
export abstract class CallError extends Error {
  constructor(
    readonly method: string,
    readonly url: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = new.target.name
  }
}

/** There was no response: the host is unknown, refused the connection, closed it, or did not respond in time. */
export class ConnectionError extends CallError {
  /** @param reason code or words, such as `ECONNREFUSED` */
  constructor(
    readonly service: string,
    method: string,
    url: string,
    readonly reason: string,
  ) {
    super(method, url, `${method} ${url} got no response (${reason}). ${adviceFor(reason, service)}`)
  }
}

/** A proxy between caller and service cannot be used: it is down, unknown, or requires credentials. */
export class ProxyError extends CallError {
  constructor(method: string, url: string, proxy: string, variable: string, reason: string) {
    super(
      method,
      url,
      `${method} ${url} did not get past the proxy ${proxy} (${reason}). Check ${variable}, or list the host in NO_PROXY.`,
    )
  }
}

/** A response that is not the service's, such as the sign-in page of a proxy. */
export class ForeignResponseError extends CallError {
  constructor(service: string, method: string, url: string, what: string, start: string) {
    super(
      method,
      url,
      `${method} ${url} was answered with ${what}, which does not come from ${service}: ${start}. Check the address and any proxy.`,
    )
  }
}

/** A redirect that is not followed: of a call that changes something, to another origin, or in a circle. */
export class RedirectError extends CallError {
  constructor(
    method: string,
    url: string,
    status: number,
    location: string | undefined,
    why: string,
    variable: string | undefined,
  ) {
    const target = location === undefined ? 'without saying where to' : `to ${location}`
    super(
      method,
      url,
      `${method} ${url} is redirected: ${status} ${target} (${why}). Is the base URL current? ${
        variable ? `Set ${variable} to the new address.` : 'Check the address.'
      }`,
    )
  }
}

/** A response whose body cannot be read: cut short, in an unknown content coding, or invalid JSON. */
export class UnreadableResponseError extends CallError {
  /** @param isCutShort whether the connection ended before the body did, so that repeating may help */
  constructor(
    method: string,
    url: string,
    readonly status: number,
    why: string,
    readonly isCutShort: boolean,
  ) {
    super(method, url, `${method} ${url} returned ${status} with a body that cannot be read: ${why}.`)
  }
}

/** A credential that was copied with something no header can carry; its value is not shown. */
export class UnsendableError extends UsageError {
  constructor(service: string, header: string) {
    super(
      `The credential for ${service} (header ${header}) holds a character that no HTTP header can carry, such as a typographic quotation mark: copy it again.`,
    )
  }
}

/** Whether it is unknown if the service has done what the call asked: the response was lost on its way. */
export function isUnanswered(error: unknown): boolean {
  if (error instanceof ApiError) return isGatewayError(error.status)
  if (error instanceof UnreadableResponseError) return error.isCutShort
  return error instanceof ConnectionError && !NEVER_SENT.has(error.reason)
}

/** Causes that arise before anything of the call has left. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

function adviceFor(reason: string, service: string): string {
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)/.test(reason))
    return `The certificate of ${service} is not trusted here: add its authority to NODE_EXTRA_CA_CERTS, or check the address.`
  if (reason === 'ENOTFOUND' || reason === 'EAI_AGAIN') return `Is the host name right, and does DNS work here?`
  return `Is ${service} reachable from here?`
}
