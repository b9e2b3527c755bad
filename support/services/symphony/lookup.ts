import type { ChatChannel, ChatPerson } from '../../chat/adapter'
import type { SymphonyClient } from './client/client'
import type { User } from './contract'
import { channelOf, personOf } from './parse'

/** By username, then by email where it looks like one, then by a search for the name. */
export async function userNamed({ people }: SymphonyClient, name: string): Promise<User | undefined> {
  const byName = await people.user({ username: name })
  if (byName) return byName
  const byEmail = name.includes('@') ? await people.user({ email: name }) : undefined
  if (byEmail) return byEmail
  const wanted = name.toLowerCase()
  const found = await people.search(name)
  return found.find(({ displayName, username }) => [displayName, username].some((own) => own.toLowerCase() === wanted))
}

/** The room of exactly that name in any case, however many others are like it; else the only one a search brings. */
export async function roomNamed({ streams }: SymphonyClient, name: string): Promise<ChatChannel | undefined> {
  const found: ChatChannel[] = []
  for (;;) {
    const { rooms, count } = await streams.searchRooms(name, found.length)
    found.push(...rooms.map(channelOf))
    const exact = found.find((room) => room.name.toLowerCase() === name.toLowerCase())
    if (exact) return exact
    if (rooms.length === 0 || found.length >= count) return found.length === 1 ? found[0] : undefined
  }
}

export async function personNamed(client: SymphonyClient, name: string): Promise<ChatPerson | undefined> {
  const user = await userNamed(client, name)
  return user && personOf(user)
}
