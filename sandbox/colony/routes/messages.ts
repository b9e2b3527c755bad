import { z } from 'zod'
import { bool, int } from '../../kit/fastapi'
import { notFound, refuse } from '../errors'
import type { MessageRow, UserRow } from '../model'
import { id, name, path, range } from '../parameters'
import { type Colony, type Routes, routes } from '../route'
import { authorShape, time, trustOf, userShape } from '../shapes'
import type { ColonyStore } from '../store'

const KARMA_TO_WRITE = 5
/** Time during which the sender may edit a message. */
const EDIT_WINDOW = 5 * 60_000
const MOST_TAIL = 200
const WEEK = 7 * 24 * 3_600_000
const PREVIEW = 100

const message = z.object({
  body: z
    .string()
    .min(1)
    .max(10_000)
    // An empty text has a fault of its own already.
    .refine((text) => text === '' || text.trim() !== ''),
  reply_to_message_id: id.nullish(),
})
const listing = z.object({ include_archived: bool.optional(), ...range() })
const tail = z.object({ since_id: id.optional(), limit: int(1, MOST_TAIL).default(50) })
const history = z.object({ before: id, limit: int(1, 500).default(200) })

export const messageRoutes = routes((declare, colony) => {
  const { member } = declare
  const { store } = colony
  const sending = { limit: (user: UserRow) => spend(colony, user), path: name, body: message, status: 201 }
  member('POST /messages/send/:username', sending, ({ user, path: { username }, body }) =>
    shape(store, send(colony, user, store.someone(username), body)),
  )
  member('GET /messages/unread-count', {}, ({ user }) => {
    const unread = unreadMessages(store, user.id)
    return { unread_count: unread, unread_direct_messages: unread }
  })
  conversationRoutes(declare, colony)
  singleRoutes(declare, colony)
})

/** Those of muted conversations are not counted. */
export function unreadMessages({ data }: ColonyStore, userId: string): number {
  const isMuted = (other: string): boolean => (data.muted.get(`${userId} ${other}`) ?? 0) > Date.now()
  return data.messages.filter((one) => one.recipientId === userId && one.readAt === null && !isMuted(one.senderId)).length
}

function conversationRoutes({ member }: Routes, { store }: Colony): void {
  const base = '/messages/conversations'
  member(`GET ${base}`, { query: listing }, ({ user, query: { limit, offset, include_archived } }) => {
    const all = conversations(store, user.id).filter(({ is_archived }) => include_archived === true || !is_archived)
    return all.slice(offset, offset + limit)
  })
  member(`GET ${base}/:username`, { path: name, query: z.object(range(50, 200)) }, ({ user, path: { username }, query }) =>
    exchange(store, user, store.someone(username), query),
  )
  member(`POST ${base}/:username/read`, { path: name }, ({ user, path: { username } }) => ({
    marked_read: markRead(store, user.id, store.someone(username).id),
  }))
  /** An archived conversation is hidden from the list of the account that archived it. */
  for (const isArchived of [true, false]) {
    member(`POST ${base}/:username/${isArchived ? 'archive' : 'unarchive'}`, { path: name }, ({ user, path: { username } }) => {
      const { key, id: conversationOf } = conversation(store, user, username)
      if (isArchived) store.data.archived.add(key)
      else store.data.archived.delete(key)
      return { conversation_id: conversationOf, is_archived: isArchived }
    })
  }
  member(
    `GET ${base}/:username/tail`,
    { path: name, query: tail },
    ({ user, path: { username }, query: { since_id, limit } }) => {
      const all = between(store, user.id, store.someone(username).id)
      const since = all.slice(since_id === undefined ? 0 : indexOf(all, since_id) + 1)
      return { messages: shapes(store, since.slice(-limit).reverse()) }
    },
  )
  member(`GET ${base}/:username/history`, { path: name, query: history }, ({ user, path: { username }, query }) => {
    const all = between(store, user.id, store.someone(username).id)
    return { messages: shapes(store, all.slice(0, indexOf(all, query.before)).slice(-query.limit)) }
  })
}

function indexOf(all: readonly MessageRow[], wanted: string): number {
  const found = all.findIndex((one) => one.id === wanted)
  if (found === -1) throw notFound('Message')
  return found
}

