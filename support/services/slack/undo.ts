import { placeOf } from '../../chat/places'
import { isDoubt, ofAccount, readOrDoubt } from '../../chat/proof'
import { messageBy, reactionBy } from '../../chat/undo'
import type { Entry } from '../../undo/journal'
import type { Recognition, UndoTable } from '../../undo/undo'
import { presenceWord, type SlackChat } from './adapter'
import { isRefused, settled } from './api'
import { deleteAsBen, isBenAway, type Status, setBenAway, setStatus, statusOf, tokenOwner } from './ben'
import { close, conversationWith } from './conversations'

const SAME_BEN = 'SLACK_USER_TOKEN belongs to the same person, and'

const bot = async (slack: SlackChat): Promise<string> => (await slack.me()).id
const message = messageBy<SlackChat>(bot, ({ reactions }, { id, data }) => reactions.messageAt(placeOf(data), id))
const messageOfBen = messageBy<SlackChat>(tokenOwner, ({ reactions }, { id, data }) => reactions.messageAt(placeOf(data), id))
const reaction = reactionBy<SlackChat>(({ reactions }, { data }) => reactions.messageAt(placeOf(data), data.message ?? ''))

/** How each kind of thing created on Slack is undone. */
export const undo = {
  message: ofAccount(bot, {
    ...message,
    undo: async (slack, entry) => void (await settled(() => message.undo(slack, entry), 'message_not_found')),
    find: (slack, entry) => settled(() => message.find(slack, entry), 'channel_not_found'),
    hasEnded: isGone,
  }),
  said: ofAccount(tokenOwner, {
    ...messageOfBen,
    undo: async (slack, { id, data }) => {
      const { place, parent } = data
      await settled(() => deleteAsBen(slack, parent ?? place ?? '', id), 'message_not_found')
    },
  }),
  reaction: ofAccount(bot, {
    ...reaction,
    undo: async (slack, entry) => void (await settled(() => reaction.undo(slack, entry), 'no_reaction', 'message_not_found')),
  }),
  direct: ofAccount(bot, {
    ends: 'hidden',
    proof:
      'Slack returns it as the conversation of the same bot with exactly the people in the journal; closing hides it only from the bot',
    recognise: async (slack: SlackChat, { id, data }): Promise<Recognition> => {
      const found = await readOrDoubt(() => conversationWith(slack, data.people ?? ''))
      if (found === undefined) return 'gone'
      if (isDoubt(found)) return found
      return found === id ? 'ours' : { doubt: `the conversation with ${data.people} is ${found}` }
    },
    undo: async (slack, { id }) => void (await close(slack, id)),
    hasEnded: (slack, { id }) => close(slack, id),
    find: (slack, { data }) => conversationWith(slack, data.people ?? ''),
  }),
  presence: ofAccount(bot, {
    ends: 'restored',
    proof: 'it is the same bot, and its presence is the one the run set',
    recognise: async (slack: SlackChat, { data }) =>
      restorable(await slack.ownPresence(), { was: data.was, set: presenceWord(data.set) }),
    undo: (slack, { data }) => slack.putPresence(presenceWord(data.was)),
    hasEnded: async (slack, { data }) => (await slack.ownPresence()) === presenceWord(data.was),
    find: async (_slack, { data }) => data.account,
  }),
  absence: ofAccount(tokenOwner, {
    ends: 'restored',
    proof: `${SAME_BEN} his presence is the one the run set`,
    recognise: async (slack: SlackChat, { data: { was, set } }) => restorable(String(await isBenAway(slack)), { was, set }),
    undo: (slack, { data }) => setBenAway(slack, data.was === 'true'),
    hasEnded: async (slack, { data }) => (await isBenAway(slack)) === (data.was === 'true'),
    find: async (_slack, { data }) => data.account,
  }),
  status: ofAccount(tokenOwner, {
    ends: 'restored',
    proof: `${SAME_BEN} his status is the one the run set`,
    recognise: async (slack: SlackChat, { data: { was, set } }) =>
      restorable(JSON.stringify(await statusOf(slack)), { was, set }),
    undo: (slack, { data }) => setStatus(slack, before(data)),
    hasEnded: async (slack, { data }) => {
      const [now, was] = [await statusOf(slack), before(data)]
      return now.text === was.text && now.emoji === was.emoji
    },
    find: async (_slack, { data }) => data.account,
  }),
} satisfies UndoTable<SlackChat>

/** The current value, compared with the one before and the one the run set. */
function restorable(now: string, { was, set }: { was: string | undefined; set: string | undefined }): Recognition {
  if (now === was) return 'gone'
  return now === set && was !== undefined ? 'ours' : { doubt: 'it was changed since the run set it' }
}

function before({ was = '' }: Readonly<Record<string, string>>): Status {
  return JSON.parse(was) as Status
}

/** If the bot may write and not read, Slack's response that there is nothing left to delete is the confirmation. */
async function isGone(slack: SlackChat, { id, data }: Required<Entry>): Promise<boolean> {
  const place = placeOf(data)
  try {
    return (await slack.read(place, id)) === undefined
  } catch (error) {
    if (!isRefused(error, 'missing_scope')) throw error
    return (await settled(() => slack.deleteAt(place, id), 'message_not_found')) === undefined
  }
}
