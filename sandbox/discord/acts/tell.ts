import type { OnMessage } from '../access'
import type { Discord, Viewer } from '../context'
import { presenceOf, presenceShape } from '../gateway/presence'
import { INTENTS } from '../intents'
import type { ChannelRow, MessageRow } from '../model'
import { has } from '../permissions'
import { channelShape, threadMemberShape } from '../shapes/channels'
import { messageEvent } from '../shapes/messages'
import { memberField } from '../shapes/users'

/** The two intents of a subject: in guilds, and in direct conversations. */
const SUBJECTS = {
  messages: [INTENTS.GUILD_MESSAGES, INTENTS.DIRECT_MESSAGES],
  reactions: [INTENTS.GUILD_MESSAGE_REACTIONS, INTENTS.DIRECT_MESSAGE_REACTIONS],
  typing: [INTENTS.GUILD_MESSAGE_TYPING, INTENTS.DIRECT_MESSAGE_TYPING],
  channels: [INTENTS.GUILDS, INTENTS.DIRECT_MESSAGES],
} as const

interface About {
  subject: keyof typeof SUBJECTS
  event: string
  data: (viewer: Viewer) => unknown
  /** The bots that receive the event; those that can see the channel unless given. */
  reaches?: (botId: string) => boolean
}

function tellIn(discord: Discord, channel: ChannelRow, { subject, event, data, reaches }: About): void {
  const [guild, direct] = SUBJECTS[subject]
  const { guildId } = channel
  const sees = (botId: string): boolean => canSee(discord, channel, botId)
  discord.hub.tell({ event, intent: guildId === null ? direct : guild, guildId, reaches: reaches ?? sees, data })
}

const canSee = ({ store }: Discord, channel: ChannelRow, botId: string): boolean =>
  has(store.permissions(channel, botId), 'VIEW_CHANNEL')

const inGuild = ({ guildId }: ChannelRow) => (guildId === null ? {} : { guild_id: guildId })

type MessageEvent = 'MESSAGE_CREATE' | 'MESSAGE_UPDATE'

export function tellMessage(discord: Discord, event: MessageEvent, channel: ChannelRow, message: MessageRow): void {
  tellIn(discord, channel, { subject: 'messages', event, data: (viewer) => messageEvent(discord, message, viewer) })
}

export function tellRemoved(discord: Discord, channel: ChannelRow, ids: readonly string[], bulk: boolean): void {
  const place = { channel_id: channel.id, ...inGuild(channel) }
  const tell = (event: string, what: object) =>
    tellIn(discord, channel, { subject: 'messages', event, data: () => ({ ...what, ...place }) })
  if (bulk) tell('MESSAGE_DELETE_BULK', { ids })
  else for (const id of ids) tell('MESSAGE_DELETE', { id })
}

type ReactionEvent = 'ADD' | 'REMOVE' | 'REMOVE_ALL' | 'REMOVE_EMOJI'
export type Target = Pick<OnMessage, 'channel' | 'message'>

/** @param kind the end of the event's name */
export function tellReaction(discord: Discord, kind: ReactionEvent, { channel, message }: Target, facts: object): void {
  const data = () => ({ ...facts, channel_id: channel.id, message_id: message.id, ...inGuild(channel) })
  tellIn(discord, channel, { subject: 'reactions', event: `MESSAGE_REACTION_${kind}`, data })
}

export function tellTyping(discord: Discord, channel: ChannelRow, userId: string): void {
  const { store } = discord
  const data = () => ({
    channel_id: channel.id,
    ...inGuild(channel),
    user_id: userId,
    timestamp: Math.floor(store.ids.now() / 1_000),
    ...memberField(store, store.guildOf(channel), userId),
  })
  tellIn(discord, channel, { subject: 'typing', event: 'TYPING_START', data })
}

type ChannelEvent = 'CHANNEL_CREATE' | 'CHANNEL_UPDATE' | 'CHANNEL_DELETE' | 'THREAD_CREATE' | 'THREAD_UPDATE'

/** @param only the bots that receive the event, where they can see the channel; all bots unless given */
export function tellChannel(
  discord: Discord,
  event: ChannelEvent,
  channel: ChannelRow,
  facts = {},
  only?: readonly string[],
): void {
  const data = (viewer: Viewer) => ({ ...channelShape(discord.store, channel, viewer.id), ...facts })
  const reaches = (botId: string): boolean => (only?.includes(botId) ?? true) && canSee(discord, channel, botId)
  tellIn(discord, channel, { subject: 'channels', event, data, reaches })
}

export function tellThreadGone(discord: Discord, thread: ChannelRow): void {
  const { id, guildId, parentId, type } = thread
  const data = () => ({ id, guild_id: guildId, parent_id: parentId, type })
  tellIn(discord, thread, { subject: 'channels', event: 'THREAD_DELETE', data })
}

type Members = { added?: readonly string[]; removed?: readonly string[] }

/** Bots receive events of their own joining and leaving; of other users' only with the members intent. */
export function tellThreadMembers(discord: Discord, thread: ChannelRow, { added = [], removed = [] }: Members): void {
  const mayKnow = (botId: string): boolean =>
    added.includes(botId) || discord.hub.sessionsOf(botId).some(({ intents }) => (intents & INTENTS.GUILD_MEMBERS) !== 0)
  tellIn(discord, thread, {
    subject: 'channels',
    event: 'THREAD_MEMBERS_UPDATE',
    reaches: (botId) => removed.includes(botId) || (canSee(discord, thread, botId) && mayKnow(botId)),
    data: () => ({
      id: thread.id,
      guild_id: thread.guildId,
      member_count: Math.min(50, thread.thread?.members.size ?? 0),
      ...(added.length > 0 ? { added_members: added.map((userId) => joinedThread(discord, thread, userId)) } : {}),
      ...(removed.length > 0 ? { removed_member_ids: removed } : {}),
    }),
  })
}

/** This event contains guild membership and presence of each new member. */
function joinedThread(discord: Discord, thread: ChannelRow, userId: string) {
  const { store } = discord
  const presence = presenceOf(discord, userId)
  return {
    ...(thread.thread ? threadMemberShape(thread.id, userId, thread.thread) : {}),
    ...memberField(store, store.guildOf(thread), userId),
    presence: presence.status === 'offline' ? null : { ...presenceShape(userId, presence), guild_id: thread.guildId },
  }
}

export function tellPins(discord: Discord, channel: ChannelRow, latest: string | null): void {
  const data = () => ({ channel_id: channel.id, ...inGuild(channel), last_pin_timestamp: latest })
  tellIn(discord, channel, { subject: 'channels', event: 'CHANNEL_PINS_UPDATE', data })
}
