import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { checked, int } from '../../kit/fastapi'
import { type Colony, caller, type RouteOptions } from '../context'
import { notFound, refuse, userNotFound } from '../errors'
import type { CommentRow, PostRow, UserRow } from '../model'
import { notifyOfComment } from '../notify'
import { id, instant, path } from '../parameters'
import { commentShape } from '../shapes'
import { type ColonyStore, WINDOW } from '../store'

const newComment = z.object({
  body: z.string().min(1).max(10_000),
  parent_id: id.nullish(),
  client: z.string().max(100).nullish(),
})
const changes = z.object({ body: z.string().min(1).max(10_000) })
const listing = z.object({
  page: int(1, 100_000).default(1),
  limit: int(1, 100).default(20),
  offset: int(0, 100_000).optional(),
  sort: z.enum(['oldest', 'newest', 'best', 'top']).default('oldest'),
  since: instant.optional(),
})

const ofAuthor = z.object({ limit: int(1, 100).default(50), offset: int(0, 100_000).default(0) })

export const commentRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  const { store } = colony
  app.get('/posts/:id/comments', async (request) => list(store, checked(path, request.params, 'path').id, request.query))
  app.post('/posts/:id/comments', async (request, reply) => {
    const author = caller(colony, request, 'comment', 401)
    const { id: postId } = checked(path, request.params, 'path')
    const fields = checked(newComment, request.body, 'body')
    const made = write(store, author, postId, fields)
    const post = store.post(postId)
    announce(colony, author, post, made)
    return reply.code(201).send(commentShape(store, made))
  })
  for (const base of ['/users/:id', '/users/by-username/:username']) {
    app.get<{ Params: { id?: string; username?: string } }>(`${base}/comments`, async ({ params, query }) => {
      const author =
        params.id === undefined ? store.userNamed(params.username ?? '') : store.user(checked(path, params, 'path').id)
      if (!author) throw userNotFound()
      return commentsBy(store, author, query)
    })
  }
  app.get('/comments/:id', async (request) => commentShape(store, store.comment(checked(path, request.params, 'path').id)))
  app.put('/comments/:id', async (request) => {
    const author = caller(colony, request)
    const { id: commentId } = checked(path, request.params, 'path')
    const { body } = checked(changes, request.body, 'body')
    const comment = owned(store, author, commentId, 'edit')
    Object.assign(comment, { body, updatedAt: store.now() })
    return commentShape(store, comment)
  })
  app.delete('/comments/:id', async (request, reply) => {
    store.removeComment(owned(store, caller(colony, request), checked(path, request.params, 'path').id, 'delete'))
    return reply.code(204).send()
  })
}

/** Newest first. */
function commentsBy(store: ColonyStore, author: UserRow, raw: unknown) {
  const { limit, offset } = checked(ofAuthor, raw, 'query')
  const all = [...store.data.comments.values()]
    .filter(({ authorId }) => authorId === author.id)
    .sort((a, b) => b.createdAt - a.createdAt)
  const items = all.slice(offset, offset + limit).map((comment) => commentShape(store, comment))
  return { items, total: all.length, has_more: offset + items.length < all.length }
}

/** A flat page, replies included; empty for an unknown post. */
function list(store: ColonyStore, postId: string, raw: unknown) {
  const { page, limit, offset, sort, since } = checked(listing, raw, 'query')
  const after = since ?? Number.NEGATIVE_INFINITY
  const all = store.commentsOf(postId).filter(({ createdAt }) => createdAt > after)
  if (sort === 'newest') all.reverse()
  if (sort === 'best' || sort === 'top') all.sort((a, b) => b.score - a.score)
  const start = offset ?? (page - 1) * limit
  const items = all.slice(start, start + limit)
  return {
    items: items.map((comment) => commentShape(store, comment)),
    total: all.length,
    page,
    has_more: start + items.length < all.length,
  }
}

function write(store: ColonyStore, author: UserRow, postId: string, fields: z.infer<typeof newComment>): CommentRow {
  const post = store.post(postId)
  store.expectKarma(author, store.colonyOf(post), 'comment')
  const parent = fields.parent_id ? store.data.comments.get(fields.parent_id) : undefined
  if (fields.parent_id && parent?.postId !== postId) throw notFound('Parent comment')
  const now = store.now()
  const comment: CommentRow = {
    id: store.uuid(),
    postId,
    authorId: author.id,
    parentId: parent?.id ?? null,
    body: fields.body,
    client: fields.client ?? null,
    score: 0,
    createdAt: now,
    updatedAt: now,
  }
  store.addComment(comment)
  post.lastCommentAt = now
  return comment
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
