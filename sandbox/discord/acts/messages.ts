import type { Discord } from '../context'
import type { ChannelRow, MessageRow, ReferenceRow, UserRow } from '../model'
import { stampOrNull } from '../shapes/times'
import { byAge, madeAt } from '../snowflakes'
import { enter, reopen } from './membership'
import { tellMessage, tellPins, tellRemoved } from './tell'

/** What a new message may be given; its other fields follow from channel and time. */
export type Draft = Partial<typeof BLANK> & {
  /** An instant in the past; now unless given. */
  at?: number
}

type Following = 'id' | 'channelId' | 'authorId' | 'at' | 'editedAt' | 'pinnedAt' | 'reactions' | 'position'

/** A reference from a reply or a system message. */
export const referenceTo = ({ id, guildId }: ChannelRow, messageId: string | null): ReferenceRow => ({
  type: 0,
  channelId: id,
  guildId,
  messageId,
})

/** The system message with which a thread on a message begins. */
export const THREAD_STARTER = 21

const BLANK: Omit<MessageRow, Following> = {
  type: 0,
  content: '',
  tts: false,
  mentions: [],
  mentionedRoles: [],
  mentionsEveryone: false,
  attachments: [],
  embeds: [],
  components: [],
  poll: null,
  flags: 0,
  nonce: null,
  reference: null,
  snapshots: [],
}

/** Stores a message and sends its event to all sessions that may see it. Its author and the users it mentions join the thread. */
export function post(discord: Discord, author: UserRow, channel: ChannelRow, { at, ...draft }: Draft): MessageRow {
  const { store } = discord
  const id = store.ids.nextMessage(at)
  const message: MessageRow = {
    ...structuredClone(BLANK),
    ...draft,
    id,
    channelId: channel.id,
    authorId: author.id,
    at: madeAt(id),
    editedAt: null,
    pinnedAt: null,
    reactions: [],
    position: channel.thread ? channel.thread.totalSent : null,
  }
  store.keep(message)
  if (message.type !== THREAD_STARTER) count(discord, channel, message)
  tellMessage(discord, 'MESSAGE_CREATE', channel, message)
  return message
}

/** The system message at a thread's beginning is not counted. */
function count(discord: Discord, channel: ChannelRow, message: MessageRow): void {
  if (channel.lastMessageId === null || byAge(channel.lastMessageId, message.id) < 0) channel.lastMessageId = message.id
  if (!channel.thread) return
  channel.thread.messageCount++
  channel.thread.totalSent++
  reopen(discord, channel)
  const guild = discord.store.guildOf(channel)
  enter(discord, channel, [message.authorId, ...message.mentions.filter((id) => guild?.members.has(id))])
}

export function edit(discord: Discord, channel: ChannelRow, message: MessageRow, changes: Partial<MessageRow>): void {
  Object.assign(message, changes)
  tellMessage(discord, 'MESSAGE_UPDATE', channel, message)
}

/** A thread on a removed message is not removed. */
export function remove(discord: Discord, channel: ChannelRow, messages: readonly MessageRow[], bulk = false): void {
  for (const message of messages) {
    discord.store.drop(message)
    if (channel.thread && message.type !== THREAD_STARTER)
      channel.thread.messageCount = Math.max(0, channel.thread.messageCount - 1)
  }
  tellRemoved(
    discord,
    channel,
    messages.map(({ id }) => id),
    bulk,
  )
}

export function pin(discord: Discord, channel: ChannelRow, message: MessageRow, pinnedAt: number | null): void {
  edit(discord, channel, message, { pinnedAt })
  const latest = Math.max(0, ...discord.store.messagesIn(channel.id).map((one) => one.pinnedAt ?? 0))
  tellPins(discord, channel, stampOrNull(latest || null))
}
