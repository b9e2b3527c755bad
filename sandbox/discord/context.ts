import type { FastifyRequest } from 'fastify'
import { refuse } from './errors'
import type { Hub } from './gateway/hub'
import { seesContent } from './intents'
import type { Limits } from './limits'
import type { Links } from './links'
import type { UserRow } from './model'
import type { DiscordStore } from './store'

/** What routes, acts and the control API work with. */
export interface Discord {
  store: DiscordStore
  links: Links
  hub: Hub
  limits: Limits
}

export interface RouteOptions {
  discord: Discord
}

/** Who looks at messages, and whether that application is shown what others write. */
export interface Viewer {
  id: string
  seesContent: boolean
}

/** The bot that calls. @throws 401 without a living bot token */
export function caller({ store }: Discord, { headers }: FastifyRequest): UserRow {
  const token = /^Bot (\S+)$/.exec(headers.authorization ?? '')?.[1]
  const botId = token === undefined ? undefined : store.data.tokens.get(token)
  const bot = botId === undefined ? undefined : store.data.users.get(botId)
  if (!bot) throw refuse('unauthorized')
  return bot
}

/** Over REST an application sees what the portal allows it, whatever its sessions asked for. */
export function viewerOf({ store }: Discord, { id }: UserRow): Viewer {
  return { id, seesContent: seesContent(store.data.applications.get(id)?.flags ?? 0) }
}
