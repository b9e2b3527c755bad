import { message } from '../../chat/undo'
import type { UndoTable } from '../../undo/undo'
import type { SymphonyChat } from './adapter'

/** How each kind of thing made on Symphony comes to its end. */
export const undo = {
  /** Suppressed: nobody sees it any more, though an audit record stays. */
  message: { ...message, ends: 'hidden' },
  /** A conversation cannot be closed by a bot; its messages are suppressed each for itself. */
  direct: { ends: 'kept' },
  room: {
    ends: 'hidden',
    undo: async ({ client }, { id }) => {
      if ((await client.streams.room(id)).roomSystemInfo.active) await client.streams.setActive(id, false)
    },
    hasEnded: async ({ client }, { id }) => !(await client.streams.room(id)).roomSystemInfo.active,
    find: async ({ client }, { name }) => {
      const { rooms } = await client.streams.searchRooms(name)
      return rooms.find(({ roomAttributes }) => roomAttributes.name === name)?.roomSystemInfo.id
    },
  },
  presence: {
    ends: 'restored',
    undo: (chat) => chat.setPresence('available'),
    hasEnded: async (chat) => (await chat.presenceOf(await chat.me())) === 'available',
    find: async (chat) => (await chat.me()).id,
  },
  datafeed: {
    ends: 'removed',
    undo: async (chat, { id, data }) => {
      if ((await feedsOf(chat, data)).includes(id)) await chat.client.feeds.remove(id)
    },
    hasEnded: async (chat, { id, data }) => !(await feedsOf(chat, data)).includes(id),
    find: async (chat, { data }) => (await feedsOf(chat, data))[0],
  },
} satisfies UndoTable<SymphonyChat>

/** The feeds of the run that made the entry, and nobody else's. */
async function feedsOf({ client }: SymphonyChat, { tag }: Readonly<Record<string, string>>): Promise<string[]> {
  return tag ? client.feeds.list(tag) : []
}
