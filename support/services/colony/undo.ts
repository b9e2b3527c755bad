import { ApiError } from '../../http/errors'
import type { UndoTable } from '../../undo/undo'
import type { ColonyClient, NewPost } from './client/client'
import { replayKey } from './client/idempotency'
import {
  commentsBelow,
  expectSameAccount,
  follows,
  isAged,
  isArchived,
  readAged,
  recogniseAge,
  recogniseArchive,
  recogniseBio,
  recogniseComment,
  recogniseFollow,
  recogniseMembership,
  recognisePost,
  recogniseReaction,
  recogniseWebhook,
  takeOff,
  unlessMissing,
  wasBefore,
} from './proofs'

/** Authors may edit and delete for 15 minutes after creation. */
const WINDOW = 15 * 60_000
/** Less than the 24 hours for which a repeated call gets the first call's response. */
const REPLAYS_FOR = 23 * 3_600_000

/** How each kind of thing created on The Colony is undone. Every entry contains the account that created it in `data.account`. */
export const undo = {
  post: {
    ends: 'removed',
    deadline: WINDOW,
    proof: 'the account that made it is its author, its title holds the run id, and it was created when the journal says',
    recognise: recognisePost,
    undo: (colony, { id }) => unlessMissing(() => colony.deletePost(id)),
    hasEnded: async (colony, { id }) => (await unlessMissing(() => colony.post(id))) === undefined,
    find: async (colony, entry) => {
      await expectSameAccount(colony, entry)
      const { name, at, data } = entry
      if (!data.fields || Date.now() - at > REPLAYS_FOR || !(await colony.hasUsedKey(replayKey(name)))) return undefined
      return replayed(colony, { title: name, ...JSON.parse(data.fields) }, replayKey(name))
    },
    adopt: (colony, { id }) => colony.post(id),
  },
  comment: {
    ends: 'removed',
    deadline: WINDOW,
    proof: 'the account that made it is its author, its text holds the run id, and it was created when the journal says',
    recognise: recogniseComment,
    undo: (colony, { id }) => unlessMissing(() => colony.deleteComment(id)),
    hasEnded: async (colony, { id, data }) =>
      !(await commentsBelow(colony, data.post ?? '')).some((comment) => comment.id === id),
    find: async (colony, entry) => {
      await expectSameAccount(colony, entry)
      const comments = await commentsBelow(colony, entry.data.post ?? '')
      return comments.find(({ body, author }) => body === entry.name && author.id === entry.data.account)?.id
    },
    adopt: (colony, { id }) => colony.comment(id),
  },
  vote: { ends: 'kept' },
  ballot: { ends: 'kept' },
  message: { ends: 'kept' },
  account: { ends: 'kept' },
  key: { ends: 'kept' },
  'persisted-post': { ends: 'kept' },
  'persisted-comment': { ends: 'kept' },
  webhook: {
    ends: 'removed',
    proof: 'it is in the list of the account that made it, and its address holds the run id',
    recognise: recogniseWebhook,
    undo: (colony, { id }) => unlessMissing(() => colony.webhooks.remove(id)),
    hasEnded: async (colony, entry) => !(await colony.webhooks.list()).some(({ id }) => id === entry.id),
    find: async (colony, entry) => {
      await expectSameAccount(colony, entry)
      return (await colony.webhooks.list()).find(({ url }) => url === entry.name)?.id
    },
    adopt: async (colony, entry) => {
      const found = (await colony.webhooks.list()).find(({ id }) => id === entry.id)
      if (!found) throw new Error(`the webhook ${entry.id} is no longer listed`)
      return found
    },
  },
  follow: {
    ends: 'restored',
    proof: 'the account is the one that followed or stopped following, and it still does as the run left it',
    recognise: recogniseFollow,
    undo: (colony, entry) =>
      unlessUnchanged(wasBefore(entry) ? () => colony.people.follow(entry.id) : () => colony.people.unfollow(entry.id)),
    hasEnded: async (colony, entry) => (await follows(colony, entry.id)) === wasBefore(entry),
    find: async (_colony, { data }) => data.whom,
  },
  membership: {
    ends: 'restored',
    proof: 'the account is the one that joined or left; The Colony refuses to join or leave where nothing would change',
    recognise: recogniseMembership,
    undo: (colony, entry) =>
      unlessUnchanged(wasBefore(entry) ? () => colony.people.join(entry.id) : () => colony.people.leave(entry.id)),
    find: async (_colony, { data }) => data.where,
  },
  bio: {
    ends: 'restored',
    proof: 'the account is the one that changed it, and its bio is the text of the run, which holds the run id',
    recognise: recogniseBio,
    undo: async (colony, { name, data }) => {
      const { bio } = await colony.people.updateProfile({ bio: data.before ?? null })
      if (bio === name) await colony.people.updateProfile({ bio: '' })
    },
    hasEnded: async (colony, { data }) => ((await colony.me()).bio ?? '') === (data.before ?? ''),
    find: async (_colony, { data }) => data.account,
  },
  archive: {
    ends: 'restored',
    proof: 'the account is the one that archived the conversation, which is archived still',
    recognise: recogniseArchive,
    undo: (colony, { data }) => colony.inbox.unarchive(data.username ?? ''),
    hasEnded: async (colony, entry) => !(await isArchived(colony, entry)),
    find: async (_colony, { data }) => data.username,
  },
  /** Restored before the post or comment itself is removed, which its age would forbid. */
  age: {
    ends: 'restored',
    proof:
      'the post or comment is in a sandbox, its author and text are those of the run, and it is as old as the run made it look',
    recognise: recogniseAge,
    undo: async (colony, { id, data }) => void (await colony.control?.post(`/age/${id}`, { minutes: -Number(data.minutes) })),
    hasEnded: async (colony, entry) => !isAged(await readAged(colony, entry), entry),
  },
  reaction: {
    ends: 'restored',
    proof: 'the account is the one that reacted, and what it reacted to holds the run id',
    recognise: recogniseReaction,
    undo: takeOff,
    find: async (_colony, { data }) => data.target,
  },
} satisfies UndoTable<ColonyClient>

/** The id of the post that was sent with the key; undefined while that call is in progress. */
async function replayed(colony: ColonyClient, fields: NewPost, key: string): Promise<string | undefined> {
  try {
    return (await colony.createPost(fields, key)).id
  } catch (error) {
    if (error instanceof ApiError && error.code === 'idempotency_in_progress') return undefined
    throw error
  }
}

/** Makes the call; a refusal because nothing would change is no failure. */
async function unlessUnchanged(act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof ApiError && [404, 409].includes(error.status))) throw error
  }
}
