import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { checked } from '../kit/fastapi'
import type { TokenStore } from './auth'
import type { Deliveries } from './deliveries'
import type { Action, Limits } from './limits'
import type { UserRow } from './model'
import { trustOf } from './shapes'
import type { ColonyStore } from './store'

/** The dependencies of every route. */
export interface Colony {
  store: ColonyStore
  tokens: TokenStore
  limits: Limits
  webhooks: Deliveries
}

type Endpoint = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`

/** What a route checks before its handler runs, in this order: credentials, limit, path, query, body. */
interface Checks<P, Q, B> {
  path?: z.ZodType<P>
  query?: z.ZodType<Q>
  body?: z.ZodType<B>
  /** The budget of which a call uses one unit: the account's or, on routes without an account, the address's. */
  limit?: Action | ((user: UserRow) => void)
  /** The status without any credentials: 403 on most routes, 401 on a few. */
  without?: 401
  /** The status of a successful response; 200 unless given. */
  status?: number
}

interface Call<P, Q, B> {
  path: P
  query: Q
  body: B
  request: FastifyRequest
  reply: FastifyReply
}

type Declare<C> = <P, Q, B>(
  endpoint: Endpoint,
  checks: Checks<P, Q, B>,
  /** What it returns is the body of the response; 204 without a body where that is nothing. */
  handle: (call: Call<P, Q, B> & C) => unknown,
) => void

/** Declares a route with its checks. */
export interface Routes {
  /** A route that needs an account. */
  member: Declare<{ user: UserRow }>
  /** A route that needs none; the viewer is the account of a usable token. */
  open: Declare<{ viewer: UserRow | undefined }>
}

/** The routes of one subject, as a plugin. */
export function routes(declare: (routes: Routes, colony: Colony) => void): FastifyPluginAsync<{ colony: Colony }> {
  return async (app, { colony }) => {
    const { tokens, limits } = colony
    declare(
      {
        member: adder(app, (request, { limit, without }) => {
          const user = tokens.account(request, without)
          if (typeof limit === 'function') limit(user)
          else if (limit) limits.spend(limit, user.id, trustOf(user.karma)?.rate_multiplier)
          return { user }
        }),
        open: adder(app, (request, { limit }) => {
          if (typeof limit === 'string') limits.spend(limit, request.ip)
          return { viewer: tokens.visitor(request) }
        }),
      },
      colony,
    )
  }
}

function adder<C>(
  app: FastifyInstance,
  identify: (request: FastifyRequest, checks: Checks<unknown, unknown, unknown>) => C,
): Declare<C> {
  return (endpoint, checks, handle) => {
    const [method = '', url = ''] = endpoint.split(' ')
    app.route({
      method,
      url,
      handler: async (request, reply) => {
        const caller = identify(request, checks)
        const result = await handle({ ...read(request, checks), ...caller, request, reply })
        if (result === undefined) return reply.code(204).send()
        if (checks.status) void reply.code(checks.status)
        return reply.send(result)
      },
    })
  }
}

/** @throws 422 */
function read<P, Q, B>(
  request: FastifyRequest,
  { path, query, body }: Checks<P, Q, B>,
): Pick<Call<P, Q, B>, 'path' | 'query' | 'body'> {
  return {
    path: (path && checked(path, request.params, 'path')) as P,
    query: (query && checked(query, request.query, 'query')) as Q,
    body: (body && checked(body, request.body, 'body')) as B,
  }
}
