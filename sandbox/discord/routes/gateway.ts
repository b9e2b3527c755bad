import type { FastifyPluginAsync } from 'fastify'
import { caller, type RouteOptions } from '../context'
import { refuse } from '../errors'
import { DAILY } from '../limits'
import { applicationShape } from '../shapes/users'

export const gatewayRoutes: FastifyPluginAsync<RouteOptions> = async (app, { discord }) => {
  const { store, links, limits } = discord
  app.get('/gateway', async () => ({ url: links.gateway }))
  app.get('/gateway/bot', async (request) => {
    const { remaining, resetAfter } = limits.identifies(caller(discord, request).id)
    return {
      url: links.gateway,
      shards: 1,
      session_start_limit: { total: DAILY.limit, remaining, reset_after: resetAfter, max_concurrency: 1 },
    }
  })
  for (const path of ['/applications/@me', '/oauth2/applications/@me']) {
    app.get(path, async (request) => {
      const application = store.data.applications.get(caller(discord, request).id)
      if (!application) throw refuse('unauthorized')
      return applicationShape(store, application)
    })
  }
}
