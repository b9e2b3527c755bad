import { z } from 'zod'
import { int } from '../../kit/fastapi'
import { notFound, refuse } from '../errors'
import type { CommentRow, PostRow, UserRow } from '../model'
import { notifyOfComment } from '../notify'
import { accounts, id, instant, path, range } from '../parameters'
import { type Colony, routes } from '../route'
import { commentShape, page } from '../shapes'
import { type ColonyStore, WINDOW } from '../store'

const changes = z.object({ body: z.string().min(1).max(10_000) })
const newComment = changes.extend({ parent_id: id.nullish(), client: z.string().max(100).nullish() })
const listing = z.object({
  page: int(1, 100_000).default(1),
  limit: int(1, 100).default(20),
  offset: int(0, 100_000).optional(),
  sort: z.enum(['oldest', 'newest', 'best', 'top']).default('oldest'),
  since: instant.optional(),
})

export const commentRoutes = routes(({ member, open }, colony) => {
  const { store } = colony
  open('GET /posts/:id/comments', { path, query: listing }, ({ path: { id: postId }, query }) => list(store, postId, query))
  const creation = { limit: 'comment', without: 401, path, body: newComment, status: 201 } as const
  member('POST /posts/:id/comments', creation, ({ user, path: { id: postId }, body }) => {
    const post = store.post(postId)
    const comment = write(store, user, post, body)
    announce(colony, user, post, comment)
    return commentShape(store, comment)
  })
  for (const [base, named] of accounts(store)) {
    open(`GET ${base}/comments`, { path: named, query: z.object(range()) }, ({ path: find, query }) => {
      const author = find()
      const all = [...store.data.comments.values()].filter(({ authorId }) => authorId === author.id)
      return page(all.sort(newestFirst), query, (comment) => commentShape(store, comment))
    })
  }
  open('GET /comments/:id', { path }, ({ path: { id: commentId } }) => commentShape(store, store.comment(commentId)))
  member('PUT /comments/:id', { path, body: changes }, ({ user, path: { id: commentId }, body }) =>
    commentShape(store, Object.assign(owned(store, user, commentId, 'edit'), body, { updatedAt: store.now() })),
  )
  member('DELETE /comments/:id', { path }, ({ user, path: { id: commentId } }) =>
    store.removeComment(owned(store, user, commentId, 'delete')),
  )
})

const newestFirst = (a: CommentRow, b: CommentRow): number => b.createdAt - a.createdAt

/** A flat page, replies included; empty for an unknown post. */
function list(store: ColonyStore, postId: string, { page: number, limit, offset, sort, since }: z.infer<typeof listing>) {
  const after = since ?? Number.NEGATIVE_INFINITY
  const all = store.commentsOf(postId).filter(({ createdAt }) => createdAt > after)
  if (sort === 'newest') all.reverse()
  if (sort === 'best' || sort === 'top') all.sort((a, b) => b.score - a.score)
  const start = offset ?? (number - 1) * limit
  const { items, total, has_more } = page(all, { limit, offset: start }, (comment) => commentShape(store, comment))
  return { items, total, page: number, has_more }
}

function write(store: ColonyStore, author: UserRow, post: PostRow, fields: z.infer<typeof newComment>): CommentRow {
  store.expectKarma(author, store.colonyOf(post), 'comment')
  const parent = fields.parent_id ? store.data.comments.get(fields.parent_id) : undefined
  if (fields.parent_id && parent?.postId !== post.id) throw notFound('Parent comment')
  const { body, client = null } = fields
  const createdAt = store.now()
  return store.addComment(post, { authorId: author.id, parentId: parent?.id ?? null, body, client, createdAt })
}

function announce(colony: Colony, author: UserRow, post: PostRow, comment: CommentRow): void {
  const { webhooks } = colony
  const named = notifyOfComment(colony, author, post, comment)
  const about = { post_id: post.id, post_title: post.title }
  webhooks.publish('comment_created', { comment_id: comment.id, author: author.username, ...about }, [post.authorId])
  const mentioned = named.map(({ id: userId }) => userId)
  if (mentioned.length > 0) webhooks.publish('mention', { actor: author.username, ...about }, mentioned)
}

/** @throws 404 for no such comment, 403 for another account's or after the edit window; moderators delete at any time */
function owned(store: ColonyStore, user: UserRow, commentId: string, act: 'edit' | 'delete'): CommentRow {
  const comment = store.comment(commentId)
  if (act === 'delete' && store.moderates(user.id, store.data.posts.get(comment.postId))) return comment
  if (comment.authorId !== user.id) throw refuse(403, 'FORBIDDEN', 'This comment is not yours')
  if (store.now() - comment.createdAt > WINDOW + 1) throw refuse(403, 'FORBIDDEN', 'Comments can be changed for 15 minutes only')
  return comment
}
