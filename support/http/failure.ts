/** Why an answer counts as a failure. */
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

/** Failure is a status of 400 or more; the code and sentence are left to services that know their own error body. */
export function classifyStatus(answer: ReceivedResponse): FailedResponse | undefined {
  if (answer.status < 400) return undefined
  return { status: answer.status, retryAfter: retryAfterOf(answer.headers) }
}

/** `Retry-After` in seconds; nothing where it is absent or a date. */
export function retryAfterOf(headers: Readonly<Record<string, string>>): number | undefined {
  const value = headers['retry-after']
  return value !== undefined && /^\d+(\.\d+)?$/.test(value) ? Number(value) : undefined
}
