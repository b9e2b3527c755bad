import { z } from 'zod'
import type { Discord } from '../context'
import { INTENTS } from '../intents'
import type { GuildRow, MemberRow } from '../model'
import { memberShape } from '../shapes/users'
import type { DiscordStore } from '../store'
import { CLOSE, Hangup } from './frames'
import { presenceOf, presenceShape } from './presence'
import type { Session } from './session'

const CHUNK = 1_000
const LONGEST_NONCE = 32
const MOST_FOUND = 100

const id = z.union([z.string(), z.number()]).transform(String)
const payload = z.object({
  guild_id: z.union([
    id,
    z
      .array(id)
      .length(1)
      .transform(([only]) => only ?? ''),
  ]),
  query: z.string().max(100).nullish(),
  limit: z.number().int().nonnegative().default(0),
  presences: z.boolean().nullish(),
  user_ids: z.union([id.transform((one) => [one]), z.array(id).max(100)]).nullish(),
  nonce: z.string().nullish(),
})

/**
 * Responds to a request for members in chunks. The whole list needs the privileged intent: without it there is no response, and clients
 * time out as they do live.
 * @throws Hangup 4002 for an invalid request
 */
export function sendMembers(discord: Discord, session: Session, data: unknown): void {
  const { success, data: wanted } = payload.safeParse(data)
  if (!success) throw new Hangup(CLOSE.DECODE_ERROR)
  const guild = discord.store.data.guilds.get(wanted.guild_id)
  if (!guild?.members.has(session.botId)) return
  const whole = !wanted.user_ids && (wanted.query ?? '') === ''
  if (whole && !session.wants(INTENTS.GUILD_MEMBERS)) return
  const found = wanted.user_ids ? named(guild, wanted.user_ids) : matching(discord.store, guild, wanted.query ?? '', wanted.limit)
  const missing = wanted.user_ids?.filter((one) => !guild.members.has(one)) ?? []
  const chunks = Math.max(1, Math.ceil(found.length / CHUNK))
  const nonce = wanted.nonce && Buffer.byteLength(wanted.nonce) <= LONGEST_NONCE ? { nonce: wanted.nonce } : {}
  for (let index = 0; index < chunks; index++) {
    const members = found.slice(index * CHUNK, (index + 1) * CHUNK)
    discord.hub.send(session, 'GUILD_MEMBERS_CHUNK', {
      guild_id: guild.id,
      members: members.map((member) => memberShape(discord.store, member)),
      chunk_index: index,
      chunk_count: chunks,
      ...(missing.length > 0 ? { not_found: missing } : {}),
      ...(wanted.presences && session.wants(INTENTS.GUILD_PRESENCES) ? { presences: presences(discord, members) } : {}),
      ...nonce,
    })
  }
}

const named = (guild: GuildRow, ids: readonly string[]): MemberRow[] => ids.flatMap((one) => guild.members.get(one) ?? [])

/** Members by a prefix of username, display name or nickname, case-insensitive; a limit of 0 means all. */
export function matching(store: DiscordStore, guild: GuildRow, query: string, limit: number): MemberRow[] {
  const wanted = query.toLowerCase()
  const isMeant = ({ userId, nick }: MemberRow): boolean => {
    const { username, globalName } = store.user(userId)
    return [username, globalName, nick].some((name) => name?.toLowerCase().startsWith(wanted))
  }
  const most = limit > 0 ? limit : query === '' ? guild.members.size : MOST_FOUND
  return [...guild.members.values()].filter(isMeant).slice(0, most)
}

const presences = (discord: Discord, members: readonly MemberRow[]) =>
  members.map(({ userId }) => presenceShape(userId, presenceOf(discord, userId))).filter(({ status }) => status !== 'offline')
