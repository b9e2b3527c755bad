import type { FastifyRequest } from 'fastify'
import { badRequest, forbidden, invalidSession, lacking, refuse } from './errors'
import type { Feeds } from './feeds'
import type { Entitlement, UserRow } from './model'
import type { SessionStore } from './sessions'
import type { SymphonyStore } from './store'

/** The refusal of an account's next call. */
interface Planned {
  status: number
  message?: string | undefined
  /** Only for calls whose route contains this. */
  on?: string | undefined
  retryAfter?: number | undefined
}

/** The dependencies of every route. */
export interface Symphony {
  store: SymphonyStore
  sessions: SessionStore
  feeds: Feeds
  /** By user id. */
  planned: Map<number, Planned[]>
}

export interface RouteOptions {
  symphony: Symphony
}

/** The caller of the pod. @throws 401 without a valid session */
export function caller(symphony: Symphony, request: FastifyRequest): UserRow {
  const user = symphony.sessions.read(request.headers.sessiontoken, 'session')
  if (!user) throw invalidSession()
  refusePlanned(symphony, user, request.routeOptions.url ?? request.url)
  return user
}

/** The caller of the agent, which requires both tokens. @throws 401, and 403 for an account without access to the agent */
export function agentCaller(symphony: Symphony, request: FastifyRequest): UserRow {
  const holder = symphony.sessions.read(request.headers.keymanagertoken, 'keyManager')
  const user = caller(symphony, request)
  if (holder?.id !== user.id) throw invalidSession()
  needs(user, 'agentAccess')
  return user
}

/** @throws 403 */
export function needs(user: UserRow, entitlement: Entitlement): void {
  if (!user.entitlements.includes(entitlement)) throw lacking(entitlement)
}

/** @throws 403 */
export function needsProvisioning(user: UserRow): void {
  if (!user.roles.includes('USER_PROVISIONING')) throw forbidden('The user lacks the role USER_PROVISIONING')
}

function refusePlanned({ planned }: Symphony, user: UserRow, url: string): void {
  const plans = planned.get(user.id) ?? []
  const at = plans.findIndex(({ on = '' }) => url.includes(on))
  const [plan] = at < 0 ? [] : plans.splice(at, 1)
  if (!plan) return
  const headers: Record<string, string> = plan.retryAfter === undefined ? {} : { 'retry-after': String(plan.retryAfter) }
  throw refuse(plan.status, plan.message ?? `Refused with ${plan.status}`, headers)
}

/** Clients write booleans in different ways: `true`, `True`, `TRUE`. */
export function isTrue(value: unknown): boolean {
  return String(value).toLowerCase() === 'true'
}

/** A required boolean. @throws 400 */
export function truth(name: string, value: unknown): boolean {
  if (!/^(?:true|false)$/i.test(String(value))) throw badRequest(`The parameter "${name}" must be true or false`)
  return isTrue(value)
}

/** A whole number from a query. @throws 400 */
export function whole(name: string, value: string | undefined, otherwise: number, most = Number.MAX_SAFE_INTEGER): number {
  if (value === undefined || value === '') return otherwise
  if (!/^\d+$/.test(value)) throw badRequest(`The parameter "${name}" must be a whole number`)
  if (Number(value) > most) throw badRequest(`The parameter "${name}" may be ${most} at most`)
  return Number(value)
}

/** A body's fields; BDKs send explicit nulls for unset fields, which count as absent. @throws 400 where it is not an object */
export function fieldsOf(body: unknown): Record<string, unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badRequest('The body must be a JSON object')
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== undefined))
}

/** One page of a list. */
export function page<T>(all: readonly T[], skip: number, limit: number): T[] {
  return all.slice(skip, skip + limit)
}
