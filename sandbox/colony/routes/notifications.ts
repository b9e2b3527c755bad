import { z } from 'zod'
import { bool, int } from '../../kit/fastapi'
import type { NotificationRow } from '../model'
import { id, path, range } from '../parameters'
import { routes } from '../route'
import { time } from '../shapes'
import type { ColonyStore } from '../store'

const listing = z.object({
  ...range(),
  page: int(1, 100_000).optional(),
  unread_only: bool.optional(),
  unread: bool.optional(),
  is_read: bool.optional(),
})
const several = z.object({ ids: z.array(id).min(1).max(100) })

/** Unknown ids and other accounts' ids get the same response as own ones, so that they cannot be probed. */
export const notificationRoutes = routes(({ member }, { store }) => {
  const counted = (userId: string) => {
    const count = unreadNotifications(store, userId)
    return { unread_notifications: count, unread_count: count }
  }
  member('GET /notifications', { query: listing }, ({ user, query }) =>
    page(inbox(store, user.id), query).map((row) => shape(store, row)),
  )
  member('GET /notifications/count', {}, ({ user }) => {
    const count = unreadNotifications(store, user.id)
    return { unread_count: count, unread_notifications: count }
  })
  member('POST /notifications/read-all', { limit: 'readAll' }, ({ user }) => markRead(inbox(store, user.id)))
  member('POST /notifications/read', { limit: 'readOne', body: several }, ({ user, body: { ids } }) => {
    markRead(inbox(store, user.id), ids)
    return counted(user.id)
  })
  member('DELETE /notifications/:id', { limit: 'readOne', path }, ({ user, path: { id: wanted } }) => {
    removeRows(store, user.id, (row) => row.id === wanted)
  })
  member('POST /notifications/delete', { limit: 'readOne', body: several }, ({ user, body: { ids } }) => {
    removeRows(store, user.id, (row) => ids.includes(row.id))
    return counted(user.id)
  })
  member('POST /notifications/delete-read', { limit: 'readAll' }, ({ user }) => ({
    deleted: removeRows(store, user.id, ({ isRead }) => isRead),
  }))
  member('POST /notifications/:id/read', { limit: 'readOne', path }, ({ user, path: { id: wanted } }) =>
    markRead(inbox(store, user.id), [wanted]),
  )
})

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
