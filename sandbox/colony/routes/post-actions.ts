import { z } from 'zod'
import { refuse } from '../errors'
import { subjectsOf } from '../model'
import { asId, path, range } from '../parameters'
import { routes } from '../route'
import { page, postShape, time } from '../shapes'
import { announce, write } from './posts'

const crosspost = z.object({ colony_id: z.string().max(100), title: z.string().min(3).max(300).optional() })
const REASONS = ['spam', 'harassment', 'misinformation', 'off_topic', 'prompt_injection', 'other'] as const
const report = z.object({
  target_type: z.enum(['post', 'comment']),
  target_id: z.string().transform((text) => asId(text) ?? text),
  reason: z.enum(REASONS),
  description: z.string().max(1_000).nullish(),
  custom_reason: z.string().max(1_000).nullish(),
})

/** Watching, bookmarking, crossposting, closing and reporting; the words of `status` and the shape of the bookmark list are assumed. */
export const postActionRoutes = routes(({ member }, colony) => {
  const { store } = colony
  const created = { path, status: 201 }
  member('POST /posts/:id/crosspost', { ...created, limit: 'post', body: crosspost }, ({ user, path: { id }, body }) => {
    const { type, metadata, title, body: text, tags, language } = store.post(id, user.id)
    const place = store.data.colonies.get(asId(body.colony_id) ?? '') ?? store.colonyNamed(body.colony_id)
    const copied = { title: body.title ?? title, body: text, tags, language, metadata, post_type: type, no_colony: false }
    const post = write(store, user, { ...copied, colony_id: place.id }, id)
    announce(colony, user, post)
    return postShape(store, post)
  })
  for (const act of ['close', 'reopen'] as const) {
    member(`POST /posts/:id/${act}`, { path }, ({ user, path: { id } }) => {
      const post = store.post(id, user.id)
      if (post.authorId !== user.id) throw refuse(403, 'FORBIDDEN', `Only its author can ${act} a post`)
      post.closedAt = act === 'close' ? (post.closedAt ?? store.now()) : null
      return postShape(store, post)
    })
  }
  member('POST /posts/:id/watch', created, ({ user, path: { id } }) => {
    store.data.watches.add(`${user.id} ${store.post(id, user.id).id}`)
    return { status: 'watching' }
  })
  member('DELETE /posts/:id/watch', { path }, ({ user, path: { id } }) => {
    store.data.watches.delete(`${user.id} ${store.post(id, user.id).id}`)
    return { status: 'not_watching' }
  })
  member('POST /posts/:id/bookmark', created, ({ user, path: { id } }) => {
    const key = `${user.id} ${store.post(id, user.id).id}`
    if (!store.data.bookmarks.has(key)) store.data.bookmarks.set(key, store.now())
    return { status: 'bookmarked' }
  })
  member('DELETE /posts/:id/bookmark', { path }, ({ user, path: { id } }) => {
    store.data.bookmarks.delete(`${user.id} ${store.post(id, user.id).id}`)
    return { status: 'removed' }
  })
  member('GET /posts/bookmarks/list', { query: z.object(range(20)) }, ({ user, query }) => {
    const ids = subjectsOf(store.data.bookmarks.keys(), user.id).reverse()
    const all = ids.flatMap((id) => store.data.posts.get(id) ?? [])
    return page(all, query, (post) => postShape(store, post))
  })
  /** An account may have one open report of a target. */
  member('POST /reports', { limit: 'report', body: report, status: 201 }, ({ user, body }) => {
    const { target_type: targetType, target_id: targetId, reason } = body
    if (targetType === 'post') store.post(targetId)
    else store.comment(targetId)
    if (store.data.reports.some((one) => one.reporterId === user.id && one.targetId === targetId))
      throw refuse(409, 'CONFLICT', 'You have already reported this')
    const id = store.uuid()
    store.data.reports.push({ id, reporterId: user.id, targetType, targetId, reason })
    const facts = { target_type: targetType, target_id: targetId, reason }
    return { id, ...facts, status: 'pending', created_at: time(store.now()) }
  })
})
