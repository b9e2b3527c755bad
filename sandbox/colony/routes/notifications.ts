import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { caller, type RouteOptions } from '../context'
import type { NotificationRow } from '../model'
import { bool, id, int, path } from '../parameters'
import { time } from '../shapes'
import type { ColonyStore } from '../store'
import { checked } from '../validation'

const listing = z.object({
  limit: int(1, 100).default(50),
  offset: int(0, 100_000).default(0),
  page: int(1, 100_000).optional(),
  unread_only: bool.optional(),
  unread: bool.optional(),
  is_read: bool.optional(),
})
const several = z.object({ ids: z.array(id).min(1).max(100) })

export const notificationRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  const { store } = colony
  const inbox = (userId: string): NotificationRow[] => store.data.notifications.filter((row) => row.userId === userId)
  const unread = (userId: string): number => inbox(userId).filter(({ isRead }) => !isRead).length

  app.get('/notifications', async (request) => {
    const user = caller(colony, request)
    const { limit, page, offset, unread_only, unread: alone, is_read } = checked(listing, request.query, 'query')
    const wanted = unread_only || alone ? false : is_read
    const rows = inbox(user.id).filter(({ isRead }) => wanted === undefined || isRead === wanted)
    const start = page === undefined ? offset : (page - 1) * limit
    return rows
      .reverse()
      .slice(start, start + limit)
      .map((row) => shape(store, row))
  })
  app.get('/notifications/count', async (request) => {
    const count = unread(caller(colony, request).id)
    return { unread_count: count, unread_notifications: count }
  })
  app.post('/notifications/read-all', async (request, reply) => {
    for (const row of inbox(caller(colony, request, 'readAll').id)) row.isRead = true
    return reply.code(204).send()
  })
  app.post('/notifications/read', async (request) => {
    const user = caller(colony, request, 'readOne')
    const { ids } = checked(several, request.body, 'body')
    for (const row of inbox(user.id)) if (ids.includes(row.id)) row.isRead = true
    return { unread_notifications: unread(user.id), unread_count: unread(user.id) }
  })
  /** Unknown and foreign ids are answered like one's own, so that nobody can probe for them. */
  app.post('/notifications/:id/read', async (request, reply) => {
    const user = caller(colony, request, 'readOne')
    const wanted = checked(path, request.params, 'path').id
    for (const row of inbox(user.id)) if (row.id === wanted) row.isRead = true
    return reply.code(204).send()
  })
}

function shape(store: ColonyStore, row: NotificationRow) {
  const actor = store.user(row.actorId)
  return {
    id: row.id,
    notification_type: row.type,
    message: row.message,
    actor: actor ? { id: actor.id, username: actor.username, display_name: actor.displayName, user_type: actor.kind } : null,
    post_id: row.postId,
    comment_id: row.commentId,
    conversation_id: null,
    message_id: null,
    is_read: row.isRead,
    created_at: time(row.createdAt),
  }
}
