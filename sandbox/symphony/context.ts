import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Handler, PathParameters, Routes } from '../kit/routes'
import { badRequest, forbidden, invalidSession, lacking, refuse } from './errors'
import type { Feeds } from './feeds'
import type { Entitlement, UserRow } from './model'
import type { SessionStore } from './sessions'
import type { SymphonyStore } from './store'

/** The refusal of an account's next call. */
export const plannedRefusal = {
  status: z.int().min(400).max(599),
  message: z.string().optional(),
  /** Only for calls whose route contains this. */
  on: z.string().optional(),
  retryAfter: z.number().optional(),
}

/** The dependencies of every route. */
export interface Symphony {
  store: SymphonyStore
  sessions: SessionStore
  feeds: Feeds
  /** By user id. */
  planned: Map<number, z.output<z.ZodObject<typeof plannedRefusal>>[]>
}

export type Query = Readonly<Record<string, string | undefined>>

/** One authenticated call of a route. */
export interface Call<Params = unknown> extends Symphony {
  /** The caller. */
  user: UserRow
  params: Params
  query: Query
  body: unknown
  request: FastifyRequest
  reply: FastifyReply
}

type Handlers<Endpoint extends string> = { readonly [E in Endpoint]: (call: Call<PathParameters<E>>) => unknown }

const routesFor =
  (identify: (symphony: Symphony, request: FastifyRequest) => UserRow) =>
  <Endpoint extends string>(handlers: Handlers<Endpoint>): Routes<Symphony> => {
    const authenticated =
      (handle: (call: Call<never>) => unknown): Handler<Symphony> =>
      (symphony, request, reply) => {
        const user = identify(symphony, request)
        const { params, query, body } = request
        return handle({ ...symphony, user, params: params as never, query: query as Query, body, request, reply })
      }
    const entries = Object.entries<(call: Call<never>) => unknown>(handlers)
    return Object.fromEntries(entries.map(([endpoint, handle]) => [endpoint, authenticated(handle)]))
  }

/** Routes of the pod, which require a session. */
export const podRoutes = routesFor(caller)
/** Routes of the agent, which require a session and a key manager token. */
export const agentRoutes = routesFor(agentCaller)

/** The caller of the pod. @throws 401 without a valid session */
function caller(symphony: Symphony, request: FastifyRequest): UserRow {
  const user = symphony.sessions.read(request.headers.sessiontoken, 'session')
  if (!user) throw invalidSession()
  refusePlanned(symphony, user, request.routeOptions.url ?? request.url)
  return user
}

/** The caller of the agent, which requires both tokens. @throws 401, and 403 for an account without access to the agent */
function agentCaller(symphony: Symphony, request: FastifyRequest): UserRow {
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

/** The part of a list that a query asks for. @throws 400 */
export function pageIn(query: Query, most?: number): { skip: number; limit: number } {
  return { skip: whole('skip', query.skip, 0), limit: whole('limit', query.limit, 50, most) }
}

/** One page of a list. */
export function page<T>(all: readonly T[], { skip, limit }: { skip: number; limit: number }): T[] {
  return all.slice(skip, skip + limit)
}
