import type { ChatChannel, ChatPerson } from '../../chat/adapter'
import { findNamed, type Lookup } from '../../chat/lookup'
import { ApiError } from '../../http/errors'
import type { SymphonyClient } from './client/client'
import type { Room, User } from './contract'
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
 * By username, then by email where it looks like one, then by a search for the display name, in any case.
 * @throws UsageError where several people have that display name
 */
export async function userNamed({ people }: SymphonyClient, name: string): Promise<User | undefined> {
  const byName = await people.user({ username: name })
  if (byName) return byName
  const byEmail = name.includes('@') ? await people.user({ email: name }) : undefined
  return byEmail ?? findNamed(name, await everybodyFound(people, name), PEOPLE)
}

/** All pages, for a namesake may be on the last; a page that brings nobody new ends it. */
async function everybodyFound(people: SymphonyClient['people'], query: string): Promise<User[]> {
  const found = new Map<number, User>()
  for (let skip = 0; ; ) {
    const page = await people.search(query, skip)
    const fresh = page.filter(({ id }) => !found.has(id))
    for (const user of fresh) found.set(user.id, user)
    if (fresh.length === 0) return [...found.values()]
    skip += page.length
  }
}

/**
 * The room of exactly that name, in any case, however many others are like it. A room that was closed is taken only where no other
 * has the name.
 * @throws UsageError where several have it
 */
export async function roomNamed({ streams }: SymphonyClient, name: string): Promise<ChatChannel | undefined> {
  const found: Room[] = []
  for (;;) {
    const { rooms, count } = await streams.searchRooms(name, found.length)
    found.push(...rooms)
    if (rooms.length === 0 || found.length >= count) break
  }
  const active = found.filter(({ roomSystemInfo }) => roomSystemInfo.active)
  return findNamed(name, active.map(toChatChannel), ROOMS) ?? findNamed(name, found.map(toChatChannel), ROOMS)
}

/** The room that a variable names: by its name, or by its id where no room has that name. */
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

/** Pods answer 400 for an id that no stream has. */
export function isUnknownStream(error: unknown): boolean {
  return (
    error instanceof ApiError && (error.status === 404 || (error.status === 400 && /not find/i.test(error.failure.says ?? '')))
  )
}

export async function personNamed(client: SymphonyClient, name: string): Promise<ChatPerson | undefined> {
  const user = await userNamed(client, name)
  return user && toChatPerson(user)
}
