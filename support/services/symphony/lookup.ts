import { assertAgrees, assertExactly } from '../../assertions/agreement'
import type { ChatChannel, ChatPerson } from '../../chat/adapter'
import { findNamed, type Lookup } from '../../chat/lookup'
import { ApiError } from '../../http/errors'
import type { ServiceAccess } from '../service'
import type { SymphonyClient } from './client/client'
import type { Room, User } from './contract'
import { assertSameRoom, usersMade } from './made'
import { toChatChannel, toChatPerson } from './parse'

const PEOPLE: Lookup<User> = {
  ranks: [({ username }) => username, ({ displayName }) => displayName],
  describe: ({ username, displayName }) => `${username} (${displayName})`,
  instead: 'the username',
}

const ROOMS: Lookup<ChatChannel> = {
  ranks: [({ name }) => name],
  describe: ({ name, id }) => `"${name}" (${id})`,
  instead: 'the id of the room, or rename one',
}

/** Ids of streams are base64, without the characters that a URL would escape. */
const STREAM_ID = /^[\w-]{20,}={0,2}$/

/**
 * By username, then by email if it looks like one, then by a search for the display name, in any case.
 * @throws UsageError if several users have that display name
 */
export async function userNamed(client: SymphonyClient, name: string): Promise<User | undefined> {
  const { people } = client
  const byName = await people.user({ username: name })
  if (byName) return byName
  const byEmail = name.includes('@') ? await people.user({ email: name }) : undefined
  if (byEmail) return byEmail
  const found = findNamed(name, await everybodyFound(client, name), PEOPLE)
  if (found) assertAgrees('a user found by a search', found, (await people.user({ uid: String(found.id) })) ?? {})
  return found
}

/** All pages, because another user of the same name may be on the last; a page without new users ends the search. */
async function everybodyFound({ people, access }: SymphonyClient, query: string): Promise<User[]> {
  const found = new Map<number, User>()
  let counted = 0
  for (let skip = 0; ; ) {
    const { count, users } = await people.search(query, skip)
    const fresh = users.filter(({ id }) => !found.has(id))
    for (const user of fresh) found.set(user.id, user)
    if (fresh.length === 0) break
    skip += users.length
    counted = count
  }
  await assertAllFound(access, query, { users: [...found.values()], counted })
  return [...found.values()]
}

/** On a sandbox these are the people of the scenario who have each word of the query in a name or in their email. */
async function assertAllFound(
  access: ServiceAccess,
  query: string,
  { users, counted }: { users: readonly User[]; counted: number },
): Promise<void> {
  const made = await usersMade(access)
  if (!made) return
  const words = query.toLowerCase().split(/\s+/)
  const namesOf = ({ username, displayName, emailAddress }: User): string => `${username} ${displayName} ${emailAddress}`
  const fitting = made.filter((user) => words.every((word) => namesOf(user).toLowerCase().includes(word)))
  const ids = (list: readonly User[]): string[] => list.map(({ id }) => String(id))
  assertExactly(`the people found for "${query}"`, ids(users), ids(fitting))
  assertAgrees(`the people found for "${query}"`, { count: counted }, { count: fitting.length })
}

/**
 * The room of exactly that name, in any case, among all similar ones. A deactivated room is returned only if no other has the
 * name.
 * @throws UsageError if several have it
 */
export async function roomNamed({ streams }: SymphonyClient, name: string): Promise<ChatChannel | undefined> {
  const found: Room[] = []
  for (;;) {
    const { rooms, count } = await streams.searchRooms(name, found.length)
    found.push(...rooms)
    if (rooms.length > 0 && found.length < count) continue
    assertAgrees(`the rooms found for "${name}"`, { rooms: found.length }, { rooms: count })
    break
  }
  const active = found.filter(({ roomSystemInfo }) => roomSystemInfo.active)
  const room = findNamed(name, active.map(toChatChannel), ROOMS) ?? findNamed(name, found.map(toChatChannel), ROOMS)
  const listed = found.find(({ roomSystemInfo }) => roomSystemInfo.id === room?.id)
  if (room && listed) assertSameRoom('a room found by a search', listed, await streams.room(room.id))
  return room
}

/** The room that a variable names: by its name, or by its id if no room has that name. */
export async function configuredRoom(client: SymphonyClient, named: string): Promise<ChatChannel | undefined> {
  const found = await roomNamed(client, named)
  if (found || !STREAM_ID.test(named)) return found
  try {
    return toChatChannel(await client.streams.room(named))
  } catch (error) {
    if (isUnknownStream(error)) return undefined
    throw error
  }
}

/** Pods respond with 400 to an unknown stream id. */
export function isUnknownStream(error: unknown): boolean {
  return (
    error instanceof ApiError && (error.status === 404 || (error.status === 400 && /not find/i.test(error.failure.says ?? '')))
  )
}

export async function personNamed(client: SymphonyClient, name: string): Promise<ChatPerson | undefined> {
  const user = await userNamed(client, name)
  return user && toChatPerson(user)
}
