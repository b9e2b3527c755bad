import { caller, type DiscordRoutes } from '../context'
import { refuse } from '../errors'
import { DAILY } from '../limits'
import { applicationShape } from '../shapes/users'

const ownApplication: DiscordRoutes[string] = (discord, request) => {
  const application = discord.store.data.applications.get(caller(discord, request).id)
  if (!application) throw refuse('unauthorized')
  return applicationShape(discord.store, application)
}

export const gatewayRoutes: DiscordRoutes = {
  'GET /gateway': ({ links }) => ({ url: links.gateway }),
  'GET /gateway/bot': (discord, request) => {
    const { remaining, resetAfter } = discord.limits.identifies(caller(discord, request).id)
    return {
      url: discord.links.gateway,
      shards: 1,
      session_start_limit: { total: DAILY.limit, remaining, reset_after: resetAfter, max_concurrency: 1 },
    }
  },
  'GET /applications/@me': ownApplication,
  'GET /oauth2/applications/@me': ownApplication,
}
