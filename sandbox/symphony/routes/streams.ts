import { fieldsOf, isTrue, page, pageIn, podRoutes, type Symphony } from '../context'
import { badRequest } from '../errors'
import type { StreamRow, UserRow } from '../model'
import { openStream } from '../rooms'
import { conversationInfo, streamInfo, streamShape } from '../shapes'

/** Direct conversations, and streams of any kind. */
export const streamRoutes = podRoutes({
  'POST /v1/im/create': (call) => ({ id: conversation(call, call.user, participants(call, call.user, call.body)).id }),
  'GET /v1/im/:id/info': ({ store, user, params }) => {
    const stream = store.joinedStream(user, params.id)
    if (stream.type === 'ROOM') throw badRequest(`The stream ${stream.id} is not an instant message`)
    return conversationInfo(stream)
  },
  'GET /v2/streams/:id/info': ({ store, user, params }) => streamInfo(store.joinedStream(user, params.id)),
  'POST /v1/streams/list': ({ store, user, query, body }) => {
    const part = pageIn(query)
    const { streamTypes, includeInactiveStreams } = fieldsOf(body ?? {})
    const types = Array.isArray(streamTypes) ? streamTypes.map((one) => String(one?.type)) : []
    const own = [...store.data.streams.values()].filter(
      ({ type, active, members }) =>
        members.has(user.id) && (types.length === 0 || types.includes(type)) && (active || isTrue(includeInactiveStreams)),
    )
    return page(own, part).map(streamInfo)
  },
})

/** The caller is one of them, listed or not. @throws 400 for an empty list and for unknown ids */
function participants({ store }: Symphony, creator: UserRow, body: unknown): Set<number> {
  if (!Array.isArray(body) || body.length === 0) throw badRequest('At least one user id is required')
  const all = new Set([creator.id, ...body.map((id) => store.existing(creator, id).id)])
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
