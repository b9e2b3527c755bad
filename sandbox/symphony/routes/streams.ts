import type { FastifyPluginAsync } from 'fastify'
import { caller, fieldsOf, isTrue, page, type RouteOptions, type Symphony, whole } from '../context'
import { badRequest, noMember } from '../errors'
import type { StreamRow, UserRow } from '../model'
import { openStream } from '../rooms'
import { conversationInfo, streamInfo, streamShape } from '../shapes'

interface OneStream {
  Params: { id: string }
}

/** Direct conversations, and streams of any kind. */
export const streamRoutes: FastifyPluginAsync<RouteOptions> = async (app, { symphony }) => {
  const { store } = symphony
  app.post('/v1/im/create', async (request) => {
    const creator = caller(symphony, request)
    return { id: conversation(symphony, creator, participants(symphony, creator, request.body)).id }
  })
  app.get<OneStream>('/v1/im/:id/info', async (request) => {
    const stream = visible(symphony, caller(symphony, request), request.params.id)
    if (stream.type === 'ROOM') throw badRequest(`The stream ${stream.id} is not an instant message`)
    return conversationInfo(stream)
  })
  app.get<OneStream>('/v2/streams/:id/info', async (request) => {
    return streamInfo(visible(symphony, caller(symphony, request), request.params.id))
  })
  app.post<{ Querystring: { skip?: string; limit?: string } }>('/v1/streams/list', async (request) => {
    const viewer = caller(symphony, request)
    const [skip, limit] = [whole('skip', request.query.skip, 0), whole('limit', request.query.limit, 50)]
    const { streamTypes, includeInactiveStreams } = fieldsOf(request.body ?? {})
    const types = Array.isArray(streamTypes) ? streamTypes.map((one) => String(one?.type)) : []
    const own = [...store.data.streams.values()].filter(
      ({ type, active, members }) =>
        members.has(viewer.id) && (types.length === 0 || types.includes(type)) && (active || isTrue(includeInactiveStreams)),
    )
    return page(own, skip, limit).map(streamInfo)
  })
}

function visible({ store }: Symphony, viewer: UserRow, id: string): StreamRow {
  const stream = store.stream(viewer, id)
  if (!stream.members.has(viewer.id) && !stream.room?.public) throw noMember()
  return stream
}

/** The caller is one of them, listed or not. @throws 400 for an empty list and for unknown ids */
function participants({ store }: Symphony, creator: UserRow, body: unknown): Set<number> {
  if (!Array.isArray(body) || body.length === 0) throw badRequest('At least one user id is required')
  const ids = body.map((id) => {
    const user = store.someone(creator, id)
    if (!user) throw badRequest(`No user has the id ${String(id)}`)
    return user.id
  })
  const all = new Set([creator.id, ...ids])
  if (all.size < 2) throw badRequest('A conversation needs another member')
  return all
}

/** The conversation of exactly these people: the existing one, or a new one. */
function conversation({ store, feeds }: Symphony, creator: UserRow, people: Set<number>): StreamRow {
  const known = [...store.data.streams.values()].find(
    ({ room, members }) => !room && members.size === people.size && [...people].every((id) => members.has(id)),
  )
  if (known) return known
  const stream = openStream(store, creator, people.size === 2 ? 'IM' : 'MIM', people)
  store.data.streams.set(stream.id, stream)
  const payload = { instantMessageCreated: { stream: streamShape(stream) } }
  feeds.publish({ type: 'INSTANTMESSAGECREATED', by: creator, payload }, people)
  return stream
}
