/**
 * What a route throws to refuse a request the way the service does: the status, the service's own error body and, where the
 * service sends some, extra headers. Anything else a route throws is a defect of the sandbox and responds with 500.
 */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
    readonly headers: Record<string, string> = {},
  ) {
    super(`refused with ${status}`)
  }
}
