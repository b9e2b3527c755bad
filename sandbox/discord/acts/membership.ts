import type { Discord } from '../context'
import type { ChannelRow } from '../model'
import { tellChannel, tellThreadMembers } from './tell'

const PRIVATE = 12

/** A user who joins a private thread receives the event of a new thread, because they could not see it before. */
export function enter(discord: Discord, channel: ChannelRow, userIds: readonly string[]): void {
  const { thread } = channel
  const added = [...new Set(userIds)].filter((id) => thread && !thread.members.has(id))
  if (!thread || added.length === 0) return
  for (const id of added) thread.members.set(id, discord.store.ids.now())
  if (channel.type === PRIVATE) tellChannel(discord, 'THREAD_CREATE', channel, {}, added)
  tellThreadMembers(discord, channel, { added })
}

export function leave(discord: Discord, channel: ChannelRow, userId: string): void {
  if (channel.thread?.members.delete(userId)) tellThreadMembers(discord, channel, { removed: [userId] })
}

/** Activity in an archived thread unarchives it. */
export function reopen(discord: Discord, channel: ChannelRow): void {
  if (!channel.thread?.archived) return
  Object.assign(channel.thread, { archived: false, archiveAt: discord.store.ids.now() })
  tellChannel(discord, 'THREAD_UPDATE', channel)
}
