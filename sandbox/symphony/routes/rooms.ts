import { fieldsOf, isTrue, needsProvisioning, page, pageIn, podRoutes, type Symphony, truth } from '../context'
import { noMember } from '../errors'
import type { Room, UserRow } from '../model'
import { findRooms } from '../room-search'
import { attributesFrom, newRoom, ownerOnly } from '../rooms'
import { roomDetail, roomProperties, streamShape } from '../shapes'

const MOST_FOUND = 100

export const roomRoutes = podRoutes({
  'POST /v3/room/create': ({ store, feeds, user, body }) => {
    const stream = newRoom(store, user, fieldsOf(body))
    store.data.streams.set(stream.id, stream)
    const payload = { roomCreated: { stream: streamShape(stream), roomProperties: roomProperties(store, stream) } }
    feeds.publish({ type: 'ROOMCREATED', by: user, payload }, stream.members.keys())
    return roomDetail(stream)
  },
  'POST /v3/room/search': ({ store, user, body, query }) => {
    const part = pageIn(query, MOST_FOUND)
    const criteria = fieldsOf(body)
    const found = findRooms(store, user, criteria, isTrue(query.includeNonDiscoverable))
    const facets = found.length > 0 ? [{ facet: 'queryRoomName', count: found.length }] : []
    const rooms = page(found, part).map(roomDetail)
    return { count: found.length, ...part, query: criteria, rooms, facetedMatchCount: facets }
  },
  'GET /v3/room/:id/info': ({ store, user, params }) => {
    const room = store.room(user, params.id)
    if (!room.members.has(user.id) && !room.room.public && !room.room.discoverable) throw noMember()
    return roomDetail(room)
  },
  'POST /v3/room/:id/update': ({ store, feeds, user, params, body }) => {
    const room = store.room(user, params.id)
    ownerOnly(user, room)
    room.room = attributesFrom(store, user.pod, fieldsOf(body), room.room, room.id)
    const payload = { roomUpdated: { stream: streamShape(room), newRoomProperties: roomProperties(store, room) } }
    feeds.publish({ type: 'ROOMUPDATED', by: user, payload }, room.members.keys())
    return roomDetail(room)
  },
  'POST /v1/room/:id/setActive': (call) => {
    const room = call.store.room(call.user, call.params.id)
    ownerOnly(call.user, room)
    return setActive(call, call.user, room, truth('active', call.query.active))
  },
  'POST /v1/admin/room/:id/setActive': (call) => {
    needsProvisioning(call.user)
    return setActive(call, call.user, call.store.room(call.user, call.params.id), truth('active', call.query.active))
  },
})

function setActive({ feeds }: Symphony, by: UserRow, room: Room, active: boolean) {
  room.active = active
  const [type, name] = active ? ['ROOMREACTIVATED', 'roomReactivated'] : ['ROOMDEACTIVATED', 'roomDeactivated']
  feeds.publish({ type, by, payload: { [name]: { stream: streamShape(room) } } }, room.members.keys())
  const { public: isPublic, readOnly, copyProtected, crossPod } = room.room
  return { ...roomDetail(room), immutableRoomAttributes: { public: isPublic, readOnly, copyProtected, crossPod } }
}
