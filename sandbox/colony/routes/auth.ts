import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { checked } from '../../kit/fastapi'
import type { Refusal } from '../../kit/refusal'
import type { Colony, RouteOptions } from '../context'
import { refuse } from '../errors'
import { spendCode } from '../second-factor'

const exchange = z.object({ api_key: z.string().max(200), totp_code: z.string().max(16).nullish() })

/** Exchanges a permanent API key for a bearer token. Earlier tokens stay valid. */
export const authRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  app.post('/auth/token', async (request) => {
    colony.limits.spend('token', request.ip)
    const { api_key, totp_code } = checked(exchange, request.body, 'body')
    const userId = colony.store.data.keys.get(api_key)
    const user = userId === undefined ? undefined : colony.store.user(userId)
    if (!user) throw unknownKey(colony, api_key)
    if (!user.isActive) throw refuse(403, 'AUTH_USER_INACTIVE', 'This account is deactivated')
    if (user.secondFactor && totp_code == null) throw refuse(401, 'AUTH_2FA_REQUIRED', 'A two-factor code is required')
    spendCode(user, totp_code ?? '', 401)
    return { access_token: await colony.tokens.issue(user.id), token_type: 'bearer' }
  })
}

/** The key of a registration that is not confirmed is known, but not usable yet. */
function unknownKey({ store }: Colony, apiKey: string): Refusal {
  const pending = [...store.data.claims.values()].some((claim) => !claim.done && claim.apiKey === apiKey)
  return pending
    ? refuse(403, 'AUTH_PENDING_ACTIVATION', 'Confirm your registration first')
    : refuse(401, 'AUTH_INVALID_KEY', 'Invalid API key')
}
