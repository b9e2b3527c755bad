import type { FastifyPluginAsync } from 'fastify'
import { caller, fieldsOf, isTrue, needsProvisioning, page, type RouteOptions, type Symphony, truth, whole } from '../context'
import { noMember } from '../errors'
import type { RoomAttributes, StreamRow, UserRow } from '../model'
import { findRooms } from '../room-search'
import { attributesFrom, newRoom, ownerOnly } from '../rooms'
import { roomDetail, roomProperties, streamShape } from '../shapes'

const MOST_FOUND = 100

interface OneRoom {
  Params: { id: string }
}

/** Creating and searching rooms. */
export const roomRoutes: FastifyPluginAsync<RouteOptions> = async (app, { symphony }) => {
  const { store, feeds } = symphony
  app.post('/v3/room/create', async (request) => {
    const creator = caller(symphony, request)
    const stream = newRoom(store, creator, fieldsOf(request.body))
    store.data.streams.set(stream.id, stream)
    const payload = { roomCreated: { stream: streamShape(stream), roomProperties: roomProperties(store, stream) } }
    feeds.publish({ type: 'ROOMCREATED', by: creator, payload }, stream.members.keys())
    return roomDetail(stream)
  })
  app.post<{ Querystring: { skip?: string; limit?: string; includeNonDiscoverable?: string } }>(
    '/v3/room/search',
    async (request) => {
      const viewer = caller(symphony, request)
      const [skip, limit] = [whole('skip', request.query.skip, 0), whole('limit', request.query.limit, 50, MOST_FOUND)]
      const criteria = fieldsOf(request.body)
      const found = findRooms(store, viewer, criteria, isTrue(request.query.includeNonDiscoverable))
      const facets = found.length > 0 ? [{ facet: 'queryRoomName', count: found.length }] : []
      const rooms = page(found, skip, limit).map(roomDetail)
      return { count: found.length, skip, limit, query: criteria, rooms, facetedMatchCount: facets }
    },
  )
  app.get<OneRoom>('/v3/room/:id/info', async (request) => {
    const viewer = caller(symphony, request)
    const room = store.room(viewer, request.params.id)
    if (!room.members.has(viewer.id) && !room.room.public && !room.room.discoverable) throw noMember()
    return roomDetail(room)
  })
}

/** Changing, deactivating and reactivating rooms. */
export const roomChangeRoutes: FastifyPluginAsync<RouteOptions> = async (app, { symphony }) => {
  const { store, feeds } = symphony
  app.post<OneRoom>('/v3/room/:id/update', async (request) => {
    const owner = caller(symphony, request)
    const room = store.room(owner, request.params.id)
    ownerOnly(owner, room)
    room.room = attributesFrom(store, owner.pod, fieldsOf(request.body), room.room, room.id)
    const payload = { roomUpdated: { stream: streamShape(room), newRoomProperties: roomProperties(store, room) } }
    feeds.publish({ type: 'ROOMUPDATED', by: owner, payload }, room.members.keys())
    return roomDetail(room)
  })
  app.post<OneRoom & { Querystring: { active?: string } }>('/v1/room/:id/setActive', async (request) => {
    const owner = caller(symphony, request)
    const room = store.room(owner, request.params.id)
    ownerOnly(owner, room)
    return setActive(symphony, owner, room, truth('active', request.query.active))
  })
  app.post<OneRoom & { Querystring: { active?: string } }>('/v1/admin/room/:id/setActive', async (request) => {
    const admin = caller(symphony, request)
    needsProvisioning(admin)
    return setActive(symphony, admin, store.room(admin, request.params.id), truth('active', request.query.active))
  })
}

function setActive({ feeds }: Symphony, by: UserRow, room: StreamRow & { room: RoomAttributes }, active: boolean) {
  room.active = active
  const [type, name] = active ? ['ROOMREACTIVATED', 'roomReactivated'] : ['ROOMDEACTIVATED', 'roomDeactivated']
  feeds.publish({ type, by, payload: { [name]: { stream: streamShape(room) } } }, room.members.keys())
  const { public: isPublic, readOnly, copyProtected, crossPod } = room.room
  return { ...roomDetail(room), immutableRoomAttributes: { public: isPublic, readOnly, copyProtected, crossPod } }
}
