import { z } from 'zod'
import type { Discord } from '../context'
import { ALL_INTENTS, INTENTS, isAllowed, PRIVILEGED, type PrivilegedIntent } from '../intents'
import type { GuildRow } from '../model'
import { channelShape } from '../shapes/channels'
import { guildShape } from '../shapes/guilds'
import { stamp } from '../shapes/times'
import { memberShape, ownUserShape } from '../shapes/users'
import type { Connection } from './connection'
import { bareToken, CLOSE, frame, Hangup, OP } from './frames'
import { presenceOf, presenceShape } from './presence'
import { Session } from './session'

const payload = z.object({
  token: z.string(),
  intents: z.number().int().nonnegative(),
  properties: z.record(z.string(), z.unknown()),
  compress: z.boolean().nullish(),
  large_threshold: z.number().int().min(50).max(250).nullish(),
  shard: z.tuple([z.number().int(), z.number().int()]).nullish(),
  presence: z.unknown().optional(),
})

/** Opens a session: READY, then every guild. @throws Hangup 4002, 4004, 4005, 4010, 4013 or 4014 */
export function identify(discord: Discord, connection: Connection, data: unknown): void {
  if (connection.session) throw new Hangup(CLOSE.ALREADY_AUTHENTICATED)
  const { success, data: wanted } = payload.safeParse(data)
  if (!success) throw new Hangup(CLOSE.DECODE_ERROR)
  const token = bareToken(wanted.token)
  const botId = discord.store.data.tokens.get(token)
  if (botId === undefined) throw new Hangup(CLOSE.AUTHENTICATION_FAILED)
  const { shard } = wanted
  if (shard && (shard[1] < 1 || shard[0] < 0 || shard[0] >= shard[1])) throw new Hangup(CLOSE.INVALID_SHARD)
  judgeIntents(wanted.intents, discord.store.flagsOf(botId))
  if (!discord.limits.mayIdentify(botId)) {
    connection.write(frame(OP.INVALID_SESSION, false))
    return
  }
  const id = discord.store.bytes(16).toString('hex')
  const session = new Session(id, botId, token, wanted.intents, shard ?? undefined)
  discord.hub.open(session, connection, wanted.presence)
  welcome(discord, session, connection.version)
}

function judgeIntents(intents: number, flags: number): void {
  if ((intents & ~ALL_INTENTS) !== 0 || intents > 2 ** 31 - 1) throw new Hangup(CLOSE.INVALID_INTENTS)
  for (const name of Object.keys(PRIVILEGED) as PrivilegedIntent[]) {
    if ((intents & INTENTS[name]) !== 0 && !isAllowed(name, flags)) throw new Hangup(CLOSE.DISALLOWED_INTENTS)
  }
}

function welcome(discord: Discord, session: Session, version: number): void {
  const { store, links, hub } = discord
  const guilds = store.guildsOf(session.botId).filter(({ id }) => session.holds(id))
  hub.send(session, 'READY', {
    v: version,
    user: ownUserShape(store.user(session.botId)),
    guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
    session_id: session.id,
    resume_gateway_url: links.gateway,
    session_type: 'normal',
    private_channels: [],
    relationships: [],
    user_settings: {},
    presences: [],
    shard: session.shard ?? [0, 1],
    application: { id: session.botId, flags: store.flagsOf(session.botId) },
    _trace: ['["acceptance-gateway"]'],
  })
  if (!session.wants(INTENTS.GUILDS)) return
  for (const guild of guilds) hub.send(session, 'GUILD_CREATE', guildCreate(discord, guild, session))
}

/** Without the presences intent, the only member included is the bot itself. */
export function guildCreate(discord: Discord, guild: GuildRow, { botId, intents }: Pick<Session, 'botId' | 'intents'>) {
  const { store } = discord
  const seesPresences = (intents & INTENTS.GUILD_PRESENCES) !== 0
  const members = [...guild.members.values()].filter(({ userId }) => seesPresences || userId === botId)
  const present = [...guild.members.keys()].filter((id) => seesPresences && presenceOf(discord, id).status !== 'offline')
  return {
    ...guildShape(store, guild),
    joined_at: stamp(guild.members.get(botId)?.joinedAt ?? 0),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    members: members.map((member) => memberShape(store, member)),
    channels: store.channelsOf(guild.id).map((channel) => channelShape(store, channel, botId)),
    threads: store.activeThreads(guild.id, botId).map((thread) => channelShape(store, thread, botId)),
    presences: present.map((id) => ({ ...presenceShape(id, presenceOf(discord, id)), guild_id: guild.id })),
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  }
}
