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
  const channel = store.addChannel(null, { type: 1, recipients: [one, other] })
  store.data.directs.set(pairOf(one, other), channel.id)
  return channel
}

const pairOf = (one: string, other: string): string => [one, other].sort(byAge).join(' ')
