import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { channelOf, demand, demandMembersIntent, type InChannel, messageIn, textChannelOf } from '../access'
import { enter, leave } from '../acts/membership'
import { startThread, type ThreadOptions } from '../acts/threads'
import type { Discord, DiscordRoutes } from '../context'
import { refuse } from '../errors'
import type { ThreadRow } from '../model'
import { has } from '../permissions'
import { channelShape, threadMemberShape } from '../shapes/channels'
import { memberField } from '../shapes/users'
import { checked, choice, flag, int, maybe, name, pathId } from '../validation'
import { threadList } from './guilds'

const onMessage = {
  name: name(1, 100),
  auto_archive_duration: maybe(choice(60, 1_440, 4_320, 10_080)),
  rate_limit_per_user: maybe(int(0, 21_600)),
}
const fromMessage = z.object(onMessage)
const alone = z.object({ ...onMessage, type: maybe(choice(10, 11, 12)), invitable: maybe(flag) })
const withMember = z.object({ with_member: maybe(flag) })
const archive = z.object({ before: maybe(z.iso.datetime({ offset: true })), limit: maybe(int(2, 100)) })
/** Threads of one guild. */
const MOST_ACTIVE = 1_000
const DAY_MINUTES = 1_440
const [ANNOUNCEMENT, ANNOUNCEMENT_THREAD, PUBLIC, PRIVATE] = [5, 10, 11, 12]

export const threadRoutes: DiscordRoutes = {
  'POST /channels/:id/messages/:message/threads': (discord, request, reply) => {
    const place = parentOf(textChannelOf(discord, request))
    const { channel, may } = place
    const message = messageIn(discord, request, channel)
    demand(may, 'CREATE_PUBLIC_THREADS')
    const { name: called, ...rest } = checked(fromMessage, request.body)
    if (discord.store.data.channels.has(message.id)) throw refuse('hasThread')
    const type = channel.type === ANNOUNCEMENT ? ANNOUNCEMENT_THREAD : PUBLIC
    reply.code(201)
    return started(discord, place, { name: called, type, ...timing(rest), invitable: true, message })
  },
  'POST /channels/:id/threads': (discord, request, reply) => {
    const place = parentOf(textChannelOf(discord, request))
    const { channel, may } = place
    const { name: called, type = PRIVATE, invitable = true, ...rest } = checked(alone, request.body)
    demand(may, type === PRIVATE ? 'CREATE_PRIVATE_THREADS' : 'CREATE_PUBLIC_THREADS')
    if ((channel.type === ANNOUNCEMENT) !== (type === ANNOUNCEMENT_THREAD)) throw refuse('wrongChannelType')
    reply.code(201)
    return started(discord, place, { name: called, type, ...timing(rest), invitable })
  },
  'GET /channels/:id/threads/archived/public': archivedThreads(false),
  'GET /channels/:id/threads/archived/private': archivedThreads(true),
}

export const threadMemberRoutes: DiscordRoutes = {
  'PUT /channels/:id/thread-members/@me': (discord, request) => {
    const { channel, bot } = openThread(discord, request)
    enter(discord, channel, [bot.id])
  },
  'DELETE /channels/:id/thread-members/@me': (discord, request) => {
    const { channel, bot } = openThread(discord, request)
    leave(discord, channel, bot.id)
  },
  'GET /channels/:id/thread-members': (discord, request) => {
    const { channel, bot, thread } = threadOf(discord, request)
    demandMembersIntent(discord, bot)
    const { with_member: whole } = checked(withMember, request.query)
    const guild = discord.store.guildOf(channel)
    return [...thread.members.keys()].map((id) => ({
      ...threadMemberShape(channel.id, id, thread),
      ...(whole ? memberField(discord.store, guild, id) : {}),
    }))
  },
  'GET /channels/:id/thread-members/:user': (discord, request) => {
    const { channel, bot, thread } = threadOf(discord, request)
    const id = (request.params as { user: string }).user === '@me' ? bot.id : pathId(request, 'user', 'user_id')
    if (!thread.members.has(id)) throw refuse('unknownMember')
    return threadMemberShape(channel.id, id, thread)
  },
  'PUT /channels/:id/thread-members/:user': (discord, request) => {
    const { channel, may } = openThread(discord, request)
    const userId = pathId(request, 'user', 'user_id')
    demand(may, 'SEND_MESSAGES_IN_THREADS')
    if (!discord.store.guildOf(channel)?.members.has(userId)) throw refuse('unknownMember')
    enter(discord, channel, [userId])
  },
  'DELETE /channels/:id/thread-members/:user': (discord, request) => {
    const { bot, channel, may, thread } = openThread(discord, request)
    const userId = pathId(request, 'user', 'user_id')
    if (channel.type !== PRIVATE || thread.ownerId !== bot.id) demand(may, 'MANAGE_THREADS')
    leave(discord, channel, userId)
  },
}

/** @throws 400/50024 for a channel type without threads; 403/50003 for a direct conversation */
function parentOf(place: InChannel): InChannel {
  if (place.channel.guildId === null) throw refuse('notInDirect')
  if (![0, ANNOUNCEMENT].includes(place.channel.type)) throw refuse('wrongChannelType')
  return place
}

/** @throws 400/160006 */
function started(discord: Discord, { channel, bot }: InChannel, options: ThreadOptions): Record<string, unknown> {
  const { store } = discord
  const active = store.channelsOf(channel.guildId ?? '', true).filter(({ thread }) => !thread?.archived)
  if (active.length >= MOST_ACTIVE) throw refuse('tooManyThreads')
  return channelShape(store, startThread(discord, bot, channel, options), bot.id)
}

const timing = (wanted: { auto_archive_duration?: number | undefined; rate_limit_per_user?: number | undefined }) => ({
  autoArchive: wanted.auto_archive_duration ?? DAY_MINUTES,
  slowmode: wanted.rate_limit_per_user ?? 0,
})

/** Latest archived first. */
function archivedThreads(isPrivate: boolean): DiscordRoutes[string] {
  return (discord, request) => {
    const { store } = discord
    const { channel, bot, may } = channelOf(discord, request)
    demand(may, 'READ_MESSAGE_HISTORY')
    if (isPrivate) demand(may, 'MANAGE_THREADS')
    const { before, limit = 50 } = checked(archive, request.query)
    const until = before === undefined ? Number.POSITIVE_INFINITY : Date.parse(before)
    const found = store
      .channelsOf(channel.guildId ?? '', true)
      .filter(({ parentId, type, thread }) => parentId === channel.id && (type === PRIVATE) === isPrivate && thread?.archived)
      .filter((one) => (one.thread?.archiveAt ?? 0) < until && has(store.permissions(one, bot.id), 'VIEW_CHANNEL'))
      .sort((one, other) => (other.thread?.archiveAt ?? 0) - (one.thread?.archiveAt ?? 0))
    return threadList(discord, found.slice(0, limit), bot.id, found.length > limit)
  }
}

function threadOf(discord: Discord, request: FastifyRequest): InChannel & { thread: ThreadRow } {
  const place = channelOf(discord, request)
  const { thread } = place.channel
  if (!thread) throw refuse('wrongChannelType')
  return { ...place, thread }
}

/** @throws 400/50083 for an archived thread */
function openThread(discord: Discord, request: FastifyRequest): InChannel & { thread: ThreadRow } {
  const place = threadOf(discord, request)
  if (place.thread.archived) throw refuse('archived')
  return place
}
