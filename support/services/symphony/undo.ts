import { message } from '../../chat/undo'
import type { UndoTable } from '../../core/undo'
import type { SymphonyChat } from './adapter'
import { TAG } from './hearing'

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
      const found = await client.streams.searchRooms(name)
      return found.find(({ roomAttributes }) => roomAttributes.name === name)?.roomSystemInfo.id
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
    undo: ({ client }, { id }) => client.feeds.remove(id),
    hasEnded: async ({ client }, { id }) => !(await client.feeds.list(TAG)).includes(id),
    find: async ({ client }) => (await client.feeds.list(TAG))[0],
  },
} satisfies UndoTable<SymphonyChat>
