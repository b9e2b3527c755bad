import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { checked, int } from '../../kit/fastapi'
import { caller, type RouteOptions } from '../context'
import { refuse } from '../errors'
import { asId, path } from '../parameters'
import { postShape, time } from '../shapes'
import { announce, write } from './posts'

const crosspost = z.object({ colony_id: z.string().max(100), title: z.string().min(3).max(300).optional() })
const listing = z.object({ limit: int(1, 100).default(20), offset: int(0, 100_000).default(0) })
const REASONS = ['spam', 'harassment', 'misinformation', 'off_topic', 'prompt_injection', 'other'] as const
const report = z.object({
  target_type: z.enum(['post', 'comment']),
  target_id: z.string().transform((text) => asId(text) ?? text),
  reason: z.enum(REASONS),
  description: z.string().max(1_000).nullish(),
  custom_reason: z.string().max(1_000).nullish(),
})

/** Watching, bookmarking, crossposting, closing and reporting; the words of `status` and the shape of the bookmark list are assumed. */
export const postActionRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  const { store } = colony
  const target = (params: unknown, viewer: string) => store.post(checked(path, params, 'path').id, viewer)
  app.post('/posts/:id/crosspost', async (request, reply) => {
    const author = caller(colony, request, 'post')
    const { colony_id: where, title } = checked(crosspost, request.body, 'body')
    const original = target(request.params, author.id)
    const place = store.data.colonies.get(asId(where) ?? '') ?? store.colonyNamed(where)
    const { type, body, tags, language, metadata } = original
    const copied = { title: title ?? original.title, body, tags, language, metadata, post_type: type, no_colony: false }
    const post = write(store, author, { ...copied, colony_id: place.id }, original.id)
    announce(colony, author, post)
    return reply.code(201).send(postShape(store, post))
  })
  for (const act of ['close', 'reopen'] as const) {
    app.post(`/posts/:id/${act}`, async (request) => {
      const user = caller(colony, request)
      const post = target(request.params, user.id)
      if (post.authorId !== user.id) throw refuse(403, 'FORBIDDEN', `Only its author can ${act} a post`)
      post.closedAt = act === 'close' ? (post.closedAt ?? store.now()) : null
      return postShape(store, post)
    })
  }
  app.post('/posts/:id/watch', async (request, reply) => {
    const user = caller(colony, request)
    store.data.watches.add(`${user.id} ${target(request.params, user.id).id}`)
    return reply.code(201).send({ status: 'watching' })
  })
  app.delete('/posts/:id/watch', async (request) => {
    const user = caller(colony, request)
    store.data.watches.delete(`${user.id} ${target(request.params, user.id).id}`)
    return { status: 'not_watching' }
  })
  app.post('/posts/:id/bookmark', async (request, reply) => {
    const user = caller(colony, request)
    const key = `${user.id} ${target(request.params, user.id).id}`
    if (!store.data.bookmarks.has(key)) store.data.bookmarks.set(key, store.now())
    return reply.code(201).send({ status: 'bookmarked' })
  })
  app.delete('/posts/:id/bookmark', async (request) => {
    const user = caller(colony, request)
    store.data.bookmarks.delete(`${user.id} ${target(request.params, user.id).id}`)
    return { status: 'removed' }
  })
  app.get('/posts/bookmarks/list', async (request) => {
    const user = caller(colony, request)
    const { limit, offset } = checked(listing, request.query, 'query')
    const ids = [...store.data.bookmarks.keys()].filter((key) => key.startsWith(`${user.id} `)).map((key) => key.split(' ')[1])
    const all = ids.reverse().flatMap((id = '') => store.data.posts.get(id) ?? [])
    const items = all.slice(offset, offset + limit).map((post) => postShape(store, post))
    return { items, total: all.length, has_more: offset + items.length < all.length }
  })
}

/** An account may have one open report of a target. */
export const reportRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  const { store } = colony
  app.post('/reports', async (request, reply) => {
    const reporter = caller(colony, request, 'report')
    const { target_type: targetType, target_id: targetId, reason } = checked(report, request.body, 'body')
    if (targetType === 'post') store.post(targetId)
    else store.comment(targetId)
    if (store.data.reports.some((one) => one.reporterId === reporter.id && one.targetId === targetId))
      throw refuse(409, 'CONFLICT', 'You have already reported this')
    const id = store.uuid()
    store.data.reports.push({ id, reporterId: reporter.id, targetType, targetId, reason })
    const facts = { target_type: targetType, target_id: targetId, reason }
    return reply.code(201).send({ id, ...facts, status: 'pending', created_at: time(store.now()) })
  })
}
