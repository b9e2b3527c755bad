import type { Discord } from '../context'
import type { ChannelRow } from '../model'
import { tellChannel, tellThreadMembers } from './tell'

const PRIVATE = 12

/** Whoever joins a private thread is told of it as if it were new, for to them it is. */
export function enter(discord: Discord, channel: ChannelRow, userIds: readonly string[]): void {
  const { thread } = channel
  const added = [...new Set(userIds)].filter((id) => thread && !thread.members.has(id))
  if (!thread || added.length === 0) return
  for (const id of added) thread.members.set(id, discord.store.ids.now())
  if (channel.type === PRIVATE) tellChannel(discord, 'THREAD_CREATE', channel, {}, added)
  tellThreadMembers(discord, channel, added, [])
}

export function leave(discord: Discord, channel: ChannelRow, userId: string): void {
  if (channel.thread?.members.delete(userId)) tellThreadMembers(discord, channel, [], [userId])
}

/** Something new in an archived thread opens it again. */
export function reopen(discord: Discord, channel: ChannelRow): void {
  if (!channel.thread?.archived) return
  Object.assign(channel.thread, { archived: false, archiveAt: discord.store.ids.now() })
  tellChannel(discord, 'THREAD_UPDATE', channel)
}
