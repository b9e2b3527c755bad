import { findNamed, type Lookup, sameName } from '../../chat/lookup'
import { ApiError } from '../../http/errors'
import type { ServiceAccess } from '../service'
import type { DiscordClient } from './client'
import type { DiscordChannel, DiscordMember, DiscordUser } from './contract'
import { assertAllAsMade, membersMade } from './made'

const BY_PREFIX = 10
const MOST_MEMBERS = 1_000
const LATEST = 100
/** Text and announcement channels: a category or a voice channel may have the same name. */
export const TEXT_CHANNELS = [0, 5]

interface Candidate extends DiscordUser {
  nick?: string | null
}

const PEOPLE: Lookup<Candidate> = {
  ranks: [({ username }) => username, ({ global_name }) => global_name, ({ nick }) => nick],
  describe: ({ username, id }) => `@${username} (${id})`,
  instead: 'the username',
}

const CHANNELS: Lookup<DiscordChannel> = {
  ranks: [({ name }) => name],
  describe: ({ name, id }) => `#${name} (${id})`,
  instead: 'the id',
}

/**
 * A user by username before display name before nickname, in any case: among members whose name begins with it, among all members
 * if the application may list them, and among the latest authors of the channel; never a bot. Usernames are unique, so the search
 * ends once one matches.
 * @throws UsageError if several users match
 */
export async function findUser(
  client: DiscordClient,
  where: { guildId: string; channelId: string },
  name: string,
): Promise<DiscordUser | undefined> {
  const found = await client.searchMembers(where.guildId, name, BY_PREFIX)
  await assertBeginning(client.access, found, name)
  const byPrefix = found.map(candidateOf)
  const exact = byPrefix.find(({ username, bot }) => !bot && sameName(username, name))
  if (exact) return exact
  const members = (await membersIfAllowed(client, where.guildId)).map(candidateOf)
  const authors = (await client.messages(where.channelId, { limit: LATEST })).map(({ author }) => author)
  // Members are last, so that for the same user the entry with a nickname is kept.
  const people = [...authors, ...byPrefix, ...members].filter(({ bot }) => !bot)
  return findNamed(name, people, PEOPLE)
}

/** @throws UsageError if several channels have that name */
export function channelNamed(channels: readonly DiscordChannel[], name: string): DiscordChannel | undefined {
  const withText = channels.filter(({ type }) => TEXT_CHANNELS.includes(type))
  return findNamed(name, withText, CHANNELS)
}

function candidateOf({ user, nick }: DiscordMember): Candidate {
  return { ...user, nick }
}

/** Listing needs the Server Members Intent; without it the other searches have to suffice. */
async function membersIfAllowed(client: DiscordClient, guildId: string): Promise<DiscordMember[]> {
  try {
    const members = await client.listMembers(guildId, MOST_MEMBERS)
    assertAllAsMade('the members of the guild', members, await membersMade(client.access), idOf)
    return members
  } catch (error) {
    if (error instanceof ApiError && error.code === '50001') return []
    throw error
  }
}

const idOf = ({ user }: Readonly<Record<string, unknown>>): string => (user as { id: string }).id

/** On a sandbox exactly the members whose username, display name or nickname begins with the query. */
async function assertBeginning(access: ServiceAccess, found: readonly DiscordMember[], query: string): Promise<void> {
  const all = await membersMade(access)
  const begins = (name: unknown): boolean => typeof name === 'string' && name.toLowerCase().startsWith(query.toLowerCase())
  const fitting = all?.filter(({ user, nick }) => [user.username, user.global_name, nick].some(begins))
  assertAllAsMade(`the members whose name begins with "${query}"`, found, fitting, idOf)
}
