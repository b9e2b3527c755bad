import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { bool, checked, int } from '../../kit/fastapi'
import { type Colony, caller, type RouteOptions } from '../context'
import { notFound, refuse } from '../errors'
import type { MessageRow, UserRow } from '../model'
import { id, name, path } from '../parameters'
import { time, trustOf, userShape } from '../shapes'
import type { ColonyStore } from '../store'

const KARMA_TO_WRITE = 5
/** Time during which the sender may edit a message. */
const EDIT_WINDOW = 5 * 60_000
const MOST_TAIL = 200
const UNTOUCHED = { readAt: null, editedAt: null, isDeleted: false }

const message = z.object({
  body: z
    .string()
    .min(1)
    .max(10_000)
    // An empty text has a fault of its own already.
    .refine((text) => text === '' || text.trim() !== ''),
  reply_to_message_id: id.nullish(),
})
const WEEK = 7 * 24 * 3_600_000
const PREVIEW = 100
const rows = z.object({
  include_archived: bool.optional(),
  limit: int(1, 100).default(50),
  offset: int(0, 100_000).default(0),
})
const detail = z.object({ limit: int(1, 200).default(50), offset: int(0, 100_000).default(0) })

export const messageRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  const { store } = colony
  app.post('/messages/send/:username', async (request, reply) => {
    const sender = caller(colony, request)
    spend(colony, sender)
    const { username } = checked(name, request.params, 'path')
    const fields = checked(message, request.body, 'body')
    const recipient = store.someone(username)
    return reply.code(201).send(shape(store, send(colony, sender, recipient, fields)))
  })
  app.get('/messages/conversations', async (request) => {
    const user = caller(colony, request)
    const { limit, offset, include_archived } = checked(rows, request.query, 'query')
    const all = conversations(store, user.id).filter(({ is_archived }) => include_archived === true || !is_archived)
    return all.slice(offset, offset + limit)
  })
  app.get('/messages/conversations/:username', async (request) => {
    const user = caller(colony, request)
    const page = checked(detail, request.query, 'query')
    return exchange(store, user, store.someone(checked(name, request.params, 'path').username), page)
  })
  app.get('/messages/unread-count', async (request) => {
    const unread = unreadMessages(store, caller(colony, request).id)
    return { unread_count: unread, unread_direct_messages: unread }
  })
  app.post('/messages/conversations/:username/read', async (request) => {
    const user = caller(colony, request)
    return { marked_read: markRead(store, user.id, store.someone(checked(name, request.params, 'path').username).id) }
  })
  archiveRoutes(app, colony)
  singleRoutes(app, colony)
}

/** Those of muted conversations are not counted. */
export function unreadMessages({ data }: ColonyStore, userId: string): number {
  const isMuted = (other: string): boolean => (data.muted.get(`${userId} ${other}`) ?? 0) > Date.now()
  return data.messages.filter((one) => one.recipientId === userId && one.readAt === null && !isMuted(one.senderId)).length
}

const tail = z.object({ since_id: id.optional(), limit: int(1, MOST_TAIL).default(50) })
const history = z.object({ before: id, limit: int(1, 500).default(200) })

/** An archived conversation is hidden from the list of the account that archived it. */
function archiveRoutes(app: FastifyInstance, colony: Colony): void {
  const { store } = colony
  for (const isArchived of [true, false]) {
    app.post(`/messages/conversations/:username/${isArchived ? 'archive' : 'unarchive'}`, async (request) => {
      const user = caller(colony, request)
      const other = store.someone(checked(name, request.params, 'path').username)
      if (between(store, user.id, other.id).length === 0) throw notFound('Conversation')
      const key = `${user.id} ${other.id}`
      if (isArchived) store.data.archived.add(key)
      else store.data.archived.delete(key)
      return { conversation_id: conversationId(user.id, other.id), is_archived: isArchived }
    })
  }
  app.get('/messages/conversations/:username/tail', async (request) => {
    const user = caller(colony, request)
    const { since_id, limit } = checked(tail, request.query, 'query')
    const all = between(store, user.id, store.someone(checked(name, request.params, 'path').username).id)
    const since = since_id === undefined ? -1 : indexOf(all, since_id)
    return {
      messages: all
        .slice(since + 1)
        .slice(-limit)
        .reverse()
        .map((one) => shape(store, one)),
    }
  })
  app.get('/messages/conversations/:username/history', async (request) => {
    const user = caller(colony, request)
    const { before, limit } = checked(history, request.query, 'query')
    const all = between(store, user.id, store.someone(checked(name, request.params, 'path').username).id)
    return {
      messages: all
        .slice(0, indexOf(all, before))
        .slice(-limit)
        .map((one) => shape(store, one)),
    }
  })
}

function indexOf(all: readonly MessageRow[], wanted: string): number {
  const found = all.findIndex((one) => one.id === wanted)
  if (found === -1) throw notFound('Message')
  return found
}

const edit = message.pick({ body: true })

