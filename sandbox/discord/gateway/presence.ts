import { z } from 'zod'
import type { Discord } from '../context'
import { INTENTS } from '../intents'
import type { PresenceRow } from '../model'
import { CLOSE, Hangup } from './frames'

const activity = z.looseObject({
  name: z.string().max(128),
  type: z.number().int().min(0).max(5).default(0),
  state: z.string().max(128).nullish(),
  url: z.string().nullish(),
})
const presence = z.object({
  since: z.number().nullish(),
  // discordgo sends an empty one.
  status: z.preprocess((value) => value || 'online', z.enum(['online', 'dnd', 'idle', 'invisible', 'offline'])),
  activities: z.array(activity).nullish(),
  afk: z.boolean().nullish(),
})
const STREAMING = 1
/** Addresses of streams that Discord supports; others are dropped. */
const STREAM = /^https?:\/\/(?:www\.)?(?:twitch\.tv|youtube\.com)\//i
const OFFLINE: PresenceRow = { status: 'offline', activities: [] }

export const presenceOf = ({ store }: Discord, userId: string): PresenceRow => store.data.presences.get(userId) ?? OFFLINE

/** Sets a person's presence and sends it to the users who share a guild. @throws 4002 for an invalid presence */
export function applyPresence(discord: Discord, userId: string, wanted: unknown): void {
  show(discord, userId, presenceFrom(discord, wanted))
}

/** The presence that a client sets. @throws 4002 for an invalid presence */
export function presenceFrom(discord: Discord, wanted: unknown): PresenceRow {
  const { success, data } = presence.safeParse(wanted)
  if (!success) throw new Hangup(CLOSE.DECODE_ERROR)
  const hidden = data.status === 'invisible' || data.status === 'offline'
  const activities = hidden ? [] : (data.activities ?? []).map((one, place) => activityShape(discord, one, place))
  return { status: hidden ? 'offline' : (data.status as PresenceRow['status']), activities }
}

/** A bot has the presence of the session that was updated last among those that are not invisible; offline if there is none. */
export function showBot(discord: Discord, botId: string, sessions: readonly Shown[]): void {
  const seen = sessions
    .filter(({ presence }) => presence.status !== 'offline')
    .reduce<Shown | undefined>((last, one) => (last && last.shownAt > one.shownAt ? last : one), undefined)
  const row = seen?.presence ?? OFFLINE
  if (presenceOf(discord, botId) !== row) show(discord, botId, row)
}

/** One session's presence, and the time of its last update on a monotonic clock. */
export interface Shown {
  presence: PresenceRow
  shownAt: number
}

/** A bot may set name, state, type and address only. A custom status has a fixed name, whatever was sent. */
function activityShape({ store }: Discord, { name, type, state, url }: z.infer<typeof activity>, place: number) {
  return {
    id: type === 4 ? 'custom' : store.hash(`${name} ${place}`).slice(0, 16),
    name: type === 4 ? 'Custom Status' : name,
    type,
    created_at: store.ids.now(),
    ...(typeof state === 'string' ? { state } : {}),
    ...(type === STREAMING && url && STREAM.test(url) ? { url } : {}),
  }
}

function show(discord: Discord, userId: string, row: PresenceRow): void {
  discord.store.data.presences.set(userId, row)
  for (const guild of discord.store.guildsOf(userId)) {
    discord.hub.tell({
      event: 'PRESENCE_UPDATE',
      intent: INTENTS.GUILD_PRESENCES,
      guildId: guild.id,
      reaches: (botId) => guild.members.has(botId),
      data: () => ({ ...presenceShape(userId, row), guild_id: guild.id }),
    })
  }
}

export const presenceShape = (userId: string, { status, activities }: PresenceRow) => ({
  user: { id: userId },
  status,
  activities,
  client_status: status === 'offline' ? {} : { web: status },
})
