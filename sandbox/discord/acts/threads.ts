import type { Discord } from '../context'
import type { ChannelRow, MessageRow, UserRow } from '../model'
import { post, referenceTo, THREAD_STARTER } from './messages'
import { tellChannel, tellMessage, tellThreadGone, tellThreadMembers } from './tell'

const THREAD_CREATED = 18

export interface ThreadOptions {
  name: string
  type: number
  autoArchive: number
  slowmode: number
  invitable: boolean
  /** Absent for a thread without a starter message. */
  message?: MessageRow
}

/**
 * Starts a thread. On a message it gets that message's id, and its own history begins with a system message that refers to it; without one
 * the parent channel gets a system message.
 */
export function startThread(discord: Discord, owner: UserRow, parent: ChannelRow, options: ThreadOptions): ChannelRow {
  const { store } = discord
  const { message } = options
  const id = message?.id ?? store.ids.next()
  const now = store.ids.now()
  const thread = store.addChannel(parent.guildId, {
    id,
    type: options.type,
    parentId: parent.id,
    name: options.name,
    nsfw: parent.nsfw,
    slowmode: options.slowmode,
    thread: {
      ownerId: owner.id,
      archived: false,
      locked: false,
      invitable: options.invitable,
      autoArchive: options.autoArchive,
      archiveAt: now,
      createdAt: now,
      messageCount: 0,
      totalSent: 0,
      members: new Map([[owner.id, now]]),
    },
  })
  tellChannel(discord, 'THREAD_CREATE', thread, { newly_created: true })
  tellThreadMembers(discord, thread, { added: [owner.id] })
  if (message) {
    tellMessage(discord, 'MESSAGE_UPDATE', parent, message)
    // The system message at a thread's beginning only refers to the message on which the thread was started.
    const reference = referenceTo(parent, message.id)
    post(discord, store.user(message.authorId), thread, { type: THREAD_STARTER, reference })
  } else if (thread.type !== 12) {
    const reference = referenceTo(thread, null)
    post(discord, owner, parent, { type: THREAD_CREATED, content: thread.name, reference })
  }
  return thread
}

/** Deletes a channel with its messages and threads. */
export function removeChannel(discord: Discord, channel: ChannelRow): void {
  const { store } = discord
  if (channel.thread) tellThreadGone(discord, channel)
  else tellChannel(discord, 'CHANNEL_DELETE', channel)
  const threads = [...store.data.channels.values()].filter(({ thread, parentId }) => thread && parentId === channel.id)
  for (const one of [channel, ...threads]) {
    for (const message of store.messagesIn(one.id)) store.drop(message)
    store.data.timelines.delete(one.id)
    store.data.channels.delete(one.id)
  }
}
