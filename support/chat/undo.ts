import type { Entry } from '../undo/journal'
import type { Recognition, UndoableKind } from '../undo/undo'
import type { ChatAdapter, ChatMessage, Reaction } from './adapter'
import { placeOf } from './places'
import { holds, isDoubt, readOrDoubt, recogniseMessage, uniqueIdOf } from './proof'

const FAR_BACK = 100

const MESSAGE_PROOF =
  'its author is the account that sent it, and its text contains the run id and number it was sent with; an edit keeps them'
const REACTION_PROOF =
  'it is a reaction of the same account, on the message the run reacted to, whose text contains that of the journal'

/** The message that `recognise` has read, so that its undo does not read it again. */
const recognised = new WeakMap<Entry, ChatMessage>()

/** The expected author of an entry's message: by default the bot. */
export type AuthorOf<Chat> = (chat: Chat) => Promise<string>
/** Reads an entry's message; undefined where it does not exist. */
export type Reader<Chat> = (chat: Chat, entry: Required<Entry>) => Promise<ChatMessage | undefined>

const myself = async (chat: ChatAdapter): Promise<string> => (await chat.me()).id
const readThere = (chat: ChatAdapter, { id, data }: Required<Entry>): Promise<ChatMessage | undefined> =>
  chat.read(placeOf(data), id)

/**
 * A message is gone if a further read does not find it. It is found by the unique id in its text, among the latest of its place.
 */
export function messageBy<Chat extends ChatAdapter>(authorOf: AuthorOf<Chat> = myself, read: Reader<Chat> = readThere) {
  return {
    ends: 'removed',
    proof: MESSAGE_PROOF,
    recognise: async (chat, entry) => {
      const shown = await readOrDoubt(() => read(chat, entry))
      if (!shown) return 'gone'
      if (isDoubt(shown)) return shown
      const recognition = recogniseMessage(shown, entry, await authorOf(chat))
      if (recognition === 'ours') recognised.set(entry, shown)
      return recognition
    },
    undo: async (chat, entry) => {
      const shown = recognised.get(entry) ?? (await read(chat, entry))
      if (shown) await chat.delete(shown)
    },
    hasEnded: async (chat, entry) => (await readThere(chat, entry)) === undefined,
    // The oldest one, because a later quote of the message also contains its id.
    find: async (chat, entry) => {
      if (uniqueIdOf(entry) === undefined) return undefined
      const [author, latest] = await Promise.all([authorOf(chat), chat.history(placeOf(entry.data), { limit: FAR_BACK })])
      return latest.findLast((message) => recogniseMessage(message, entry, author) === 'ours')?.id
    },
    adopt: async (chat, entry): Promise<ChatMessage> => {
      const shown = recognised.get(entry) ?? (await read(chat, entry))
      if (!shown) throw new Error(`the message ${entry.id} was found, and no longer exists`)
      return shown
    },
  } satisfies UndoableKind<Chat>
}

const readReactedTo = (chat: ChatAdapter, { data }: Required<Entry>): Promise<ChatMessage | undefined> =>
  chat.read(placeOf(data), data.message ?? '')

/** A reaction is gone if its message no longer shows it as the bot's, or no longer exists. */
export function reactionBy<Chat extends ChatAdapter>(read: Reader<Chat> = readReactedTo) {
  const withReaction: Reader<Chat> = async (chat, entry) => {
    const shown = await read(chat, entry)
    return shown?.reactions.some(({ reaction, mine }) => mine && reaction === entry.data.reaction) ? shown : undefined
  }
  return {
    ends: 'restored',
    proof: REACTION_PROOF,
    recognise: async (chat, entry): Promise<Recognition> => {
      const shown = await readOrDoubt(() => withReaction(chat, entry))
      if (!shown) return 'gone'
      if (isDoubt(shown)) return shown
      const { on } = entry.data
      const isSame = Boolean(on) && (holds(shown, on ?? '') || shown.text.includes(on ?? ''))
      if (!isSame) return { doubt: 'its message is not the one the run reacted to' }
      recognised.set(entry, shown)
      return 'ours'
    },
    undo: async (chat, entry) => {
      const shown = recognised.get(entry) ?? (await withReaction(chat, entry))
      if (shown) await chat.unreact(shown, entry.data.reaction as Reaction)
    },
    hasEnded: async (chat, entry) => (await withReaction(chat, entry)) === undefined,
    find: async (_chat, { data }) => data.message,
  } satisfies UndoableKind<Chat>
}
