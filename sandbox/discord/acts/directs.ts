import type { Discord } from '../context'
import type { ChannelRow } from '../model'
import { byAge } from '../snowflakes'

/** The conversation of two, made when first asked for. */
export function directBetween({ store }: Discord, one: string, other: string): { channel: ChannelRow; made: boolean } {
  const pair = [one, other].sort(byAge)
  const known = store.data.channels.get(store.data.directs.get(pair.join(' ')) ?? '')
  if (known) return { channel: known, made: false }
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
    recipients: pair,
    thread: null,
  }
  store.data.channels.set(channel.id, channel)
  store.data.directs.set(pair.join(' '), channel.id)
  return { channel, made: true }
}
