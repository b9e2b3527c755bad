import { z } from 'zod'
import { demand, onMessage, textChannelOf } from '../access'
import { pin, post, referenceTo } from '../acts/messages'
import { type Discord, type DiscordRoutes, viewerOf } from '../context'
import { refuse } from '../errors'
import type { MessageRow } from '../model'
import { has } from '../permissions'
import { messageShape } from '../shapes/messages'
import { stampOrNull } from '../shapes/times'
import { checked, int, maybe } from '../validation'

const MOST_PINS = 250
const PINNED = 6
const page = z.object({ before: maybe(z.iso.datetime({ offset: true })), limit: maybe(int(1, 50)) })

const addPin: DiscordRoutes[string] = (discord, request) => {
  const { channel, bot, may, message } = onMessage(discord, request)
  demand(may, 'PIN_MESSAGES')
  if (message.pinnedAt !== null) return
  if (pinned(discord, channel.id).length >= MOST_PINS) throw refuse('tooManyPins')
  pin(discord, channel, message, discord.store.ids.now())
  post(discord, bot, channel, { type: PINNED, reference: referenceTo(channel, message.id) })
}

const removePin: DiscordRoutes[string] = (discord, request) => {
  const { channel, may, message } = onMessage(discord, request)
  demand(may, 'PIN_MESSAGES')
  if (message.pinnedAt !== null) pin(discord, channel, message, null)
}

/** Under the current path and the deprecated one. */
export const pinRoutes: DiscordRoutes = {
  'PUT /channels/:id/messages/pins/:message': addPin,
  'PUT /channels/:id/pins/:message': addPin,
  'DELETE /channels/:id/messages/pins/:message': removePin,
  'DELETE /channels/:id/pins/:message': removePin,
  'GET /channels/:id/messages/pins': (discord, request) => {
    const { channel, bot, may } = textChannelOf(discord, request)
    const { before, limit = 50 } = checked(page, request.query)
    const until = before === undefined ? Number.POSITIVE_INFINITY : Date.parse(before)
    const found = visiblePins(discord, channel.id, may).filter(({ pinnedAt }) => (pinnedAt ?? 0) < until)
    const items = found.slice(0, limit).map((message) => ({
      pinned_at: stampOrNull(message.pinnedAt),
      message: messageShape(discord, message, viewerOf(discord, bot)),
    }))
    return { items, has_more: found.length > limit }
  },
  'GET /channels/:id/pins': (discord, request) => {
    const { channel, bot, may } = textChannelOf(discord, request)
    return visiblePins(discord, channel.id, may).map((message) => messageShape(discord, message, viewerOf(discord, bot)))
  },
}

const visiblePins = (discord: Discord, channelId: string, may: bigint): MessageRow[] =>
  has(may, 'READ_MESSAGE_HISTORY') ? pinned(discord, channelId) : []

/** Latest pinned first. */
function pinned({ store }: Discord, channelId: string): MessageRow[] {
  return store
    .messagesIn(channelId)
    .filter(({ pinnedAt }) => pinnedAt !== null)
    .sort((one, other) => (other.pinnedAt ?? 0) - (one.pinnedAt ?? 0))
}
