import { z } from 'zod'
import { type CommentRow, POST_TYPES, type PostRow, type UserRow } from '../model'
import { range } from '../parameters'
import { routes } from '../route'
import { commentShape, postShape } from '../shapes'
import type { ColonyStore } from '../store'

const feed = z.object({
  ...range(25),
  kinds: z.enum(['all', 'posts', 'comments']).default('all'),
  post_type: z.enum(POST_TYPES).optional(),
})

/** Posts and comments of others, those of followed accounts and joined colonies first. How the service weighs them is unknown; the order is assumed. */
export const personalFeedRoutes = routes(({ member }, { store }) => {
  member('GET /feed/for-you', { query: feed }, ({ user, query: { limit, offset, kinds, post_type } }) => {
    const posts = store.visiblePosts().filter((post) => isNew(store, user, post) && (post_type ?? post.type) === post.type)
    const comments = posts.flatMap(({ id }) => store.commentsOf(id)).filter(({ authorId }) => authorId !== user.id)
    const all = [
      ...(kinds === 'comments' ? [] : posts.map((post) => postItem(store, user, post))),
      ...(kinds === 'posts' ? [] : comments.map((comment) => commentItem(store, user, comment))),
    ].sort((a, b) => b.match_score - a.match_score)
    const items = all.slice(offset, offset + limit)
    return { items, personalised: all.some(({ match_score }) => match_score > 0), count: items.length }
  })
})

/** Neither the account's own, nor one that it upvoted or commented on. */
function isNew(store: ColonyStore, { id: userId }: UserRow, { id, authorId }: PostRow): boolean {
  if (authorId === userId || store.data.votes.get(`${userId} ${id}`)?.value === 1) return false
  return !store.commentsOf(id).some((comment) => comment.authorId === userId)
}

function match(store: ColonyStore, { id }: UserRow, authorId: string, colonyId: string | null) {
  const followed = store.data.follows.has(`${id} ${authorId}`)
  const joined = colonyId !== null && (store.data.colonies.get(colonyId)?.members.has(id) ?? false)
  const reason = followed ? 'following' : joined ? 'colony' : 'popular'
  return { reason, match_score: Number(followed) + Number(joined) }
}

function postItem(store: ColonyStore, user: UserRow, post: PostRow) {
  const on = { on_post_id: null, on_post_title: null }
  return { kind: 'post', post: postShape(store, post), comment: null, ...match(store, user, post.authorId, post.colonyId), ...on }
}

function commentItem(store: ColonyStore, user: UserRow, comment: CommentRow) {
  const { id, title, colonyId } = store.post(comment.postId)
  const place = { ...match(store, user, comment.authorId, colonyId), on_post_id: id, on_post_title: title }
  return { kind: 'comment', post: null, comment: commentShape(store, comment), ...place }
}
