import { ApiError } from '../../http/errors'
import type { UndoTable } from '../../undo/undo'
import { type ColonyClient, replayKey } from './client/client'
import type { Comment, Reaction } from './contract'
import { everyPage } from './pages'

/** Authors may edit and delete for 15 minutes after creation. */
export const WINDOW = 15 * 60_000
/** Safely less than the 24 hours for which a repeated call is answered as the first was. */
const REPLAYS_FOR = 23 * 3_600_000

/** How each kind of thing made on The Colony comes to its end. */
export const undo = {
  post: {
    ends: 'removed',
    deadline: WINDOW,
    undo: (colony, { id }) => unlessGone(() => colony.deletePost(id)),
    hasEnded: (colony, { id }) => isGone(() => colony.post(id)),
    find: async (colony, { name, at, data }) => {
      if (!data.fields || Date.now() - at > REPLAYS_FOR) return undefined
      return (await colony.createPost({ title: name, ...JSON.parse(data.fields) }, replayKey(name))).id
    },
  },
  comment: {
    ends: 'removed',
    deadline: WINDOW,
    undo: (colony, { id }) => unlessGone(() => colony.deleteComment(id)),
    hasEnded: (colony, { id, data }) => hasNoComment(colony, data.post ?? '', id),
    find: async (colony, { name, data }) => (await commentsBelow(colony, data.post ?? '')).find(({ body }) => body === name)?.id,
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
    undo: async (colony, { id }) => {
      if (await hasWebhook(colony, id)) await unlessGone(() => colony.webhooks.remove(id))
    },
    hasEnded: async (colony, { id }) => !(await hasWebhook(colony, id)),
    find: async (colony, { name }) => (await colony.webhooks.list()).find(({ url }) => url.includes(name))?.id,
  },
  follow: {
    ends: 'restored',
    undo: (colony, { id, data }) =>
      settle(data.before === 'yes' ? () => colony.people.follow(id) : () => colony.people.unfollow(id)),
    hasEnded: async (colony, { id, data }) => (await follows(colony, id)) === (data.before === 'yes'),
    find: async (_colony, { data }) => data.whom,
  },
  membership: {
    ends: 'restored',
    undo: (colony, { id, data }) => settle(data.before === 'yes' ? () => colony.people.join(id) : () => colony.people.leave(id)),
    find: async (_colony, { data }) => data.where,
  },
  bio: {
    ends: 'restored',
    undo: async (colony, { data }) => void (await colony.people.updateProfile({ bio: data.before ?? '' })),
    hasEnded: async (colony, { data }) => ((await colony.me()).bio ?? '') === data.before,
    find: async (_colony, { data }) => data.whose,
  },
  /** What a sandbox was told to take for older; put back before the thing itself is removed, which its age would forbid. */
  age: {
    ends: 'restored',
    undo: async (colony, { id, data }) => void (await colony.control?.post(`/age/${id}`, { minutes: -Number(data.minutes) })),
  },
  reaction: {
    ends: 'restored',
    undo: (colony, { id, data }) => takeOff(colony, id, data.emoji ?? ''),
    hasEnded: () => Promise.resolve(true),
    find: async (_colony, { data }) => data.target,
  },
} satisfies UndoTable<ColonyClient>

/** Does it, and takes "not found" for done already. */
async function unlessGone(remove: () => Promise<void>): Promise<void> {
  try {
    await remove()
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error
  }
}

async function isGone(read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read()
    return false
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return true
    throw error
  }
}

async function hasWebhook(colony: ColonyClient, wanted: string): Promise<boolean> {
  return (await colony.webhooks.list()).some(({ id }) => id === wanted)
}

async function hasNoComment(colony: ColonyClient, postId: string, id: string): Promise<boolean> {
  return !(await commentsBelow(colony, postId)).some((comment) => comment.id === id)
}

async function commentsBelow(colony: ColonyClient, postId: string): Promise<Comment[]> {
  try {
    return await everyPage((page) => colony.comments(postId, { page }))
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return []
    throw error
  }
}

/** A toggle tells the outcome: where it put the reaction instead of taking it off, it is toggled once more. */
async function takeOff(colony: ColonyClient, target: string, emoji: string): Promise<void> {
  const [kind = '', id = ''] = target.split(':')
  const where = kind === 'post' ? { post_id: id } : { comment_id: id }
  const after = await unlessMissing(() => colony.toggleReaction(where, emoji))
  if (!isOn(after, emoji)) return
  if (isOn(await colony.toggleReaction(where, emoji), emoji)) throw new Error(`the ${emoji} reaction cannot be taken off`)
}

function isOn(after: Reaction[] | undefined, emoji: string): boolean {
  return after?.some((reaction) => reaction.emoji === emoji && reaction.user_reacted) ?? false
}

async function unlessMissing<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined
    throw error
  }
}

/** Does it, and takes "already so" and "not so at all" for done. */
async function settle(act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof ApiError && [404, 409].includes(error.status))) throw error
  }
}

async function follows(colony: ColonyClient, id: string): Promise<boolean> {
  const me = await colony.me()
  return (await colony.people.followersOf(id)).some((follower) => follower.id === me.id)
}
