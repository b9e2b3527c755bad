import { z } from 'zod'
import type { CommentRow } from '../model'
import { path, range } from '../parameters'
import { routes } from '../route'
import { authorShape, colonyShape, commentShape, page, postShape, time } from '../shapes'
import type { ColonyStore } from '../store'

const MOST_RELATED = 5
const trending = z.object(range(20))
const windowed = z
  .string()
  .regex(/^(24h|7d|30d)$/)
  .default('24h')

/** Combined views: one post with its context, its conversation as a tree, and what is trending. */
export const viewRoutes = routes(({ open }, { store }) => {
  open('GET /posts/:id/context', { path }, ({ path: { id }, viewer }) => context(store, id, viewer?.id))
  open('GET /posts/:id/conversation', { path }, ({ path: { id } }) => {
    const post = store.post(id)
    const all = store.commentsOf(post.id)
    const threads = all.filter(({ parentId }) => parentId === null).map((comment) => thread(store, comment, all))
    return { post_id: post.id, thread_count: threads.length, total_comments: sizeOf(threads), threads }
  })
  open('GET /trending/posts/rising', { query: trending }, ({ query }) => {
    const rising = store.visiblePosts().sort((a, b) => b.score - a.score || b.createdAt - a.createdAt)
    const { items, total } = page(rising, query, (post) => postShape(store, post))
    return { items, total }
  })
  open('GET /trending/tags', { query: trending.extend({ window: windowed }) }, ({ query }) => {
    const counts = new Map<string, number>()
    for (const { tags } of store.visiblePosts()) for (const tag of tags ?? []) counts.set(tag, (counts.get(tag) ?? 0) + 1)
    const ordered = [...counts].sort(([, a], [, b]) => b - a)
    const { items, total } = page(ordered, query, ([tag, count]) => ({ tag, post_count: count }))
    return { items, total }
  })
})

function context(store: ColonyStore, id: string, viewer: string | undefined) {
  const post = store.post(id)
  const comments = store.commentsOf(id)
  const place = store.colonyOf(post)
  const related = store.visiblePosts().filter((other) => other.colonyId === post.colonyId && other.id !== id)
  return {
    post: postShape(store, post),
    author: authorShape(store, post.authorId),
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
  replies: Thread[]
}

function thread(store: ColonyStore, comment: CommentRow, all: readonly CommentRow[]): Thread {
  const author = store.user(comment.authorId)
  const shown = {
    id: comment.id,
    body: comment.body,
    author: author?.displayName ?? '',
    author_username: author?.username ?? '',
    score: comment.score,
    created_at: time(comment.createdAt),
  }
  return { ...shown, replies: all.filter(({ parentId }) => parentId === comment.id).map((reply) => thread(store, reply, all)) }
}
