/** Why a response counts as a failure. */
export interface FailedResponse {
  status: number
  code?: string | undefined
  says?: string | undefined
  /** Seconds the service asks to wait. */
  retryAfter?: number | undefined
}

export interface ReceivedResponse {
  status: number
  headers: Readonly<Record<string, string>>
  data: unknown
}

/** A status of 400 or more is a failure; code and message are read by each service, which knows its own error body. */
export function classifyStatus(response: ReceivedResponse): FailedResponse | undefined {
  if (response.status < 400) return undefined
  return { status: response.status, retryAfter: retryAfterOf(response.headers) }
}

/** `Retry-After` in seconds from now, which may be a number or a date; undefined where it is absent or invalid. */
export function retryAfterOf(headers: Readonly<Record<string, string>>, now = Date.now()): number | undefined {
  const value = headers['retry-after']?.trim()
  if (!value) return undefined
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value)
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1_000)
}
