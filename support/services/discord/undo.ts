import { holds, isDoubt, ofAccount, readOrDoubt, uniqueIdOf } from '../../chat/proof'
import { messageBy, reactionBy } from '../../chat/undo'
import { ApiError } from '../../http/errors'
import type { Recognition, UndoTable } from '../../undo/undo'
import type { DiscordChat } from './adapter'
import type { DiscordChannel } from './contract'
import * as contract from './contract'

const MISSING_PERMISSION = '50013'

const bot = async (chat: DiscordChat): Promise<string> => (await chat.me()).id
const message = messageBy<DiscordChat>(bot)
const reaction = reactionBy<DiscordChat>()

/** How each kind of thing created on Discord is undone. */
export const undo = {
  message: ofAccount(bot, {
    ...message,
    undo: async (chat, entry) => void (await ifExists(() => message.undo(chat, entry))),
  }),
  reaction: ofAccount(bot, {
    ...reaction,
    undo: async (chat, entry) => void (await ifExists(() => reaction.undo(chat, entry))),
  }),
  /** Deleted if the bot may manage threads; the owner of a thread may at least archive it. Its id is that of its message. */
  thread: ofAccount(bot, {
    ends: 'removed',
    proof: 'the same bot owns it, in the channel where it was opened, and its name contains the run id and number it was given',
    recognise: async (chat: DiscordChat, entry): Promise<Recognition> => {
      const found = await readOrDoubt(() => ifExists(() => chat.client.channel(entry.id)))
      if (!found) return 'gone'
      if (isDoubt(found)) return found
      const { success, data: thread } = contract.thread.safeParse(found)
      if (!success) return { doubt: 'it is not a thread' }
      const { id: me } = await chat.me()
      if (thread.owner_id !== me) return { doubt: `its owner is ${thread.owner_id}, not ${me}` }
      if (thread.parent_id !== entry.data.place) return { doubt: `it belongs to the channel ${thread.parent_id}` }
      const id = uniqueIdOf(entry)
      const isNamed = id !== undefined && holds({ text: thread.name, markup: thread.name }, id)
      return isNamed ? 'ours' : { doubt: `its name does not contain ${id ?? 'a run id'}` }
    },
    undo: async ({ client }, { id }) => {
      try {
        await ifExists(() => client.deleteChannel(id))
      } catch (error) {
        if (!isForbidden(error)) throw error
        if (!isArchived(await client.channel(id))) await client.archive(id)
      }
    },
    hasEnded: async ({ client }, { id }) => {
      const thread = await ifExists(() => client.channel(id))
      return thread === undefined || isArchived(thread)
    },
    find: async ({ client }, { data }) => (await ifExists(() => client.channel(data.message ?? '')))?.id,
  }),
  /** Closing changes only the bot's own view, and reading does not show it: the response to the call is the only confirmation. */
  direct: ofAccount(bot, {
    ends: 'hidden',
    proof: 'it is a direct channel of the same bot with exactly the person in the journal; closing hides it only from the bot',
    recognise: async ({ client }: DiscordChat, { id, data }): Promise<Recognition> => {
      const found = await readOrDoubt(() => ifExists(() => client.channel(id)))
      if (!found) return 'gone'
      if (isDoubt(found)) return found
      const { success, data: direct } = contract.direct.safeParse(found)
      if (!success) return { doubt: 'it is not a direct channel' }
      const people = direct.recipients.map((person) => person.id).join(',')
      return people === data.people ? 'ours' : { doubt: `it is a direct channel with ${people}` }
    },
    undo: async ({ client }, { id }) => void (await ifExists(() => client.deleteChannel(id))),
    find: async ({ client }, { data }) => (await client.direct(data.people ?? '')).id,
  }),
  /** A presence ends with its session; live the session is used by the next scenario. */
  presence: ofAccount(bot, {
    ends: 'restored',
    proof: 'it is the same bot, and the session of this process has the presence the run set; a presence ends with its session',
    recognise: async ({ sessions }: DiscordChat, { data }): Promise<Recognition> => {
      const { presence, status } = sessions.shown
      if (!presence || (presence === 'available' && !status)) return 'gone'
      return presence === data.set ? 'ours' : { doubt: `it is now ${presence}, which the run did not set` }
    },
    undo: (chat) => chat.setPresence('available', ''),
    hasEnded: async ({ sessions: { shown } }) => shown.presence === 'available' && !shown.status,
    find: async (_chat, { data }) => data.account,
  }),
  /** The permissions that a scenario denied on a sandbox. */
  permission: ofAccount(bot, {
    ends: 'restored',
    proof: 'the channel of the sandbox denies the same bot exactly what the scenario forbade',
    recognise: async (chat: DiscordChat, { id, data }): Promise<Recognition> => {
      if (id !== (await chat.me()).id) return { doubt: `it is what ${id} may do` }
      const denied = await deniedTo(chat, id, data.channel ?? '')
      if (denied === '0') return 'gone'
      return denied === data.deny ? 'ours' : { doubt: 'the channel denies the bot something else' }
    },
    undo: async ({ access }, { id, data }) =>
      void (await access.control?.post('/permissions', { user: id, channel: data.channel })),
    hasEnded: async (chat, { id, data }) => (await deniedTo(chat, id, data.channel ?? '')) === '0',
    find: async (_chat, { data }) => data.account,
  }),
} satisfies UndoTable<DiscordChat>

const isForbidden = (error: unknown): boolean => error instanceof ApiError && error.code === MISSING_PERMISSION

/** Undefined if the response is that it does not exist. */
async function ifExists<T>(call: () => Promise<T>): Promise<T | undefined> {
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

/** From the list of channels, which also contains channels that the bot may not view. @returns a decimal number of bits */
async function deniedTo({ access, client }: DiscordChat, user: string, channelId: string): Promise<string> {
  const { guild = '' } = await access.people.person('Ada')
  const channel = (await client.guildChannels(guild)).find(({ id }) => id === channelId)
  return channel?.permission_overwrites?.find(({ id }) => id === user)?.deny ?? '0'
}
