import type { ChatPlace, Reaction } from '../../chat/adapter'
import { placeOf } from '../../chat/places'
import { message } from '../../chat/undo'
import type { UndoTable } from '../../undo/undo'
import type { SlackAdapter } from './adapter'
import { isRefused, settled } from './api'
import { isBenAway, setBenAway, setStatus, statusOf, takeBack } from './ben'
import * as contract from './contract'
import { close, isMarkedAway } from './conversations'

/** How each kind of thing made on Slack comes to its end. */
export const undo = {
  message: {
    ...message,
    undo: async (slack, { id, data }) => void (await settled(() => slack.removeAt(placeOf(data), id), 'message_not_found')),
    hasEnded: (slack, { id, data }) => isGone(slack, placeOf(data), id),
  },
  said: {
    ...message,
    undo: async (slack, { id, data }) => {
      const { place, parent } = data
      await settled(() => takeBack(slack, parent ?? place ?? '', id), 'message_not_found')
    },
  },
  reaction: {
    ends: 'restored',
    undo: async ({ reactions }, entry) => {
      await settled(() => reactions.remove(...reactionOf(entry)), 'no_reaction', 'message_not_found')
    },
    hasEnded: async ({ reactions }, entry) => !(await reactions.has(...reactionOf(entry))),
    find: async (_slack, { data }) => data.message,
  },
  direct: {
    ends: 'hidden',
    undo: async (slack, { id }) => void (await close(slack, id)),
    hasEnded: async (slack, { id }) => close(slack, id),
    find: async (slack, { data }) => {
      const args = { users: data.people, prevent_creation: true }
      const found = await settled(
        () => slack.api.call('conversations.open', args, contract.opened, 'a private conversation'),
        'channel_not_found',
      )
      return found?.channel.id
    },
  },
  presence: {
    ends: 'restored',
    undo: (slack) => slack.setPresence('available', ''),
    hasEnded: async (slack) => !(await isMarkedAway(slack)),
    find: async (slack) => (await slack.me()).id,
  },
  absence: {
    ends: 'restored',
    undo: (slack, { data }) => setBenAway(slack, data.was === 'true'),
    hasEnded: async (slack, { data }) => (await isBenAway(slack)) === (data.was === 'true'),
    find: async (_slack, { data }) => data.whose,
  },
  status: {
    ends: 'restored',
    undo: (slack, { data }) =>
      setStatus(slack, { text: data.text ?? '', emoji: data.emoji ?? '', until: Number(data.until ?? 0) }),
    hasEnded: async (slack, { data }) => {
      const now = await statusOf(slack)
      return now.text === data.text && now.emoji === data.emoji
    },
    find: async (_slack, { data }) => data.whose,
  },
} satisfies UndoTable<SlackAdapter>

/** Where the bot may write and not read, Slack's own word that there is nothing left to delete is taken for seeing it. */
async function isGone(slack: SlackAdapter, place: ChatPlace, id: string): Promise<boolean> {
  try {
    return (await slack.read(place, id)) === undefined
  } catch (error) {
    if (!isRefused(error, 'missing_scope')) throw error
    return (await settled(() => slack.removeAt(place, id), 'message_not_found')) === undefined
  }
}

function reactionOf({ data }: { data: Readonly<Record<string, string>> }): [ChatPlace, string, Reaction] {
  return [placeOf(data), data.message ?? '', data.reaction as Reaction]
}
