import { Readable } from 'node:stream'
import { agentRoutes, isTrue, needs, page, pageIn, podRoutes, type Query, type Symphony, whole } from '../context'
import { badRequest, forbidden } from '../errors'
import type { MessageRow, StreamRow, UserRow } from '../model'
import { draftFrom, post } from '../posting'
import { messageShape, messagesShape, streamShape } from '../shapes'
import { isShown } from '../store'

const MOST_MESSAGES = 500
/** A multiple of three bytes, so that only the last part of a file in base64 is padded. */
const SLICE = 96 * 1024

/** Sending, changing and reading messages and their attachments. */
export const messageRoutes = agentRoutes({
  'POST /v4/stream/:sid/message/create': (call) => {
    const { store, user, params, request } = call
    const draft = draftFrom(request)
    return messageShape(store, post(call, user, store.stream(user, params.sid), draft))
  },
  'POST /v4/stream/:sid/message/:mid/update': (call) => {
    const { store, user, params, query, request } = call
    const draft = draftFrom(request)
    const stream = store.stream(user, params.sid)
    const old = changeable(call, user, stream, params.mid)
    const silent = query.silent === undefined || isTrue(query.silent)
    return messageShape(store, post(call, user, stream, draft, { old, silent }))
  },
  'GET /v4/stream/:sid/message': (call) => {
    const stream = call.store.joinedStream(call.user, call.params.sid)
    return messagesShape(call.store, history(call, call.user, stream, call.query))
  },
  'GET /v1/message/:id': ({ store, user, params }) => {
    const message = store.message(user, params.id)
    if (!message || message.suppressedAt !== null) return undefined
    const stream = store.joinedStream(user, message.streamId)
    return message.at >= store.seesFrom(user, stream) ? messageShape(store, message) : undefined
  },
  'GET /v1/stream/:sid/attachment': ({ store, user, params, query, reply }) => {
    const stream = store.joinedStream(user, params.sid)
    const { fileId = '', messageId = '' } = query
    const file = store.data.attachments.get(fileId)
    if (file?.streamId !== stream.id || file.messageId !== messageId) throw badRequest('Could not find the attachment')
    return reply
      .type('application/octet-stream')
      .header('content-length', 4 * Math.ceil(file.bytes.length / 3))
      .send(Readable.from(base64Of(file.bytes)))
  },
})

/** In parts, because a file may have 30 MB. */
function* base64Of({ buffer, byteOffset, length }: Uint8Array): Generator<string> {
  for (let at = 0; at < length; at += SLICE)
    yield Buffer.from(buffer, byteOffset + at, Math.min(SLICE, length - at)).toString('base64')
}

/** Suppressing one's own messages. */
export const suppressionRoutes = podRoutes({
  'POST /v1/admin/messagesuppression/:id/suppress': ({ store, feeds, user, params }) => {
    const message = store.message(user, params.id)
    if (!message) throw badRequest(`Could not find the message ${params.id}`)
    if (message.authorId !== user.id && !user.roles.includes('CONTENT_MANAGEMENT'))
      throw forbidden('Only the author or a content manager may suppress a message')
    if (message.suppressedAt !== null) return { messageId: message.id, suppressed: true, suppressionDate: 0 }
    message.suppressedAt = store.now()
    const stream = store.stream(user, message.streamId)
    const payload = { messageSuppressed: { messageId: message.id, stream: streamShape(stream) } }
    feeds.publish({ type: 'MESSAGESUPPRESSED', by: user, payload, messageId: message.id }, stream.members.keys())
    return { messageId: message.id, suppressed: true, suppressionDate: message.suppressedAt }
  },
})

/** @throws 400 for a message that does not exist, 403 for another author's or without the entitlement */
function changeable({ store }: Symphony, author: UserRow, stream: StreamRow, id: string): MessageRow {
  const message = store.data.messages.get(id)
  if (message?.streamId !== stream.id || !isShown(message)) throw badRequest(`Could not find the message ${id}`)
  needs(author, 'canUpdateMessage')
  if (message.authorId !== author.id) throw forbidden('Only the author may update a message')
  return message
}

/** Newest first. */
function history({ store }: Symphony, viewer: UserRow, stream: StreamRow, query: Query): MessageRow[] {
  if (query.since === undefined || query.since === '') throw badRequest('The parameter "since" is required')
  const [since, until] = [whole('since', query.since, 0), whole('until', query.until, Number.MAX_SAFE_INTEGER)]
  const part = pageIn(query, MOST_MESSAGES)
  const from = Math.max(since, store.seesFrom(viewer, stream))
  const all = store.shownIn(stream.id).filter(({ at }) => at >= from && at <= until)
  return page(all.reverse(), part)
}
