import { Refusal } from '../kit/refusal'

/** Symphony's error body: `{code, message}`. */
export function refuse(status: number, message: string, headers: Record<string, string> = {}): Refusal {
  return new Refusal(status, { code: status, message }, headers)
}

export const badRequest = (message: string): Refusal => refuse(400, message)
export const invalidSession = (): Refusal => refuse(401, 'Invalid session')
export const unauthorized = (message: string): Refusal => refuse(401, message)
export const forbidden = (message: string): Refusal => refuse(403, message)
export const noStream = (id: string): Refusal => badRequest(`Could not find a stream with the provided id: ${id}`)
export const noMember = (): Refusal => forbidden('The user is not a member of this stream')
export const lacking = (what: string): Refusal => forbidden(`The user lacks the required entitlement: ${what}`)
export const noFeed = (): Refusal => badRequest('Could not find a datafeed with the provided id')
