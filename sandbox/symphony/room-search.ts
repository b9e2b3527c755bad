import { badRequest } from './errors'
import type { Room, UserRow } from './model'
import { isRoom, type SymphonyStore } from './store'

type Criteria = Readonly<Record<string, unknown>>

/**
 * Rooms of the viewer, active public ones, and discoverable private ones, that match every criterion; best name matches first.
 * @throws 400 without a query, and for an unknown order
 */
export function findRooms(store: SymphonyStore, viewer: UserRow, criteria: Criteria, alsoHidden: boolean): Room[] {
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