/** @throws 404 for an unknown account, the own one, and one without a conversation */
export function conversation(store: ColonyStore, user: UserRow, username: string): { key: string; id: string } {
  const other = store.someone(username)
  if (between(store, user.id, other.id).length === 0) throw notFound('Conversation')
  return { key: `${user.id} ${other.id}`, id: conversationId(user.id, other.id) }
}

/** One message: its text can be edited by its sender, and a deleted one stays as a tombstone. */
function singleRoutes({ member }: Routes, { store }: Colony): void {
  member(
    'PATCH /messages/:id',
    { path, body: message.pick({ body: true }) },
    ({ user, path: { id: wanted }, body: { body } }) => {
      const one = ownMessage(store, user, wanted, 'edit')
      if (Date.now() - one.createdAt > EDIT_WINDOW) throw refuse(403, 'FORBIDDEN', 'Messages can be edited for 5 minutes only')
      const editedAt = store.now()
      one.versions.push({ body: one.body, at: one.editedAt ?? one.createdAt })
      return shape(store, Object.assign(one, { body, editedAt }))
    },
  )
  member('GET /messages/:id/edits', { path }, ({ user, path: { id: wanted } }) => {
    const one = visibleMessage(store, user, wanted)
    const all = [...one.versions, { body: one.body, at: one.editedAt ?? one.createdAt }]
    const versions = all.map(({ body, at }, index) => {
      return { body, created_at: time(at), at: time(at), is_current: index === all.length - 1 }
    })
    return { message_id: one.id, versions: versions.reverse() }
  })
  member('DELETE /messages/:id', { path }, ({ user, path: { id: wanted } }) => {
    const one = ownMessage(store, user, wanted, 'delete')
    Object.assign(one, { body: '', isDeleted: true })
    return { deleted: true, message_id: one.id }
  })
  member('POST /messages/:id/read', { path }, ({ user, path: { id: wanted } }) => {
    const one = visibleMessage(store, user, wanted)
    const wasUnread = one.recipientId === user.id && one.readAt === null
    if (wasUnread) one.readAt = store.now()
    return { message_id: one.id, was_unread: wasUnread, read_at: time(one.readAt) }
  })
}

/** @throws 404 for a message that does not exist, or that the account neither sent nor received */
export function visibleMessage(store: ColonyStore, user: UserRow, wanted: string): MessageRow {
  const found = store.data.messages.find((one) => one.id === wanted)
  if (!found || ![found.senderId, found.recipientId].includes(user.id)) throw notFound('Message')
  return found
}

/** @throws 403 for the recipient */
function ownMessage(store: ColonyStore, user: UserRow, wanted: string, act: string): MessageRow {
  const found = visibleMessage(store, user, wanted)
  if (found.isDeleted) throw notFound('Message')
  if (found.senderId !== user.id) throw refuse(403, 'FORBIDDEN', `You can only ${act} your own messages`)
  return found
}

/** Limits per hour and per day, lower in an account's first week. */
function spend({ limits }: Colony, { id: userId, karma, isNewcomer, createdAt }: UserRow): void {
  const multiplier = trustOf(karma)?.rate_multiplier
  limits.spend('messageOfDay', userId, multiplier)
  if (isNewcomer && Date.now() - createdAt < WEEK) limits.spend('messageOfNewcomer', userId)
  limits.spend('message', userId, multiplier)
}

function send({ store, webhooks }: Colony, sender: UserRow, recipient: UserRow, fields: z.infer<typeof message>): MessageRow {
  if (sender.karma < KARMA_TO_WRITE) {
    throw refuse(403, 'KARMA_TOO_LOW', `You need at least ${KARMA_TO_WRITE} karma to send direct messages`)
  }
  if (recipient.id === sender.id) throw refuse(400, 'INVALID_INPUT', 'You cannot message yourself')
  if (store.data.blocks.has(`${recipient.id} ${sender.id}`)) throw refuse(403, 'FORBIDDEN', 'This account has blocked you')
  const who = { senderId: sender.id, recipientId: recipient.id }
  const replyTo = fields.reply_to_message_id ?? null
  if (replyTo !== null && !between(store, sender.id, recipient.id).some((one) => one.id === replyTo)) throw notFound('Message')
  const untouched = { readAt: null, editedAt: null, isDeleted: false, versions: [], reactions: [] }
  const sent: MessageRow = { id: store.uuid(), ...who, body: fields.body, replyTo, ...untouched, createdAt: store.now() }
  store.data.messages.push(sent)
  webhooks.publish('direct_message', { sender: sender.username, sender_display_name: sender.displayName }, [recipient.id])
  return sent
}

