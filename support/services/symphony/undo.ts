import { isDoubt, ofAccount, readOrDoubt } from '../../chat/proof'
import { messageBy } from '../../chat/undo'
import type { Recognition, UndoTable } from '../../undo/undo'
import type { SymphonyChat } from './adapter'
import type { Room } from './contract'
import { isUnknownStream } from './lookup'
import { CATEGORY } from './parse'

/** Categories that a missing session causes, not a choice. */
const NOT_CHOSEN = new Set(['', 'UNDEFINED', 'OFFLINE'])

const bot = async (chat: SymphonyChat): Promise<string> => (await chat.me()).id
const message = messageBy<SymphonyChat>(bot)

/** How each kind of thing created on Symphony is undone. */
export const undo = {
  /** Suppressed: no one can read it any more, though an audit record remains. */
  message: ofAccount(bot, {
    ...message,
    ends: 'hidden' as const,
    find: async (chat, entry) => {
      try {
        return await message.find(chat, entry)
      } catch (error) {
        if (isUnknownStream(error)) return undefined
        throw error
      }
    },
  }),
  /** A bot cannot close a conversation; each of its messages is suppressed. */
  direct: { ends: 'kept' },
  room: ofAccount(bot, {
    ends: 'hidden',
    proof: 'the same bot created it, and its name is the one it was given, with the run id and number',
    recognise: async (chat: SymphonyChat, { id, name }): Promise<Recognition> => {
      const room = await readOrDoubt(() => roomOrNothing(chat, id))
      if (!room) return 'gone'
      if (isDoubt(room)) return room
      const { roomAttributes, roomSystemInfo } = room
      const { id: me } = await chat.me()
      if (String(roomSystemInfo.createdByUserId) !== me)
        return { doubt: `${roomSystemInfo.createdByUserId} created it, not ${me}` }
      if (roomAttributes.name !== name) return { doubt: 'it has another name' }
      return roomSystemInfo.active ? 'ours' : 'gone'
    },
    undo: async ({ client }, { id }) => void (await client.streams.setActive(id, false)),
    hasEnded: async ({ client }, { id }) => !(await client.streams.room(id)).roomSystemInfo.active,
    find: async (chat, { name }) => {
      const [{ id: me }, { rooms }] = await Promise.all([chat.me(), chat.client.streams.searchRooms(name)])
      const isOwn = ({ roomAttributes, roomSystemInfo }: Room): boolean =>
        roomAttributes.name === name && String(roomSystemInfo.createdByUserId) === me
      return rooms.find(isOwn)?.roomSystemInfo.id
    },
    adopt: async ({ client }, { id }) => ({ ...(await client.streams.room(id)), id }),
  }),
  presence: ofAccount(bot, {
    ends: 'restored',
    proof: 'it is the same bot, and its presence is the one the run set',
    recognise: async (chat: SymphonyChat, { data }): Promise<Recognition> => {
      const now = await chat.ownPresence()
      if (now === data.was || now === restored(data)) return 'gone'
      const set = Object.entries(CATEGORY).find(([presence]) => presence === data.set)?.[1]
      return now === set ? 'ours' : { doubt: `it is now ${now}, which the run did not set` }
    },
    undo: async (chat, { data }) => void (await chat.client.people.setPresence(restored(data))),
    hasEnded: async (chat, { data }) => (await chat.ownPresence()) === restored(data),
    find: async (_chat, { data }) => data.account,
  }),
  datafeed: ofAccount(bot, {
    ends: 'removed',
    proof: 'it is among the feeds of the same bot with the tag that contains the run id',
    recognise: async (chat: SymphonyChat, { id, data }): Promise<Recognition> => {
      const feeds = await readOrDoubt(() => feedsOf(chat, data))
      if (isDoubt(feeds)) return feeds
      return feeds.includes(id) ? 'ours' : 'gone'
    },
    undo: ({ client }, { id }) => client.feeds.remove(id),
    hasEnded: async (chat, { id, data }) => !(await feedsOf(chat, data)).includes(id),
    // If feeds are listed for a tag that no feed has, the pod ignores tags: then no feed is proven to be ours.
    find: async (chat, { data }) => {
      const [tagged, anyway] = await Promise.all([feedsOf(chat, data), feedsOf(chat, { tag: `${data.tag}-none` })])
      return tagged.find((id) => !anyway.includes(id))
    },
    adopt: async (_chat, { id }) => ({ id }),
  }),
} satisfies UndoTable<SymphonyChat>

/** Only the feeds of the run that wrote the journal entry. */
async function feedsOf({ client }: SymphonyChat, { tag }: Readonly<Record<string, string>>): Promise<string[]> {
  return tag ? client.feeds.list(tag) : []
}

async function roomOrNothing({ client }: SymphonyChat, id: string): Promise<Room | undefined> {
  try {
    return await client.streams.room(id)
  } catch (error) {
    if (isUnknownStream(error)) return undefined
    throw error
  }
}

/** The category that is restored: no call clears a presence. */
function restored({ was = '' }: Readonly<Record<string, string>>): string {
  return NOT_CHOSEN.has(was) ? 'AVAILABLE' : was
}
