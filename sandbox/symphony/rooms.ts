import { z } from 'zod'
import { needs } from './context'
import { badRequest, forbidden } from './errors'
import { ROOM_DEFAULTS, type Room, type RoomAttributes, type StreamRow, type UserRow } from './model'
import { isRoom, type SymphonyStore } from './store'

const LONGEST_NAME = 50

/** Optional attributes of a room. */
const OPTIONAL = new Set(['pinnedMessageId', 'subType'])

const keyword = z.looseObject({ key: z.string(), value: z.string() })

type Fields = Readonly<Record<string, unknown>>

/** Creates the requested room. @throws 400 for invalid attributes, 403 for a kind of room that the account may not create */
export function newRoom(store: SymphonyStore, creator: UserRow, fields: Fields): Room {
  const room = attributesFrom(store, creator.pod, fields)
  needs(creator, room.public ? 'canCreatePublicRoom' : 'canCreatePrivateRoom')
  if (room.crossPod) needs(creator, 'isExternalRoomEnabled')
  return { ...openStream(store, creator, 'ROOM', [creator.id]), room }
}

/** Creates a conversation with its creator as the owner. */
export function openStream(
  store: SymphonyStore,
  creator: UserRow,
  type: StreamRow['type'],
  members: Iterable<number>,
): StreamRow {
  const at = store.now()
  return {
    id: store.id(),
    pod: creator.pod,
    type,
    members: new Map([...members].map((id) => [id, { owner: type === 'ROOM' && id === creator.id, joinDate: at }])),
    createdBy: creator.id,
    createdAt: at,
    active: true,
    lastMessageAt: at,
    room: null,
  }
}

/** @param changed the room whose attributes these will be, and whose name may stay; a new one where absent */
export function attributesFrom(store: SymphonyStore, pod: string, fields: Fields, changed?: Room): RoomAttributes {
  const before = changed?.room ?? ROOM_DEFAULTS
  const isPublic = 'public' in fields ? fields.public === true : before.public
  const open = isPublic && !before.public ? { discoverable: true } : {}
  const room = { ...before, ...open, ...known(fields) }
  const name = room.name.trim()
  if (name === '') throw badRequest('The room name is required')
  if (name.length > LONGEST_NAME) throw badRequest(`The room name may have ${LONGEST_NAME} characters at most`)
  const taken = [...store.data.streams.values()].some(
    (other) => other.pod === pod && other.id !== changed?.id && isRoom(other) && plainName(other.room.name) === plainName(name),
  )
  if (taken) throw badRequest(`A room named "${name}" exists already`)
  combines(room)
  return { ...room, name }
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/\s+/g, '')
}

/** The attributes of a room in the request, with their types checked. @throws 400 */
function known(fields: Fields): Partial<RoomAttributes> {
  const own = Object.entries(fields).filter(([name]) => Object.hasOwn(ROOM_DEFAULTS, name) || OPTIONAL.has(name))
  for (const [name, value] of own) {
    const wanted = OPTIONAL.has(name) ? '' : Reflect.get(ROOM_DEFAULTS, name)
    if (typeof value !== typeof wanted || Array.isArray(value) !== Array.isArray(wanted))
      throw badRequest(`The attribute "${name}" of a room must be a ${Array.isArray(wanted) ? 'list' : typeof wanted}`)
  }
  const { keywords = [] } = fields
  if (!(keywords as unknown[]).every((one) => keyword.safeParse(one).success))
    throw badRequest('Each keyword of a room must have a "key" and a "value"')
  return Object.fromEntries(own)
}

function combines(room: RoomAttributes): void {
  for (const name of ['viewHistory', 'discoverable', 'membersCanInvite'] as const)
    if (room.public && !room[name]) throw badRequest(`A public room must have "${name}"`)
  for (const name of ['readOnly', 'public', 'discoverable'] as const)
    if (room.crossPod && room[name]) throw badRequest(`A cross-pod room cannot have "${name}"`)
}

/** @throws 403 */
export function ownerOnly(user: UserRow, stream: StreamRow): void {
  if (!stream.members.get(user.id)?.owner) throw forbidden('Only an owner of the room may do this')
}
