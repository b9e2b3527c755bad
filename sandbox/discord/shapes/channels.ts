import type { ChannelRow, ThreadRow } from '../model'
import type { DiscordStore } from '../store'
import { stamp } from './times'
import { userShape } from './users'

const MOST_MEMBERS_TOLD = 50

/** A guild channel, a thread (with the viewer's own membership) or a direct conversation (with the other party only). */
export function channelShape(store: DiscordStore, channel: ChannelRow, viewerId: string): Record<string, unknown> {
  if (channel.thread) return threadShape(channel, channel.thread, viewerId)
  return channel.guildId === null ? directShape(store, channel, viewerId) : guildChannelShape(channel)
}

const VOICE = 2
const CATEGORY = 4

/** Nothing is written in a category, and a voice channel has no topic. */
const guildChannelShape = (channel: ChannelRow) => ({
  id: channel.id,
  type: channel.type,
  guild_id: channel.guildId,
  name: channel.name,
  position: channel.position,
  flags: 0,
  parent_id: channel.parentId,
  nsfw: channel.nsfw,
  ...(channel.type === CATEGORY ? {} : { last_message_id: channel.lastMessageId, rate_limit_per_user: channel.slowmode }),
  ...(channel.type === CATEGORY || channel.type === VOICE ? {} : { topic: channel.topic }),
  permission_overwrites: channel.overwrites.map(({ id, type, allow, deny }) => ({
    id,
    type,
    allow: String(allow),
    deny: String(deny),
  })),
  ...(channel.type === VOICE ? { bitrate: 64_000, user_limit: 0, rtc_region: null } : {}),
})

function threadShape(channel: ChannelRow, thread: ThreadRow, viewerId: string) {
  return {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guildId,
    parent_id: channel.parentId,
    owner_id: thread.ownerId,
    name: channel.name,
    flags: 0,
    message_count: thread.messageCount,
    member_count: Math.min(thread.members.size, MOST_MEMBERS_TOLD),
    total_message_sent: thread.totalSent,
    rate_limit_per_user: channel.slowmode,
    last_message_id: channel.lastMessageId,
    thread_metadata: {
      archived: thread.archived,
      archive_timestamp: stamp(thread.archiveAt),
      auto_archive_duration: thread.autoArchive,
      locked: thread.locked,
      create_timestamp: stamp(thread.createdAt),
      ...(channel.type === 12 ? { invitable: thread.invitable } : {}),
    },
    ...(thread.members.has(viewerId) ? { member: threadMemberShape(channel.id, viewerId, thread) } : {}),
  }
}

export const threadMemberShape = (threadId: string, userId: string, thread: ThreadRow) => ({
  id: threadId,
  user_id: userId,
  join_timestamp: stamp(thread.members.get(userId) ?? thread.createdAt),
  flags: 1,
})

const directShape = (store: DiscordStore, channel: ChannelRow, viewerId: string) => ({
  id: channel.id,
  type: 1,
  flags: 0,
  last_message_id: channel.lastMessageId,
  recipients: channel.recipients.filter((id) => id !== viewerId).map((id) => userShape(store.user(id))),
})