/** One message: its text can be edited by its sender, and a deleted one stays as a tombstone. */
function singleRoutes(app: FastifyInstance, colony: Colony): void {
  const { store } = colony
  app.patch('/messages/:id', async (request) => {
    const user = caller(colony, request)
    const one = ownMessage(store, user, checked(path, request.params, 'path').id, 'edit')
    const { body } = checked(edit, request.body, 'body')
    if (Date.now() - one.createdAt > EDIT_WINDOW) throw refuse(403, 'FORBIDDEN', 'Messages can be edited for 5 minutes only')
    const at = store.now()
    one.versions.push({ body: one.body, at: one.editedAt ?? one.createdAt })
    return shape(store, Object.assign(one, { body, editedAt: at }))
  })
  app.get('/messages/:id/edits', async (request) => {
    const one = visibleMessage(store, caller(colony, request), checked(path, request.params, 'path').id)
    const all = [...one.versions, { body: one.body, at: one.editedAt ?? one.createdAt }]
    const versions = all.map(({ body, at }, index) => {
      return { body, created_at: time(at), at: time(at), is_current: index === all.length - 1 }
    })
    return { message_id: one.id, versions: versions.reverse() }
  })
  app.delete('/messages/:id', async (request) => {
    const one = ownMessage(store, caller(colony, request), checked(path, request.params, 'path').id, 'delete')
    Object.assign(one, { body: '', isDeleted: true })
    return { deleted: true, message_id: one.id }
  })
  app.post('/messages/:id/read', async (request) => {
    const user = caller(colony, request)
    const one = visibleMessage(store, user, checked(path, request.params, 'path').id)
    const wasUnread = one.recipientId === user.id && one.readAt === null
    if (wasUnread) one.readAt = store.now()
    return { message_id: one.id, was_unread: wasUnread, read_at: one.readAt === null ? null : time(one.readAt) }
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
  const sent: MessageRow = {
    id: store.uuid(),
    ...who,
    body: fields.body,
    replyTo,
    ...UNTOUCHED,
    versions: [],
    reactions: [],
    createdAt: store.now(),
  }
  store.data.messages.push(sent)
  webhooks.publish('direct_message', { sender: sender.username, sender_display_name: sender.displayName }, [recipient.id])
  return sent
}

function exchange(store: ColonyStore, reader: UserRow, other: UserRow, { limit, offset }: { limit: number; offset: number }) {
  markRead(store, reader.id, other.id)
  const all = between(store, reader.id, other.id)
  const end = Math.max(0, all.length - offset)
  const messages = all.slice(Math.max(0, end - limit), end).map((one) => shape(store, one))
  return { id: all.length > 0 ? conversationId(reader.id, other.id) : null, other_user: userShape(other), messages }
}

export function between(store: ColonyStore, one: string, other: string): MessageRow[] {
  const pair = [one, other]
  return store.data.messages.filter(
    ({ senderId, recipientId }) => pair.includes(senderId) && pair.includes(recipientId) && senderId !== recipientId,
  )
}

/** Only reading marks messages as read; sending does not. */
function markRead(store: ColonyStore, reader: string, writer: string): number {
  const unread = between(store, reader, writer).filter(({ recipientId, readAt }) => recipientId === reader && readAt === null)
  for (const one of unread) one.readAt = store.now()
  return unread.length
}

/** The same id for both accounts, made of half of each account's id. */
export function conversationId(one: string, other: string): string {
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
      const unread = between(store, user, otherId).filter(
        ({ recipientId, readAt }) => recipientId === user && readAt === null,
      ).length
      const row = {
        unread_count: unread,
        last_message_preview: preview(last.body),
        is_archived: store.data.archived.has(`${user} ${otherId}`),
      }
      return other
        ? [{ id: conversationId(user, otherId), other_user: userShape(other), last_message_at: time(last.createdAt), ...row }]
        : []
    })
}

/** Does not split a character. */
function preview(body: string): string {
  return [...body].slice(0, PREVIEW).join('')
}

function shape(store: ColonyStore, row: MessageRow) {
  const { id, senderId, recipientId, body, replyTo, readAt, editedAt, createdAt } = row
  const sender = store.user(senderId)
  return {
    id,
    conversation_id: conversationId(senderId, recipientId),
    sender: sender ? userShape(sender) : null,
    body,
    is_read: readAt !== null,
    read_at: readAt === null ? null : time(readAt),
    edited_at: editedAt === null ? null : time(editedAt),
    reactions: row.reactions.map((one) => reactionShape(store, one)),
    reply_to: quoted(store, replyTo),
    attachments: [],
    is_deleted: row.isDeleted,
    created_at: time(createdAt),
  }
}

export function reactionShape(store: ColonyStore, { emoji, userId, at }: MessageRow['reactions'][number]) {
  return { emoji, user_id: userId, username: store.user(userId)?.username ?? '', created_at: time(at) }
}

function quoted(store: ColonyStore, id: string | null) {
  const answered = id === null ? undefined : store.data.messages.find((one) => one.id === id)
  if (!answered) return null
  const { senderId, body } = answered
  return {
    id: answered.id,
    sender_id: senderId,
    sender_username: store.user(senderId)?.username ?? '',
    body_preview: preview(body),
    deleted: answered.isDeleted,
  }
}
