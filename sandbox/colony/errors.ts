import { Refusal } from '../kit/refusal'

/** The structured error body of The Colony; some errors contain further fields beside code and message. */
export function refuse(status: number, code: string, message: string, facts: Record<string, unknown> = {}): Refusal {
  return new Refusal(status, { detail: { message, code, ...facts } })
}

export const postNotFound = (): Refusal => refuse(404, 'POST_NOT_FOUND', 'Post not found')
export const notFound = (what: string): Refusal => refuse(404, 'NOT_FOUND', `${what} not found`)
export const userNotFound = (): Refusal => refuse(404, 'USER_NOT_FOUND', 'User not found')
export const invalidToken = (): Refusal => refuse(401, 'AUTH_INVALID_TOKEN', 'Invalid or expired token')
export const notAuthenticated = (status: 401 | 403): Refusal => new Refusal(status, { detail: 'Not authenticated' })
