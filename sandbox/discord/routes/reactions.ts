import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { demand, type InChannel, messageOf, textChannelOf } from '../access'
import { clearReactions, react, reactionOn, unreact } from '../acts/reactions'
import type { Discord, RouteOptions } from '../context'
import { emojiNamed } from '../emoji'
import { refuse } from '../errors'
import type { Emoji, MessageRow } from '../model'
import { userShape } from '../shapes/users'
import { byAge } from '../snowflakes'
import { checked, choice, int, maybe, pathId, snowflake } from '../validation'

const BASE = '/channels/:id/messages/:message/reactions'
const page = z.object({ after: maybe(snowflake), limit: maybe(int(1, 100)), type: maybe(choice(0, 1)) })

export const reactionRoutes: FastifyPluginAsync<RouteOptions> = async (app, { discord }) => {
  const { store } = discord
  app.put(`${BASE}/:emoji/@me`, async (request, reply) => {
    const { place, message, emoji } = reactionFrom(discord, request)
    demand(place.may, 'READ_MESSAGE_HISTORY')
    if (!reactionOn(message, emoji)) demand(place.may, 'ADD_REACTIONS')
    react(discord, { channel: place.channel, message }, emoji, place.bot.id)
    return reply.code(204).send()
  })
  app.delete(`${BASE}/:emoji/@me`, async (request, reply) => {
    const { place, message, emoji } = reactionFrom(discord, request)
    unreact(discord, { channel: place.channel, message }, emoji, place.bot.id)
    return reply.code(204).send()
  })
  app.delete(`${BASE}/:emoji/:user`, async (request, reply) => {
    const { place, message, emoji } = reactionFrom(discord, request)
    const userId = pathId(request, 'user', 'user_id')
    if (userId !== place.bot.id) demandCare(place)
    unreact(discord, { channel: place.channel, message }, emoji, store.user(userId).id)
    return reply.code(204).send()
  })
  app.get(`${BASE}/:emoji`, async (request) => {
    const { place, message, emoji } = reactionFrom(discord, request)
    demand(place.may, 'READ_MESSAGE_HISTORY')
    const { after = '0', limit = 25, type = 0 } = checked(page, request.query)
    const users = type === 1 ? [] : [...(reactionOn(message, emoji)?.users ?? [])].sort(byAge)
    const shown = users.filter((id) => byAge(id, after) > 0).slice(0, limit)
    return shown.map((id) => userShape(store.user(id)))
  })
}

/** Removing others' reactions. */
export const clearingRoutes: FastifyPluginAsync<RouteOptions> = async (app, { discord }) => {
  app.delete(BASE, async (request, reply) => {
    const place = textChannelOf(discord, request)
    demandCare(place)
    clearReactions(discord, { channel: place.channel, message: messageOf(discord, request, place.channel) })
    return reply.code(204).send()
  })
  app.delete(`${BASE}/:emoji`, async (request, reply) => {
    const { place, message, emoji } = reactionFrom(discord, request)
    demandCare(place)
    clearReactions(discord, { channel: place.channel, message }, emoji)
    return reply.code(204).send()
  })
}

/** Others' reactions can be removed with the permission to manage messages; in a direct conversation not at all. */
function demandCare({ channel, may }: InChannel): void {
  if (channel.guildId === null) throw refuse('notInDirect')
  demand(may, 'MANAGE_MESSAGES')
}

interface Reaction {
  place: InChannel
  message: MessageRow
  emoji: Emoji
}

function reactionFrom(discord: Discord, request: FastifyRequest): Reaction {
  const place = textChannelOf(discord, request)
  const message = messageOf(discord, request, place.channel)
  if (place.channel.thread?.archived && request.method !== 'GET') throw refuse('archived')
  const emoji = emojiNamed((request.params as { emoji: string }).emoji, discord.store.guildsOf(place.bot.id))
  return { place, message, emoji }
}
