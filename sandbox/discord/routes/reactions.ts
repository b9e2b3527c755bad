import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { demand, type InChannel, messageIn, type OnMessage, onMessage, textChannelOf } from '../access'
import { clearReactions, react, reactionOn, unreact } from '../acts/reactions'
import type { Discord, DiscordRoutes } from '../context'
import { emojiNamed } from '../emoji'
import { refuse } from '../errors'
import type { Emoji } from '../model'
import { userShape } from '../shapes/users'
import { byAge } from '../snowflakes'
import { checked, choice, int, maybe, pathId, snowflake } from '../validation'

const BASE = '/channels/:id/messages/:message/reactions'
const page = z.object({ after: maybe(snowflake), limit: maybe(int(1, 100)), type: maybe(choice(0, 1)) })

export const reactionRoutes: DiscordRoutes = {
  [`PUT ${BASE}/:emoji/@me`]: (discord, request) => {
    const place = reactionFrom(discord, request)
    demand(place.may, 'READ_MESSAGE_HISTORY')
    if (!reactionOn(place.message, place.emoji)) demand(place.may, 'ADD_REACTIONS')
    react(discord, place, place.emoji, place.bot.id)
  },
  [`DELETE ${BASE}/:emoji/@me`]: (discord, request) => {
    const place = reactionFrom(discord, request)
    unreact(discord, place, place.emoji, place.bot.id)
  },
  [`DELETE ${BASE}/:emoji/:user`]: (discord, request) => {
    const place = reactionFrom(discord, request)
    const userId = pathId(request, 'user', 'user_id')
    if (userId !== place.bot.id) demandCare(place)
    unreact(discord, place, place.emoji, discord.store.user(userId).id)
  },
  [`GET ${BASE}/:emoji`]: (discord, request) => {
    const { may, message, emoji } = reactionFrom(discord, request)
    demand(may, 'READ_MESSAGE_HISTORY')
    const { after = '0', limit = 25, type = 0 } = checked(page, request.query)
    const users = type === 1 ? [] : [...(reactionOn(message, emoji)?.users ?? [])].sort(byAge)
    const shown = users.filter((id) => byAge(id, after) > 0).slice(0, limit)
    return shown.map((id) => userShape(discord.store.user(id)))
  },
  [`DELETE ${BASE}`]: (discord, request) => {
    const place = textChannelOf(discord, request)
    demandCare(place)
    clearReactions(discord, { ...place, message: messageIn(discord, request, place.channel) })
  },
  [`DELETE ${BASE}/:emoji`]: (discord, request) => {
    const place = reactionFrom(discord, request)
    demandCare(place)
    clearReactions(discord, place, place.emoji)
  },
}

/** Others' reactions can be removed with the permission to manage messages; in a direct conversation not at all. */
function demandCare({ channel, may }: InChannel): void {
  if (channel.guildId === null) throw refuse('notInDirect')
  demand(may, 'MANAGE_MESSAGES')
}

function reactionFrom(discord: Discord, request: FastifyRequest): OnMessage & { emoji: Emoji } {
  const place = onMessage(discord, request)
  if (place.channel.thread?.archived && request.method !== 'GET') throw refuse('archived')
  const emoji = emojiNamed((request.params as { emoji: string }).emoji, discord.store.guildsOf(place.bot.id))
  return { ...place, emoji }
}
