import { z } from 'zod'
import { demand, demandMembersIntent, guildOf } from '../access'
import { tellChannel } from '../acts/tell'
import type { Discord, DiscordRoutes } from '../context'
import { refuse } from '../errors'
import { matching } from '../gateway/members'
import type { ChannelRow, GuildRow } from '../model'
import { channelShape, threadMemberShape } from '../shapes/channels'
import { guildShape, roleShape } from '../shapes/guilds'
import { memberShape } from '../shapes/users'
import { byAge } from '../snowflakes'
import { checked, choice, flag, int, maybe, name, pathId, snowflake, text } from '../validation'
import { categoryIn, channelName, overwrites, overwritesOf } from './channels'

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

export const guildRoutes: DiscordRoutes = {
  'GET /guilds/:id': (discord, request) => {
    const { guild } = guildOf(discord, request)
    return guildShape(discord.store, guild, checked(counted, request.query).with_counts)
  },
  'GET /guilds/:id/roles': (discord, request) => guildOf(discord, request).guild.roles.map(roleShape),
  'GET /guilds/:id/channels': (discord, request) => {
    const { guild, bot } = guildOf(discord, request)
    return discord.store.channelsOf(guild.id).map((channel) => channelShape(discord.store, channel, bot.id))
  },
  'POST /guilds/:id/channels': (discord, request, reply) => {
    const { guild, bot, may } = guildOf(discord, request)
    demand(may, 'MANAGE_CHANNELS')
    const channel = addChannel(discord, guild, checked(newChannel, request.body))
    reply.code(201)
    return channelShape(discord.store, channel, bot.id)
  },
  'GET /guilds/:id/threads/active': (discord, request) => {
    const { guild, bot } = guildOf(discord, request)
    return threadList(discord, discord.store.activeThreads(guild.id, bot.id), bot.id)
  },
  'GET /guilds/:id/members': (discord, request) => {
    const { guild, bot } = guildOf(discord, request)
    demandMembersIntent(discord, bot)
    const { limit = 1, after = '0' } = checked(list, request.query)
    const members = [...guild.members.values()].sort((one, other) => byAge(one.userId, other.userId))
    const wanted = members.filter(({ userId }) => byAge(userId, after) > 0).slice(0, limit)
    return wanted.map((member) => memberShape(discord.store, member))
  },
  'GET /guilds/:id/members/search': (discord, request) => {
    const { guild } = guildOf(discord, request)
    const { query, limit = 1 } = checked(search, request.query)
    return matching(discord.store, guild, query, limit).map((member) => memberShape(discord.store, member))
  },
  'GET /guilds/:id/members/:user': (discord, request) => {
    const { guild } = guildOf(discord, request)
    const member = guild.members.get(pathId(request, 'user', 'user_id'))
    if (!member) throw refuse('unknownMember')
    return memberShape(discord.store, member)
  },
}

/** Threads, with the bot's own memberships in a separate list. */
export function threadList({ store }: Discord, threads: readonly ChannelRow[], botId: string, more = false) {
  const joined = threads.flatMap(({ id, thread }) => (thread?.members.has(botId) ? threadMemberShape(id, botId, thread) : []))
  return { threads: threads.map((one) => channelShape(store, one, botId)), members: joined, has_more: more }
}

function addChannel(discord: Discord, guild: GuildRow, wanted: z.infer<typeof newChannel>): ChannelRow {
  const { store } = discord
  const type = wanted.type ?? 0
  const channel = store.addChannel(guild.id, {
    type,
    parentId: wanted.parent_id === undefined ? null : categoryIn(discord, guild.id, wanted.parent_id),
    name: channelName(type, wanted.name),
    topic: wanted.topic ?? null,
    nsfw: wanted.nsfw ?? false,
    position: wanted.position ?? store.channelsOf(guild.id).length,
    slowmode: wanted.rate_limit_per_user ?? 0,
    overwrites: overwritesOf(wanted.permission_overwrites ?? []),
  })
  tellChannel(discord, 'CHANNEL_CREATE', channel)
  return channel
}
