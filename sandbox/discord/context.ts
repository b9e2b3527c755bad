import type { FastifyRequest } from 'fastify'
import type { Routes } from '../kit/routes'
import { refuse } from './errors'
import type { Hub } from './gateway/hub'
import { isAllowed } from './intents'
import type { Limits } from './limits'
import type { Links } from './links'
import type { UserRow } from './model'
import type { DiscordStore } from './store'

/** The dependencies of routes, acts and the control API. */
export interface Discord {
  store: DiscordStore
  links: Links
  hub: Hub
  limits: Limits
}

export type DiscordRoutes = Routes<Discord>

/** The viewer of messages, and whether that application may see the content of others' messages. */
export interface Viewer {
  id: string
  seesContent: boolean
}

/** The calling bot. @throws 401 without a valid bot token */
export function caller({ store }: Discord, { headers }: FastifyRequest): UserRow {
  const token = /^Bot (\S+)$/.exec(headers.authorization ?? '')?.[1]
  const botId = token === undefined ? undefined : store.data.tokens.get(token)
  const bot = botId === undefined ? undefined : store.data.users.get(botId)
  if (!bot) throw refuse('unauthorized')
  return bot
}

/** Over REST an application sees what the portal allows, whatever intents its sessions requested. */
export function viewerOf({ store }: Discord, { id }: UserRow): Viewer {
  return { id, seesContent: isAllowed('MESSAGE_CONTENT', store.flagsOf(id)) }
}
