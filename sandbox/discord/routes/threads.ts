import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { channelOf, demand, type InChannel, messageOf, textChannelOf } from '../access'
import { startThread } from '../acts/threads'
import type { Discord, RouteOptions } from '../context'
import { refuse } from '../errors'
import type { ChannelRow } from '../model'
import { has } from '../permissions'
import { channelShape } from '../shapes/channels'
import { checked, choice, flag, int, maybe, name } from '../validation'
import { threadList } from './guilds'

const onMessage = {
  name: name(1, 100),
  auto_archive_duration: maybe(choice(60, 1_440, 4_320, 10_080)),
  rate_limit_per_user: maybe(int(0, 21_600)),
}
const fromMessage = z.object(onMessage)
const alone = z.object({ ...onMessage, type: maybe(choice(10, 11, 12)), invitable: maybe(flag) })
const archive = z.object({ before: maybe(z.iso.datetime({ offset: true })), limit: maybe(int(2, 100)) })
/** Threads of one guild. */
const MOST_ACTIVE = 1_000
const DAY_MINUTES = 1_440
const [ANNOUNCEMENT, ANNOUNCEMENT_THREAD, PUBLIC, PRIVATE] = [5, 10, 11, 12]

export const threadRoutes: FastifyPluginAsync<RouteOptions> = async (app, { discord }) => {
  const { store } = discord
  app.post('/channels/:id/messages/:message/threads', async (request, reply) => {
    const { bot, channel, may } = parentOf(textChannelOf(discord, request))
    const message = messageOf(discord, request, channel)
    demand(may, 'CREATE_PUBLIC_THREADS')
    const { name: called, ...rest } = checked(fromMessage, request.body)
    if (store.data.channels.has(message.id)) throw refuse('hasThread')
    judgeNumber(discord, channel)
    const type = channel.type === ANNOUNCEMENT ? ANNOUNCEMENT_THREAD : PUBLIC
    const thread = startThread(discord, bot, channel, { name: called, type, ...timing(rest), invitable: true, message })
    return reply.code(201).send(channelShape(store, thread, bot.id))
  })
  app.post('/channels/:id/threads', async (request, reply) => {
    const { bot, channel, may } = parentOf(textChannelOf(discord, request))
    const { name: called, type = PRIVATE, invitable = true, ...rest } = checked(alone, request.body)
    demand(may, type === PRIVATE ? 'CREATE_PRIVATE_THREADS' : 'CREATE_PUBLIC_THREADS')
    if ((channel.type === ANNOUNCEMENT) !== (type === ANNOUNCEMENT_THREAD)) throw refuse('wrongChannelType')
    judgeNumber(discord, channel)
    const thread = startThread(discord, bot, channel, { name: called, type, ...timing(rest), invitable })
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

/** @throws 400/50024 for a channel type without threads; 403/50003 for a direct conversation */
function parentOf(place: InChannel): InChannel {
  if (place.channel.guildId === null) throw refuse('notInDirect')
  if (![0, ANNOUNCEMENT].includes(place.channel.type)) throw refuse('wrongChannelType')
  return place
}

/** @throws 400/160006 */
function judgeNumber({ store }: Discord, { guildId }: ChannelRow): void {
  const active = store.channelsOf(guildId ?? '', true).filter(({ thread }) => !thread?.archived)
  if (active.length >= MOST_ACTIVE) throw refuse('tooManyThreads')
}

const timing = (wanted: { auto_archive_duration?: number | undefined; rate_limit_per_user?: number | undefined }) => ({
  autoArchive: wanted.auto_archive_duration ?? DAY_MINUTES,
  slowmode: wanted.rate_limit_per_user ?? 0,
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
