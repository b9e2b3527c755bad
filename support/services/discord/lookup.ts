import { ApiError } from '../../http/errors'
import type { DiscordClient } from './client'
import type { DiscordMember, DiscordUser } from './contract'

const BY_PREFIX = 10
const MOST_MEMBERS = 1_000
const LATEST = 100

/**
 * Somebody by username, display name or nickname, in any case: first among those whose name begins so, then among all members where
 * the application may list them, then among those who wrote in the channel lately.
 */
export async function findUser(
  client: DiscordClient,
  where: { guildId: string; channelId: string },
  name: string,
): Promise<DiscordUser | undefined> {
  const named = (members: readonly DiscordMember[]): DiscordUser | undefined =>
    members.find(({ user, nick }) => isCalled(user, name, nick))?.user
  return (
    named(await client.searchMembers(where.guildId, name, BY_PREFIX)) ??
    named(await membersIfAllowed(client, where.guildId)) ??
    (await client.messages(where.channelId, { limit: LATEST })).map(({ author }) => author).find((user) => isCalled(user, name))
  )
}

/** Listing takes the Server Members Intent; without it, the other ways must do. */
async function membersIfAllowed(client: DiscordClient, guildId: string): Promise<DiscordMember[]> {
  try {
    return await client.listMembers(guildId, MOST_MEMBERS)
  } catch (error) {
    if (error instanceof ApiError && error.code === '50001') return []
    throw error
  }
}

function isCalled({ username, global_name }: DiscordUser, name: string, nick?: string | null): boolean {
  return [username, global_name, nick].some((one) => one && sameName(one, name))
}

/** Whether two names differ in case at most. */
export function sameName(one: string, other: string): boolean {
  const folded = (name: string): string => name.toUpperCase().toLowerCase()
  return folded(one) === folded(other)
}
