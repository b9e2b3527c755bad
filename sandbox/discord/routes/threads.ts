import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { channelOf, demand, type InChannel, messageOf, textChannelOf } from '../access'
import { enter, leave } from '../acts/membership'
import { startThread } from '../acts/threads'
import type { Discord, RouteOptions } from '../context'
import { refuse } from '../errors'
import { isAllowed } from '../intents'
import type { ThreadRow } from '../model'
import { has } from '../permissions'
import { channelShape, threadMemberShape } from '../shapes/channels'
import { memberShape } from '../shapes/users'
import { checked, choice, flag, int, maybe, pathId, text } from '../validation'
import { threadList } from './guilds'

const onMessage = {
  name: text(1, 100),
  auto_archive_duration: maybe(choice(60, 1_440, 4_320, 10_080)),
  rate_limit_per_user: maybe(int(0, 21_600)),
}
const fromMessage = z.object(onMessage)
const alone = z.object({ ...onMessage, type: maybe(choice(10, 11, 12)), invitable: maybe(flag) })
const archive = z.object({ before: maybe(z.iso.datetime({ offset: true })), limit: maybe(int(2, 100)) })
const withMember = z.object({ with_member: maybe(flag) })
const DAY_MINUTES = 1_440
const [ANNOUNCEMENT, ANNOUNCEMENT_THREAD, PUBLIC, PRIVATE] = [5, 10, 11, 12]

export const threadRoutes: FastifyPluginAsync<RouteOptions> = async (app, { discord }) => {
  const { store } = discord
  app.post('/channels/:id/messages/:message/threads', async (request, reply) => {
    const { bot, channel, may } = parentOf(textChannelOf(discord, request))
    const message = messageOf(discord, request, channel)
    demand(may, 'CREATE_PUBLIC_THREADS')
    const { name, ...rest } = checked(fromMessage, request.body)
    if (store.data.channels.has(message.id)) throw refuse('hasThread')
    const type = channel.type === ANNOUNCEMENT ? ANNOUNCEMENT_THREAD : PUBLIC
    const thread = startThread(discord, bot, channel, { name, type, ...timing(rest), invitable: true, message })
    return reply.code(201).send(channelShape(store, thread, bot.id))
  })
  app.post('/channels/:id/threads', async (request, reply) => {
    const { bot, channel, may } = parentOf(textChannelOf(discord, request))
    const { name, type = PRIVATE, invitable = true, ...rest } = checked(alone, request.body)
    demand(may, type === PRIVATE ? 'CREATE_PRIVATE_THREADS' : 'CREATE_PUBLIC_THREADS')
    if ((channel.type === ANNOUNCEMENT) !== (type === ANNOUNCEMENT_THREAD)) throw refuse('wrongChannelType')
    const thread = startThread(discord, bot, channel, { name, type, ...timing(rest), invitable })
    return reply.code(201).send(channelShape(store, thread, bot.id))
  })
  for (const kind of ['public', 'private'] as const) {
    app.get(`/channels/:id/threads/archived/${kind}`, async (request) => {
      const place = channelOf(discord, request)
      demand(place.may, 'READ_MESSAGE_HISTORY')
      if (kind === 'private') demand(place.may, 'MANAGE_THREADS')
      return archived(discord, place, kind === 'private', checked(archive, request.query))
    })
  }
}

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

/** @throws 400/50024 for a place no thread can hang on; 403/50003 for a direct conversation */
function parentOf(place: InChannel): InChannel {
  if (place.channel.guildId === null) throw refuse('notInDirect')
  if (![0, ANNOUNCEMENT].includes(place.channel.type)) throw refuse('wrongChannelType')
  return place
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

const timing = (wish: { auto_archive_duration?: number | undefined; rate_limit_per_user?: number | undefined }) => ({
  autoArchive: wish.auto_archive_duration ?? DAY_MINUTES,
  slowmode: wish.rate_limit_per_user ?? 0,
})

/** Latest archived first. */
function archived(
  { store, ...rest }: Discord,
  { channel, bot }: InChannel,
  isPrivate: boolean,
  { before, limit = 50 }: z.infer<typeof archive>,
) {
  const until = before === undefined ? Number.POSITIVE_INFINITY : Date.parse(before)
  const found = store
    .channelsOf(channel.guildId ?? '', true)
    .filter(({ parentId, type, thread }) => parentId === channel.id && (type === PRIVATE) === isPrivate && thread?.archived)
    .filter((one) => (one.thread?.archiveAt ?? 0) < until && has(store.permissions(one, bot.id), 'VIEW_CHANNEL'))
    .sort((one, other) => (other.thread?.archiveAt ?? 0) - (one.thread?.archiveAt ?? 0))
  return threadList({ store, ...rest }, found.slice(0, limit), bot.id, found.length > limit)
}
