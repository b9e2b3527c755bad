import { Refusal } from '../kit/refusal'

/** Errors have FastAPI's form. */
export const refuse = (status: number, detail: string, headers: Record<string, string> = {}): Refusal =>
  new Refusal(status, { detail }, headers)

export const notAuthenticated = (): Refusal => refuse(401, 'Could not validate credentials', { 'WWW-Authenticate': 'Bearer' })
export const courierNotFound = (): Refusal => refuse(404, 'Courier not found')
export const deliveryNotFound = (): Refusal => refuse(404, 'Delivery not found')
export const unavailable = (what: string): Refusal => refuse(503, `${what} is unavailable`)
