import { Readable } from 'node:stream'
import type { FastifyPluginAsync } from 'fastify'
import { agentCaller, caller, isTrue, needs, page, type RouteOptions, type Symphony, whole } from '../context'
import { badRequest, forbidden } from '../errors'
import { draftFrom } from '../form'
import type { MessageRow, StreamRow, UserRow } from '../model'
import { post } from '../posting'
import { messageShape, streamShape } from '../shapes'
import { isShown } from '../store'

const MOST_MESSAGES = 500

interface Place {
  Params: { sid: string }
}

interface Window {
  since?: string
  until?: string
  skip?: string
  limit?: string
}

/** Sending and changing messages. */
export const writingRoutes: FastifyPluginAsync<RouteOptions> = async (app, { symphony }) => {
  const { store } = symphony
  app.post<Place>('/v4/stream/:sid/message/create', async (request) => {
    const author = agentCaller(symphony, request)
    const draft = draftFrom(request)
    return messageShape(store, post(symphony, author, store.stream(author, request.params.sid), draft))
  })
  app.post<{ Params: { sid: string; mid: string }; Querystring: { silent?: string } }>(
    '/v4/stream/:sid/message/:mid/update',
    async (request) => {
      const author = agentCaller(symphony, request)
      const draft = draftFrom(request)
      const stream = store.stream(author, request.params.sid)
      const old = changeable(symphony, author, stream, request.params.mid)
      const silent = request.query.silent === undefined || isTrue(request.query.silent)
      return messageShape(store, post(symphony, author, stream, draft, { old, silent }))
    },
  )
}

/** Reading messages and their attachments. */
export const readingRoutes: FastifyPluginAsync<RouteOptions> = async (app, { symphony }) => {
  const { store } = symphony
  app.get<Place & { Querystring: Window }>('/v4/stream/:sid/message', async (request, reply) => {
    const viewer = agentCaller(symphony, request)
    const stream = store.stream(viewer, request.params.sid)
    store.joined(viewer, stream)
    const found = history(symphony, viewer, stream, request.query)
    return found.length > 0 ? found.map((message) => messageShape(store, message)) : reply.code(204).send()
  })
  app.get<{ Params: { id: string } }>('/v1/message/:id', async (request, reply) => {
    const viewer = agentCaller(symphony, request)
    const message = store.message(viewer, request.params.id)
    if (!message || message.suppressedAt !== null) return reply.code(204).send()
    const stream = store.stream(viewer, message.streamId)
    store.joined(viewer, stream)
    return message.at >= store.seesFrom(viewer, stream) ? messageShape(store, message) : reply.code(204).send()
  })
  app.get<Place & { Querystring: { fileId?: string; messageId?: string } }>(
    '/v1/stream/:sid/attachment',
    async (request, reply) => {
      const viewer = agentCaller(symphony, request)
      const stream = store.stream(viewer, request.params.sid)
      store.joined(viewer, stream)
      const { fileId = '', messageId = '' } = request.query
      const file = store.data.attachments.get(fileId)
      if (file?.streamId !== stream.id || file.messageId !== messageId) throw badRequest('Could not find the attachment')
      const size = 4 * Math.ceil(file.bytes.length / 3)
      return reply
        .type('application/octet-stream')
        .header('content-length', size)
        .send(Readable.from(base64Of(file.bytes)))
    },
  )
}

/** In parts, because a file may have 30 MB; their length is a multiple of three bytes, so that only the last one is padded. */
function* base64Of({ buffer, byteOffset, length }: Uint8Array): Generator<string> {
  for (let at = 0; at < length; at += SLICE)
    yield Buffer.from(buffer, byteOffset + at, Math.min(SLICE, length - at)).toString('base64')
}

const SLICE = 96 * 1024

/** @throws 400 for a message that does not exist, 403 for another author's or without the entitlement */
function changeable({ store }: Symphony, author: UserRow, stream: StreamRow, id: string): MessageRow {
  const message = store.data.messages.get(id)
  if (message?.streamId !== stream.id || !isShown(message)) throw badRequest(`Could not find the message ${id}`)
  needs(author, 'canUpdateMessage')
  if (message.authorId !== author.id) throw forbidden('Only the author may update a message')
  return message
}

/** Newest first. */
function history({ store }: Symphony, viewer: UserRow, stream: StreamRow, query: Window): MessageRow[] {
  if (query.since === undefined || query.since === '') throw badRequest('The parameter "since" is required')
  const [since, until] = [whole('since', query.since, 0), whole('until', query.until, Number.MAX_SAFE_INTEGER)]
  const [skip, limit] = [whole('skip', query.skip, 0), whole('limit', query.limit, 50, MOST_MESSAGES)]
  const from = Math.max(since, store.seesFrom(viewer, stream))
  const all = store.shownIn(stream.id).filter(({ at }) => at >= from && at <= until)
  return page(all.reverse(), skip, limit)
}

/** Suppressing one's own messages. */
export const suppressionRoutes: FastifyPluginAsync<RouteOptions> = async (app, { symphony }) => {
  const { store, feeds } = symphony
  app.post<{ Params: { id: string } }>('/v1/admin/messagesuppression/:id/suppress', async (request) => {
    const user = caller(symphony, request)
    const message = store.message(user, request.params.id)
    if (!message) throw badRequest(`Could not find the message ${request.params.id}`)
    if (message.authorId !== user.id && !user.roles.includes('CONTENT_MANAGEMENT'))
      throw forbidden('Only the author or a content manager may suppress a message')
    if (message.suppressedAt !== null) return { messageId: message.id, suppressed: true, suppressionDate: 0 }
    message.suppressedAt = store.now()
    const stream = store.stream(user, message.streamId)
    const payload = { messageSuppressed: { messageId: message.id, stream: streamShape(stream) } }
    feeds.publish({ type: 'MESSAGESUPPRESSED', by: user, payload, messageId: message.id }, stream.members.keys())
    return { messageId: message.id, suppressed: true, suppressionDate: message.suppressedAt }
  })
}
