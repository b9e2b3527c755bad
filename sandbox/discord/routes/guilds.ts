import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { demand, guildOf } from '../access'
import { tellChannel } from '../acts/tell'
import type { Discord, RouteOptions } from '../context'
import { refuse } from '../errors'
import { overwrites, overwritesOf } from '../forms/overwrites'
import { matching } from '../gateway/members'
import { isAllowed } from '../intents'
import type { ChannelRow, GuildRow } from '../model'
import { channelShape, threadMemberShape } from '../shapes/channels'
import { guildShape, roleShape } from '../shapes/guilds'
import { memberShape } from '../shapes/users'
import { byAge } from '../snowflakes'
import { checked, choice, flag, int, maybe, name, pathId, snowflake, text } from '../validation'
import { categoryIn, channelName } from './channels'

const newChannel = z.object({
  name: name(1, 100),
  type: maybe(choice(0, 2, 4, 5, 13, 15)),
  topic: maybe(text(1_024)),
  parent_id: maybe(snowflake),
  position: maybe(int(0, 500)),
  nsfw: maybe(flag),
  rate_limit_per_user: maybe(int(0, 21_600)),
  permission_overwrites: maybe(overwrites),
})
const list = z.object({ limit: maybe(int(1, 1_000)), after: maybe(snowflake) })
const search = z.object({ query: name(1, 100), limit: maybe(int(1, 1_000)) })
const counted = z.object({ with_counts: maybe(flag) })

export const guildRoutes: FastifyPluginAsync<RouteOptions> = async (app, { discord }) => {
  const { store } = discord
  app.get('/guilds/:id', async (request) => {
    const { guild } = guildOf(discord, request)
    return guildShape(store, guild, checked(counted, request.query).with_counts)
  })
  app.get('/guilds/:id/roles', async (request) => guildOf(discord, request).guild.roles.map(roleShape))
  app.get('/guilds/:id/channels', async (request) => {
    const { guild, bot } = guildOf(discord, request)
    return store.channelsOf(guild.id).map((channel) => channelShape(store, channel, bot.id))
  })
  app.post('/guilds/:id/channels', async (request, reply) => {
    const { guild, bot, may } = guildOf(discord, request)
    demand(may, 'MANAGE_CHANNELS')
    const channel = addChannel(discord, guild, checked(newChannel, request.body))
    return reply.code(201).send(channelShape(store, channel, bot.id))
  })
  app.get('/guilds/:id/threads/active', async (request) => {
    const { guild, bot } = guildOf(discord, request)
    const threads = store
      .channelsOf(guild.id, true)
      .filter((one) => !one.thread?.archived && store.permissions(one, bot.id) !== 0n)
    return threadList(discord, threads, bot.id)
  })
}

export const memberRoutes: FastifyPluginAsync<RouteOptions> = async (app, { discord }) => {
  const { store } = discord
  app.get('/guilds/:id/members', async (request) => {
    const { guild, bot } = guildOf(discord, request)
    if (!isAllowed('GUILD_MEMBERS', store.data.applications.get(bot.id)?.flags ?? 0)) throw refuse('missingAccess')
    const { limit = 1, after = '0' } = checked(list, request.query)
    const members = [...guild.members.values()].sort((one, other) => byAge(one.userId, other.userId))
    const wanted = members.filter(({ userId }) => byAge(userId, after) > 0).slice(0, limit)
    return wanted.map((member) => memberShape(store, member))
  })
  app.get('/guilds/:id/members/search', async (request) => {
    const { guild } = guildOf(discord, request)
    const { query, limit = 1 } = checked(search, request.query)
    return matching(store, guild, query, limit).map((member) => memberShape(store, member))
  })
  app.get('/guilds/:id/members/:user', async (request) => {
    const { guild } = guildOf(discord, request)
    const member = guild.members.get(pathId(request, 'user', 'user_id'))
    if (!member) throw refuse('unknownMember')
    return memberShape(store, member)
  })
}

/** Threads, with the bot's own memberships in a separate list. */
export function threadList({ store }: Discord, threads: readonly ChannelRow[], botId: string, more = false) {
  const joined = threads.flatMap(({ id, thread }) => (thread?.members.has(botId) ? threadMemberShape(id, botId, thread) : []))
  return { threads: threads.map((one) => channelShape(store, one, botId)), members: joined, has_more: more }
}

function addChannel(discord: Discord, guild: GuildRow, wanted: z.infer<typeof newChannel>): ChannelRow {
  const { store } = discord
  const type = wanted.type ?? 0
  const channel: ChannelRow = {
    id: store.ids.next(),
    type,
    guildId: guild.id,
    parentId: wanted.parent_id === undefined ? null : categoryIn(discord, guild.id, wanted.parent_id),
    name: channelName(type, wanted.name),
    topic: wanted.topic ?? null,
    nsfw: wanted.nsfw ?? false,
    position: wanted.position ?? store.channelsOf(guild.id).length,
    slowmode: wanted.rate_limit_per_user ?? 0,
    overwrites: overwritesOf(wanted.permission_overwrites ?? []),
    lastMessageId: null,
    recipients: [],
    thread: null,
  }
  store.data.channels.set(channel.id, channel)
  tellChannel(discord, 'CHANNEL_CREATE', channel)
  return channel
}
