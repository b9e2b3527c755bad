import { Refusal } from '../kit/refusal'

/** An error of Slack: HTTP 200 and `ok: false` with a code in snake case, and further fields for some codes. */
export function refused(error: string, more: object = {}): Refusal {
  return new Refusal(200, { ok: false, error, ...more })
}

/** @param messages one per error, in Slack's wording: `missing required field: channel` */
export function invalidArguments(...messages: string[]): Refusal {
  return withMessages('invalid_arguments', messages)
}

export function withMessages(error: string, messages: readonly string[]): Refusal {
  return refused(error, { response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) } })
}

export function missingScope(needed: string, provided: readonly string[]): Refusal {
  return refused('missing_scope', { needed, provided: provided.join(',') })
}

/** The only error with its own status. @param seconds until the method may be called again */
export function rateLimited(seconds: number): Refusal {
  return new Refusal(429, { ok: false, error: 'ratelimited' }, { 'Retry-After': String(Math.max(1, Math.ceil(seconds))) })
}
