import type { UndoableKind } from '../undo/undo'
import type { ChatAdapter, ChatMessage, Reaction } from './adapter'
import { placeOf } from './places'

const FAR_BACK = 100

/** A message is gone once it is read again and is not there. Found by the run id its text holds, among the latest of its place. */
export const message: UndoableKind<ChatAdapter> = {
  ends: 'removed',
  undo: async (chat, { id, data }) => {
    const there = await chat.read(placeOf(data), id)
    if (there) await chat.remove(there)
  },
  hasEnded: async (chat, { id, data }) => (await chat.read(placeOf(data), id)) === undefined,
  find: async (chat, { name, data }) => {
    const runId = name.split(' ').at(-1) ?? name
    const latest = await chat.history(placeOf(data), { limit: FAR_BACK })
    return latest.find(({ text, markup }) => text.includes(runId) || markup.includes(runId))?.id
  },
}

/** A reaction is off once its message no longer shows it as ours; with its message it is gone, too. */
export const reaction: UndoableKind<ChatAdapter> = {
  ends: 'restored',
  undo: async (chat, { data }) => {
    const there = await reactedTo(chat, data)
    if (there) await chat.unreact(there, data.reaction as Reaction)
  },
  hasEnded: async (chat, { data }) => (await reactedTo(chat, data)) === undefined,
  find: async (_chat, { data }) => data.message,
}

async function reactedTo(chat: ChatAdapter, data: Readonly<Record<string, string>>): Promise<ChatMessage | undefined> {
  const there = await chat.read(placeOf(data), data.message ?? '')
  return there?.reactions.some(({ reaction: name, mine }) => mine && name === data.reaction) ? there : undefined
}
