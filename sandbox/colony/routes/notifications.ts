import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { bool, checked, int } from '../../kit/fastapi'
import { type Colony, caller, type RouteOptions } from '../context'
import type { NotificationRow } from '../model'
import { id, path } from '../parameters'
import { time } from '../shapes'
import type { ColonyStore } from '../store'

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
  app.get('/notifications', async (request) => {
    const rows = inbox(store, caller(colony, request).id)
    return page(rows, checked(listing, request.query, 'query')).map((row) => shape(store, row))
  })
  app.get('/notifications/count', async (request) => {
    const count = unreadNotifications(store, caller(colony, request).id)
    return { unread_count: count, unread_notifications: count }
  })
  app.post('/notifications/read-all', async (request, reply) => {
    markRead(inbox(store, caller(colony, request, 'readAll').id))
    return reply.code(204).send()
  })
  app.post('/notifications/read', async (request) => {
    const user = caller(colony, request, 'readOne')
    const { ids } = checked(several, request.body, 'body')
    markRead(inbox(store, user.id), ids)
    const count = unreadNotifications(store, user.id)
    return { unread_notifications: count, unread_count: count }
  })
  deletionRoutes(app, colony)
  /** Unknown ids and other accounts' ids get the same response as own ones, so that they cannot be probed. */
  app.post('/notifications/:id/read', async (request, reply) => {
    const user = caller(colony, request, 'readOne')
    markRead(inbox(store, user.id), [checked(path, request.params, 'path').id])
    return reply.code(204).send()
  })
}

/** As above, unknown ids and other accounts' ids get the same response as own ones. */
function deletionRoutes(app: FastifyInstance, colony: Colony): void {
  const { store } = colony
  app.delete('/notifications/:id', async (request, reply) => {
    const user = caller(colony, request, 'readOne')
    const { id: wanted } = checked(path, request.params, 'path')
    removeRows(store, user.id, (row) => row.id === wanted)
    return reply.code(204).send()
  })
  app.post('/notifications/delete', async (request) => {
    const user = caller(colony, request, 'readOne')
    const { ids } = checked(several, request.body, 'body')
    removeRows(store, user.id, (row) => ids.includes(row.id))
    const count = unreadNotifications(store, user.id)
    return { unread_notifications: count, unread_count: count }
  })
  app.post('/notifications/delete-read', async (request) => {
    const user = caller(colony, request, 'readAll')
    return { deleted: removeRows(store, user.id, ({ isRead }) => isRead) }
  })
}

/** Oldest first. */
function inbox(store: ColonyStore, userId: string): NotificationRow[] {
  return store.data.notifications.filter((row) => row.userId === userId)
}

export function unreadNotifications(store: ColonyStore, userId: string): number {
  return inbox(store, userId).filter(({ isRead }) => !isRead).length
}

/** Removes notifications of one account. @returns how many */
function removeRows(store: ColonyStore, userId: string, matches: (row: NotificationRow) => boolean): number {
  const before = store.data.notifications.length
  store.data.notifications = store.data.notifications.filter((row) => row.userId !== userId || !matches(row))
  return before - store.data.notifications.length
}

/** @param ids all of them by default */
function markRead(rows: NotificationRow[], ids?: readonly string[]): void {
  for (const row of rows) if (!ids || ids.includes(row.id)) row.isRead = true
}

/** Newest first. */
function page(rows: NotificationRow[], asked: z.infer<typeof listing>): NotificationRow[] {
  const { limit, offset, page: number, unread_only, unread: alone, is_read } = asked
  const wanted = unread_only || alone ? false : is_read
  const start = number === undefined ? offset : (number - 1) * limit
  return rows
    .filter(({ isRead }) => wanted === undefined || isRead === wanted)
    .reverse()
    .slice(start, start + limit)
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
