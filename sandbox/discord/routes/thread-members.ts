import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { channelOf, demand, type InChannel } from '../access'
import { enter, leave } from '../acts/membership'
import type { RouteOptions } from '../context'
import { refuse } from '../errors'
import { isAllowed } from '../intents'
import type { ThreadRow } from '../model'
import { threadMemberShape } from '../shapes/channels'
import { memberShape } from '../shapes/users'
import { checked, flag, maybe, pathId } from '../validation'

const withMember = z.object({ with_member: maybe(flag) })
const PRIVATE = 12

export const threadMemberRoutes: FastifyPluginAsync<RouteOptions> = async (app, { discord }) => {
  const { store } = discord
  app.put('/channels/:id/thread-members/@me', async (request, reply) => {
    const { channel, bot } = openThread(threadOf(channelOf(discord, request)))
    enter(discord, channel, [bot.id])
    return reply.code(204).send()
  })
  app.delete('/channels/:id/thread-members/@me', async (request, reply) => {
    const { channel, bot } = openThread(threadOf(channelOf(discord, request)))
    leave(discord, channel, bot.id)
    return reply.code(204).send()
  })
  app.get('/channels/:id/thread-members', async (request) => {
    const { channel, bot, thread } = threadOf(channelOf(discord, request))
    if (!isAllowed('GUILD_MEMBERS', store.data.applications.get(bot.id)?.flags ?? 0)) throw refuse('missingAccess')
    const { with_member: whole } = checked(withMember, request.query)
    const guild = store.guildOf(channel)
    return [...thread.members.keys()].map((id) => {
      const member = whole ? guild?.members.get(id) : undefined
      return { ...threadMemberShape(channel.id, id, thread), ...(member ? { member: memberShape(store, member) } : {}) }
    })
  })
  app.get('/channels/:id/thread-members/:user', async (request) => {
    const { channel, thread } = threadOf(channelOf(discord, request))
    const id =
      (request.params as { user: string }).user === '@me'
        ? channelOf(discord, request).bot.id
        : pathId(request, 'user', 'user_id')
    if (!thread.members.has(id)) throw refuse('unknownMember')
    return threadMemberShape(channel.id, id, thread)
  })
}

/** Adding and removing other members. */
export const thirdPartyRoutes: FastifyPluginAsync<RouteOptions> = async (app, { discord }) => {
  const { store } = discord
  app.put('/channels/:id/thread-members/:user', async (request, reply) => {
    const { channel, may } = openThread(threadOf(channelOf(discord, request)))
    const userId = pathId(request, 'user', 'user_id')
    demand(may, 'SEND_MESSAGES_IN_THREADS')
    if (!store.guildOf(channel)?.members.has(userId)) throw refuse('unknownMember')
    enter(discord, channel, [userId])
    return reply.code(204).send()
  })
  app.delete('/channels/:id/thread-members/:user', async (request, reply) => {
    const { bot, channel, may, thread } = openThread(threadOf(channelOf(discord, request)))
    const userId = pathId(request, 'user', 'user_id')
    if (channel.type !== PRIVATE || thread.ownerId !== bot.id) demand(may, 'MANAGE_THREADS')
    leave(discord, channel, userId)
    return reply.code(204).send()
  })
}

function threadOf(place: InChannel): InChannel & { thread: ThreadRow } {
  const { thread } = place.channel
  if (!thread) throw refuse('wrongChannelType')
  return { ...place, thread }
}

function openThread<T extends { thread: ThreadRow }>(place: T): T {
  if (place.thread.archived) throw refuse('archived')
  return place
}
