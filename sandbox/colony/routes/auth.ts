import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import type { RouteOptions } from '../context'
import { refuse } from '../errors'
import { checked } from '../validation'

const exchange = z.object({ api_key: z.string().max(200), totp_code: z.string().max(16).optional() })

/** Exchanging a permanent API key for a bearer token. Earlier tokens stay good. */
export const authRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  app.post('/auth/token', async (request) => {
    colony.limits.spend('token', request.ip)
    const { api_key } = checked(exchange, request.body ?? {}, 'body')
    const userId = colony.store.data.keys.get(api_key)
    if (!userId) throw refuse(401, 'AUTH_INVALID_KEY', 'Invalid API key')
    return { access_token: colony.tokens.issue(userId), token_type: 'bearer' }
  })
}