function exchange(store: ColonyStore, reader: UserRow, other: UserRow, { limit, offset }: { limit: number; offset: number }) {
  markRead(store, reader.id, other.id)
  const all = between(store, reader.id, other.id)
  const end = Math.max(0, all.length - offset)
  const messages = shapes(store, all.slice(Math.max(0, end - limit), end))
  return { id: all.length > 0 ? conversationId(reader.id, other.id) : null, other_user: userShape(other), messages }
}

function between(store: ColonyStore, one: string, other: string): MessageRow[] {
  const pair = [one, other]
  return store.data.messages.filter(
    ({ senderId, recipientId }) => pair.includes(senderId) && pair.includes(recipientId) && senderId !== recipientId,
  )
}

/** Only reading marks messages as read; sending does not. */
function markRead(store: ColonyStore, reader: string, writer: string): number {
  const unread = unreadFrom(store, reader, writer)
  for (const one of unread) one.readAt = store.now()
  return unread.length
}

function unreadFrom(store: ColonyStore, reader: string, writer: string): MessageRow[] {
  return between(store, reader, writer).filter(({ recipientId, readAt }) => recipientId === reader && readAt === null)
}

/** The same id for both accounts, made of half of each account's id. */
function conversationId(one: string, other: string): string {
  const [low = '', high = ''] = [one, other].sort()
  return `${low.slice(0, 8)}-${high.slice(0, 4)}-4${low.slice(15, 18)}-8${high.slice(20, 23)}-${high.slice(24)}`
}

function conversations(store: ColonyStore, user: string) {
  const latest = new Map<string, MessageRow>()
  for (const one of store.data.messages) {
    if (one.senderId === user) latest.set(one.recipientId, one)
    else if (one.recipientId === user) latest.set(one.senderId, one)
  }
  return [...latest]
    .filter(([otherId]) => !store.data.spam.has(`${user} ${otherId}`))
    .sort(([, a], [, b]) => b.createdAt - a.createdAt)
    .flatMap(([otherId, last]) => {
      const other = store.user(otherId)
      if (!other) return []
      return {
        id: conversationId(user, otherId),
        other_user: userShape(other),
        last_message_at: time(last.createdAt),
        unread_count: unreadFrom(store, user, otherId).length,
        last_message_preview: preview(last.body),
        is_archived: store.data.archived.has(`${user} ${otherId}`),
      }
    })
}

/** Does not split a character. */
function preview(body: string): string {
  return [...body].slice(0, PREVIEW).join('')
}

const shapes = (store: ColonyStore, rows: readonly MessageRow[]) => rows.map((row) => shape(store, row))

function shape(store: ColonyStore, row: MessageRow) {
  return {
    id: row.id,
    conversation_id: conversationId(row.senderId, row.recipientId),
    sender: authorShape(store, row.senderId),
    body: row.body,
    is_read: row.readAt !== null,
    read_at: time(row.readAt),
    edited_at: time(row.editedAt),
    reactions: row.reactions.map((one) => reactionShape(store, one)),
    reply_to: quoted(store, row.replyTo),
    attachments: [],
    is_deleted: row.isDeleted,
    created_at: time(row.createdAt),
  }
}

export function reactionShape(store: ColonyStore, { emoji, userId, at }: MessageRow['reactions'][number]) {
  return { emoji, user_id: userId, username: store.user(userId)?.username ?? '', created_at: time(at) }
}

function quoted(store: ColonyStore, wanted: string | null) {
  const found = store.data.messages.find((one) => one.id === wanted)
  if (!found) return null
  return {
    id: found.id,
    sender_id: found.senderId,
    sender_username: store.user(found.senderId)?.username ?? '',
    body_preview: preview(found.body),
    deleted: found.isDeleted,
  }
}
