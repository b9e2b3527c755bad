import { placeOf } from '../../chat/places'
import { message, reaction } from '../../chat/undo'
import { ApiError } from '../../http/errors'
import type { UndoTable } from '../../undo/undo'
import type { DiscordChat } from './adapter'
import type { DiscordChannel } from './contract'

const MISSING_PERMISSION = '50013'

/** How each kind of thing made on Discord comes to its end. */
export const undo = {
  message: {
    ...message,
    undo: async ({ client }, { id, data }) => void (await there(() => client.deleteMessage(placeOf(data).id, id))),
    /** A bot that may not read the history sees the end by there being nothing left to remove. */
    hasEnded: async (chat, made) => {
      try {
        return (await chat.read(placeOf(made.data), made.id)) === undefined
      } catch (error) {
        if (!isForbidden(error)) throw error
        return nothingThere(() => chat.client.deleteMessage(placeOf(made.data).id, made.id))
      }
    },
  },
  reaction,
  /** Removed where the bot may manage threads; the owner of a thread may at least archive it. Its id is that of its message. */
  thread: {
    ends: 'removed',
    undo: async ({ client }, { id }) => {
      try {
        if (await there(() => client.channel(id))) await client.deleteChannel(id)
      } catch (error) {
        if (!isForbidden(error)) throw error
        await client.archive(id)
      }
    },
    hasEnded: async ({ client }, { id }) => {
      const thread = await there(() => client.channel(id))
      return thread === undefined || isArchived(thread)
    },
    find: async ({ client }, { data }) => (await there(() => client.channel(data.message ?? '')))?.id,
  },
  /** Closing is the bot's own view alone; reading says nothing of it, and the answer to the closing is all there is. */
  direct: {
    ends: 'hidden',
    undo: async ({ client }, { id }) => client.deleteChannel(id),
    find: async ({ client }, { data }) => (await client.direct(data.people ?? '')).id,
  },
  /** What a bot shows ends with its session; live the session goes on for the next scenario. */
  presence: {
    ends: 'restored',
    undo: async (chat) => {
      if (chat.access.isLive) await chat.setPresence('available', '')
    },
    find: async (chat) => (await chat.me()).id,
  },
  /** What a sandbox was told to forbid. */
  permission: {
    ends: 'restored',
    undo: async ({ access }, { id, data }) =>
      void (await access.control?.post('/permissions', { user: id, channel: data.channel })),
  },
} satisfies UndoTable<DiscordChat>

const isForbidden = (error: unknown): boolean => error instanceof ApiError && error.code === MISSING_PERMISSION

async function nothingThere(call: () => Promise<void>): Promise<boolean> {
  try {
    await call()
    return false
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return true
    throw error
  }
}

/** Nothing where the answer is that it is not there. */
async function there<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined
    throw error
  }
}

function isArchived({ thread_metadata }: DiscordChannel): boolean {
  return typeof thread_metadata === 'object' && thread_metadata !== null && 'archived' in thread_metadata
    ? thread_metadata.archived === true
    : false
}
