import type { FastifyRequest } from 'fastify'
import { caller, type Discord } from './context'
import { refuse } from './errors'
import { isAllowed } from './intents'
import type { ChannelRow, GuildRow, MessageRow, UserRow } from './model'
import { guildPermissions, has, type Permission } from './permissions'
import { pathId } from './validation'

export interface InChannel {
  bot: UserRow
  channel: ChannelRow
  /** The bot's effective permissions in the channel. */
  may: bigint
}

export interface OnMessage extends InChannel {
  message: MessageRow
}

/** Channel types that contain messages: text, direct, voice, announcement, the three threads, stage. */
const TEXT_TYPES = [0, 1, 2, 5, 10, 11, 12, 13]

/** The channel of a path, as seen by the calling bot. @throws 401; 400; 404/10003; 403/50001 without permission to view it */
export function channelOf(discord: Discord, request: FastifyRequest): InChannel {
  const bot = caller(discord, request)
  const channel = discord.store.data.channels.get(pathId(request, 'id', 'channel_id'))
  if (!channel) throw refuse('unknownChannel')
  const may = discord.store.permissions(channel, bot.id)
  if (!has(may, 'VIEW_CHANNEL')) throw refuse(channel.guildId === null ? 'unknownChannel' : 'missingAccess')
  return { bot, channel, may }
}

/** The same for a channel that contains messages. @throws 400/50008 too */
export function textChannelOf(discord: Discord, request: FastifyRequest): InChannel {
  const place = channelOf(discord, request)
  if (!TEXT_TYPES.includes(place.channel.type)) throw refuse('notText')
  return place
}

/** @throws 403/50013 */
export function demand(may: bigint, ...names: readonly Permission[]): void {
  if (!names.every((name) => has(may, name))) throw refuse('missingPermissions')
}

/** The message of a path. @throws 400; 404/10008 */
export function messageIn({ store }: Discord, request: FastifyRequest, channel: ChannelRow): MessageRow {
  const message = store.data.messages.get(pathId(request, 'message', 'message_id'))
  if (message?.channelId !== channel.id) throw refuse('unknownMessage')
  return message
}

/** The message of a path, in its channel. */
export function onMessage(discord: Discord, request: FastifyRequest): OnMessage {
  const place = textChannelOf(discord, request)
  return { ...place, message: messageIn(discord, request, place.channel) }
}

/** The guild of a path. @throws 401; 400; 404/10004 also where the bot is not a member */
export function guildOf(discord: Discord, request: FastifyRequest): { bot: UserRow; guild: GuildRow; may: bigint } {
  const bot = caller(discord, request)
  const guild = discord.store.data.guilds.get(pathId(request, 'id', 'guild_id'))
  if (!guild?.members.has(bot.id)) throw refuse('unknownGuild')
  return { bot, guild, may: guildPermissions(guild, bot.id) }
}

/** Lists of members need the privileged intent, over REST as well. @throws 403/50001 */
export function demandMembersIntent({ store }: Discord, bot: UserRow): void {
  if (!isAllowed('GUILD_MEMBERS', store.flagsOf(bot.id))) throw refuse('missingAccess')
}

/** @throws 403 without permission to send, or for a direct message to a user who accepts none or shares no guild with the author */
export function demandWriting({ store }: Discord, { bot: author, channel, may }: InChannel): void {
  const other = channel.recipients.find((id) => id !== author.id)
  if (channel.guildId === null && other !== undefined) {
    const { bot, dmsClosed, blocked } = store.user(other)
    if (dmsClosed || blocked.includes(author.id) || (bot && author.bot)) throw refuse('closedToYou')
    if (!store.shareGuild(author.id, other)) throw refuse('noMutualGuilds')
  }
  demand(may, channel.thread ? 'SEND_MESSAGES_IN_THREADS' : 'SEND_MESSAGES')
}
