import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { demand, messageOf, textChannelOf } from '../access'
import { pin, post } from '../acts/messages'
import { type Discord, type RouteOptions, viewerOf } from '../context'
import { refuse } from '../errors'
import type { MessageRow } from '../model'
import { has } from '../permissions'
import { messageShape } from '../shapes/messages'
import { stampOrNull } from '../shapes/times'
import { checked, int, maybe } from '../validation'

const MOST_PINS = 250
const PINNED = 6
const page = z.object({ before: maybe(z.iso.datetime({ offset: true })), limit: maybe(int(1, 50)) })

/** Under the current path and the deprecated one. */
export const pinRoutes: FastifyPluginAsync<RouteOptions> = async (app, { discord }) => {
  for (const path of ['/channels/:id/messages/pins', '/channels/:id/pins']) {
    app.put(`${path}/:message`, async (request, reply) => {
      const { channel, bot, may } = textChannelOf(discord, request)
      const message = messageOf(discord, request, channel)
      demand(may, 'PIN_MESSAGES')
      if (message.pinnedAt !== null) return reply.code(204).send()
      if (pinned(discord, channel.id).length >= MOST_PINS) throw refuse('tooManyPins')
      pin(discord, channel, message, discord.store.ids.now())
      const reference = { type: 0 as const, channelId: channel.id, guildId: channel.guildId, messageId: message.id }
      post(discord, bot, channel, { type: PINNED, reference })
      return reply.code(204).send()
    })
    app.delete(`${path}/:message`, async (request, reply) => {
      const { channel, may } = textChannelOf(discord, request)
      const message = messageOf(discord, request, channel)
      demand(may, 'PIN_MESSAGES')
      if (message.pinnedAt !== null) pin(discord, channel, message, null)
      return reply.code(204).send()
    })
  }
}

export const pinListRoutes: FastifyPluginAsync<RouteOptions> = async (app, { discord }) => {
  app.get('/channels/:id/messages/pins', async (request) => {
    const { channel, bot, may } = textChannelOf(discord, request)
    const { before, limit = 50 } = checked(page, request.query)
    const until = before === undefined ? Number.POSITIVE_INFINITY : Date.parse(before)
    const found = has(may, 'READ_MESSAGE_HISTORY')
      ? pinned(discord, channel.id).filter(({ pinnedAt }) => (pinnedAt ?? 0) < until)
      : []
    const items = found.slice(0, limit).map((message) => ({
      pinned_at: stampOrNull(message.pinnedAt),
      message: messageShape(discord, message, viewerOf(discord, bot)),
    }))
    return { items, has_more: found.length > limit }
  })
  app.get('/channels/:id/pins', async (request) => {
    const { channel, bot, may } = textChannelOf(discord, request)
    const found = has(may, 'READ_MESSAGE_HISTORY') ? pinned(discord, channel.id) : []
    return found.map((message) => messageShape(discord, message, viewerOf(discord, bot)))
  })
}

/** Latest pinned first. */
function pinned({ store }: Discord, channelId: string): MessageRow[] {
  return store
    .messagesIn(channelId)
    .filter(({ pinnedAt }) => pinnedAt !== null)
    .sort((one, other) => (other.pinnedAt ?? 0) - (one.pinnedAt ?? 0))
}
