import type { Discord, Viewer } from '../context'
import { presenceOf, presenceShape } from '../gateway/presence'
import { INTENTS } from '../intents'
import type { ChannelRow, MessageRow } from '../model'
import { has } from '../permissions'
import { channelShape, threadMemberShape } from '../shapes/channels'
import { messageEvent } from '../shapes/messages'
import { memberShape } from '../shapes/users'

/** The channel or guild of an event, and which of the two intents covers it. */
function within({ store }: Discord, channel: ChannelRow, intents: { guild: number; direct: number }) {
  return {
    intent: channel.guildId === null ? intents.direct : intents.guild,
    guildId: channel.guildId,
    reaches: (botId: string): boolean => has(store.permissions(channel, botId), 'VIEW_CHANNEL'),
  }
}

const MESSAGES = { guild: INTENTS.GUILD_MESSAGES, direct: INTENTS.DIRECT_MESSAGES }
const REACTIONS = { guild: INTENTS.GUILD_MESSAGE_REACTIONS, direct: INTENTS.DIRECT_MESSAGE_REACTIONS }
const TYPING = { guild: INTENTS.GUILD_MESSAGE_TYPING, direct: INTENTS.DIRECT_MESSAGE_TYPING }

const inGuild = ({ guildId }: ChannelRow) => (guildId === null ? {} : { guild_id: guildId })

export function tellMessage(
  discord: Discord,
  event: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE',
  channel: ChannelRow,
  message: MessageRow,
): void {
  const data = (viewer: Viewer) => messageEvent(discord, message, viewer)
  discord.hub.tell({ event, ...within(discord, channel, MESSAGES), data })
}

export function tellRemoved(discord: Discord, channel: ChannelRow, ids: readonly string[], bulk: boolean): void {
  const place = { channel_id: channel.id, ...inGuild(channel) }
  const about = within(discord, channel, MESSAGES)
  if (bulk) discord.hub.tell({ event: 'MESSAGE_DELETE_BULK', ...about, data: () => ({ ids, ...place }) })
  else for (const id of ids) discord.hub.tell({ event: 'MESSAGE_DELETE', ...about, data: () => ({ id, ...place }) })
}

export type ReactionEvent =
  | 'MESSAGE_REACTION_ADD'
  | 'MESSAGE_REACTION_REMOVE'
  | 'MESSAGE_REACTION_REMOVE_ALL'
  | 'MESSAGE_REACTION_REMOVE_EMOJI'

export function tellReaction(
  discord: Discord,
  event: ReactionEvent,
  channel: ChannelRow,
  message: MessageRow,
  facts: Record<string, unknown>,
): void {
  const data = () => ({ ...facts, channel_id: channel.id, message_id: message.id, ...inGuild(channel) })
  discord.hub.tell({ event, ...within(discord, channel, REACTIONS), data })
}

export function tellTyping(discord: Discord, channel: ChannelRow, userId: string): void {
  const member = discord.store.guildOf(channel)?.members.get(userId)
  const data = () => ({
    channel_id: channel.id,
    ...inGuild(channel),
    user_id: userId,
    timestamp: Math.floor(discord.store.ids.now() / 1_000),
    ...(member ? { member: memberShape(discord.store, member) } : {}),
  })
  discord.hub.tell({ event: 'TYPING_START', ...within(discord, channel, TYPING), data })
}

export type ChannelEvent = 'CHANNEL_CREATE' | 'CHANNEL_UPDATE' | 'CHANNEL_DELETE' | 'THREAD_CREATE' | 'THREAD_UPDATE'

/** @param only the bots that receive the event; all users who can see the channel unless given */
export function tellChannel(
  discord: Discord,
  event: ChannelEvent,
  channel: ChannelRow,
  facts: Record<string, unknown> = {},
  only?: readonly string[],
): void {
  const about = within(discord, channel, { guild: INTENTS.GUILDS, direct: INTENTS.DIRECT_MESSAGES })
  const data = (viewer: Viewer) => ({ ...channelShape(discord.store, channel, viewer.id), ...facts })
  const reaches = (botId: string): boolean => (only?.includes(botId) ?? true) && about.reaches(botId)
  discord.hub.tell({ event, ...about, reaches, data })
}

export function tellThreadGone(discord: Discord, thread: ChannelRow): void {
  const { id, guildId, parentId, type } = thread
  const about = within(discord, thread, { guild: INTENTS.GUILDS, direct: 0 })
  discord.hub.tell({ event: 'THREAD_DELETE', ...about, data: () => ({ id, guild_id: guildId, parent_id: parentId, type }) })
}

/** Bots receive events of their own joining and leaving; of other users' only with the members intent. */
export function tellThreadMembers(
  discord: Discord,
  thread: ChannelRow,
  added: readonly string[],
  removed: readonly string[],
): void {
  const { id, guildId } = thread
  const about = within(discord, thread, { guild: INTENTS.GUILDS, direct: 0 })
  const mayKnow = (botId: string): boolean =>
    added.includes(botId) || discord.hub.sessionsOf(botId).some(({ intents }) => (intents & INTENTS.GUILD_MEMBERS) !== 0)
  const joined = (userId: string) => joinedThread(discord, thread, userId)
  discord.hub.tell({
    event: 'THREAD_MEMBERS_UPDATE',
    ...about,
    reaches: (botId) => removed.includes(botId) || (about.reaches(botId) && mayKnow(botId)),
    data: () => ({
      id,
      guild_id: guildId,
      member_count: Math.min(50, thread.thread?.members.size ?? 0),
      ...(added.length > 0 ? { added_members: added.map(joined) } : {}),
      ...(removed.length > 0 ? { removed_member_ids: removed } : {}),
    }),
  })
}

/** This event contains guild membership and presence of each new member. */
function joinedThread(discord: Discord, thread: ChannelRow, userId: string) {
  const { store } = discord
  const member = store.guildOf(thread)?.members.get(userId)
  const presence = presenceOf(discord, userId)
  return {
    ...(thread.thread ? threadMemberShape(thread.id, userId, thread.thread) : {}),
    ...(member ? { member: memberShape(store, member) } : {}),
    presence: presence.status === 'offline' ? null : { ...presenceShape(userId, presence), guild_id: thread.guildId },
  }
}

export function tellPins(discord: Discord, channel: ChannelRow, latest: string | null): void {
  const about = within(discord, channel, { guild: INTENTS.GUILDS, direct: INTENTS.DIRECT_MESSAGES })
  const data = () => ({ channel_id: channel.id, ...inGuild(channel), last_pin_timestamp: latest })
  discord.hub.tell({ event: 'CHANNEL_PINS_UPDATE', ...about, data })
}
