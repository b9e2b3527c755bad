import type { FastifyRequest } from 'fastify'
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

export interface RouteOptions {
  colony: Colony
}

/**
 * Authenticates the caller and uses one unit of the action's budget: credentials are checked before limits, limits before validation.
 * @throws 401 or 403 without usable credentials, 429 without budget
 */
export function caller(colony: Colony, request: FastifyRequest, action?: Action, without: 401 | 403 = 403): UserRow {
  const user = colony.tokens.account(request, without)
  if (action) colony.limits.spend(action, user.id, trustOf(user.karma)?.rate_multiplier)
  return user
}
