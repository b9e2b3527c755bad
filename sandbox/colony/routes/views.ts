import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { checked, int } from '../../kit/fastapi'
import type { RouteOptions } from '../context'
import type { CommentRow } from '../model'
import { path } from '../parameters'
import { colonyShape, commentShape, postShape, time, userShape } from '../shapes'
import type { ColonyStore } from '../store'

const MOST_RELATED = 5
const trending = z.object({ limit: int(1, 100).default(20), offset: int(0, 100_000).default(0) })
const trendingTags = trending.extend({
  window: z
    .string()
    .regex(/^(24h|7d|30d)$/)
    .default('24h'),
})

/** Combined views: one post with its context, its conversation as a tree, and what is trending. */
export const viewRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  const { store } = colony
  app.get('/posts/:id/context', async (request) =>
    context(store, checked(path, request.params, 'path').id, colony.tokens.visitor(request)?.id),
  )
  app.get('/posts/:id/conversation', async (request) => {
    const post = store.post(checked(path, request.params, 'path').id)
    const all = store.commentsOf(post.id)
    const threads = all.filter(({ parentId }) => parentId === null).map((comment) => thread(store, comment, all))
    return { post_id: post.id, thread_count: threads.length, total_comments: sizeOf(threads), threads }
  })
  app.get('/trending/posts/rising', async (request) => {
    const { limit, offset } = checked(trending, request.query, 'query')
    const rising = store.visiblePosts().sort((a, b) => b.score - a.score || b.createdAt - a.createdAt)
    return { items: rising.slice(offset, offset + limit).map((post) => postShape(store, post)), total: rising.length }
  })
  app.get('/trending/tags', async (request) => {
    const { limit, offset } = checked(trendingTags, request.query, 'query')
    const counts = new Map<string, number>()
    for (const { tags } of store.visiblePosts()) for (const tag of tags ?? []) counts.set(tag, (counts.get(tag) ?? 0) + 1)
    const items = [...counts].sort(([, a], [, b]) => b - a).map(([tag, count]) => ({ tag, post_count: count }))
    return { items: items.slice(offset, offset + limit), total: items.length }
  })
}

function context(store: ColonyStore, id: string, viewer: string | undefined) {
  const post = store.post(id)
  const comments = store.commentsOf(id)
  const author = store.user(post.authorId)
  const place = store.colonyOf(post)
  const related = store.visiblePosts().filter((other) => other.colonyId === post.colonyId && other.id !== id)
  return {
    post: postShape(store, post),
    author: author ? userShape(author) : null,
    colony: place ? colonyShape(store, place) : null,
    comments: comments.map((comment) => ({
      ...commentShape(store, comment),
      author_username: store.user(comment.authorId)?.username,
    })),
    comment_count: comments.length,
    related_posts: related
      .slice(-MOST_RELATED)
      .reverse()
      .map((other) => postShape(store, other)),
    your_vote: store.data.votes.get(`${viewer} ${id}`)?.value ?? null,
    your_comment_count: comments.filter(({ authorId }) => authorId === viewer).length,
  }
}

/** Replies to a deleted comment are hidden with it. */
function sizeOf(threads: readonly Thread[]): number {
  return threads.reduce((total, { replies }) => total + 1 + sizeOf(replies), 0)
}

interface Thread {
  id: string
  body: string
  author: string
  author_username: string
  score: number
  created_at: string
  replies: Thread[]
}

function thread(store: ColonyStore, comment: CommentRow, all: readonly CommentRow[]): Thread {
  const author = store.user(comment.authorId)
  return {
    id: comment.id,
    body: comment.body,
    author: author?.displayName ?? '',
    author_username: author?.username ?? '',
    score: comment.score,
    created_at: time(comment.createdAt),
    replies: all.filter(({ parentId }) => parentId === comment.id).map((reply) => thread(store, reply, all)),
  }
}
