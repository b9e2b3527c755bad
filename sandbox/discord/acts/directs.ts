import type { Discord } from '../context'
import type { ChannelRow } from '../model'
import { byAge } from '../snowflakes'

/** The direct conversation of two users, if there is one. */
export function knownDirect({ store }: Discord, one: string, other: string): ChannelRow | undefined {
  return store.data.channels.get(store.data.directs.get(pairOf(one, other)) ?? '')
}

/** The direct conversation of two users, created on first use. */
export function directBetween(discord: Discord, one: string, other: string): ChannelRow {
  const known = knownDirect(discord, one, other)
  if (known) return known
  const { store } = discord
  const channel: ChannelRow = {
    id: store.ids.next(),
    type: 1,
    guildId: null,
    parentId: null,
    name: '',
    topic: null,
    nsfw: false,
    position: 0,
    slowmode: 0,
    overwrites: [],
    lastMessageId: null,
    recipients: [one, other],
    thread: null,
  }
  store.data.channels.set(channel.id, channel)
  store.data.directs.set(pairOf(one, other), channel.id)
  return channel
}

const pairOf = (one: string, other: string): string => [one, other].sort(byAge).join(' ')
