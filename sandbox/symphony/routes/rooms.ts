import { fieldsOf, isTrue, needsProvisioning, page, pageIn, podRoutes, type Symphony, truth } from '../context'
import { badRequest, noMember } from '../errors'
import type { Room, UserRow } from '../model'
import { attributesFrom, newRoom, ownerOnly } from '../rooms'
import { roomDetail, roomProperties, streamShape } from '../shapes'
import { isRoom, type SymphonyStore } from '../store'

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
    room.room = attributesFrom(store, user.pod, fieldsOf(body), room)
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

type Criteria = Readonly<Record<string, unknown>>

/**
 * Rooms of the viewer, active public ones, and discoverable private ones, that match every criterion; best name matches first.
 * @throws 400 without a query, and for an unknown order
 */
function findRooms(store: SymphonyStore, viewer: UserRow, criteria: Criteria, alsoHidden: boolean): Room[] {
  const { query, sortOrder = 'RELEVANCE' } = criteria
  if (typeof query !== 'string' || query.trim() === '') throw badRequest('The "query" is required')
  if (!['BASIC', 'RELEVANCE'].includes(String(sortOrder))) throw badRequest('The "sortOrder" must be BASIC or RELEVANCE')
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return [...store.data.streams.values()]
    .filter(isRoom)
    .filter((room) => room.pod === viewer.pod && isVisible(room, viewer, alsoHidden))
    .filter(({ room }) => words.every((word) => `${room.name} ${room.description}`.toLowerCase().includes(word)))
    .filter((room) => fits(room, criteria))
    .sort((a, b) => distance(a, query) - distance(b, query) || a.createdAt - b.createdAt)
}

function isVisible({ active, room, members }: Room, viewer: UserRow, alsoHidden: boolean): boolean {
  return members.has(viewer.id) || (active && (room.public || room.discoverable || alsoHidden))
}

function distance({ room }: Room, query: string): number {
  const [name, wanted] = [room.name.toLowerCase(), query.toLowerCase()]
  if (name === wanted) return 0
  return name.startsWith(wanted) ? 1 : 2
}

function fits(stream: Room, { labels, active, private: isPrivate, owner, creator, member, subType }: Criteria): boolean {
  const { room, members } = stream
  const keys = room.keywords.flatMap(({ key, value }) => [key, value])
  return (
    (!Array.isArray(labels) || labels.every((label) => keys.includes(String(label)))) &&
    (active === undefined || stream.active === active) &&
    (isPrivate === undefined || !room.public === isPrivate) &&
    (owner === undefined || members.get(idIn(owner))?.owner === true) &&
    (creator === undefined || stream.createdBy === idIn(creator)) &&
    (member === undefined || members.has(idIn(member))) &&
    (subType === undefined || room.subType === subType)
  )
}

function idIn(person: unknown): number {
  return typeof person === 'object' && person !== null && 'id' in person ? Number(person.id) : Number.NaN
}
