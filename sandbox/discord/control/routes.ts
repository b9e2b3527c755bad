import { z } from 'zod'
import { controlRoute, existingOf } from '../../kit/control'
import type { Discord } from '../context'
import { CLOSE, OP } from '../gateway/frames'
import { applicationFlags, PRIVILEGED, type PrivilegedIntent } from '../intents'
import { throttle } from '../limits'
import type { ChannelRow, MessageRow } from '../model'
import { sum } from '../permissions'
import { actingRoutes, channelOf } from './acting'
import { addPerson, permission, person } from './people'

const route = controlRoute<Discord>()
const id = z.string().min(1)
/** Id of a bot's user. */
const bot = id

const gateway = [
  route('GET /gateway/sessions', 'Lists the gateway sessions of a bot.', { bot }, ({ hub }, { bot: of }) => ({
    sessions: hub.sessionsOf(of).map(({ id: session, intents, latest, connection }) => {
      return { id: session, intents, seq: latest, connected: connection !== undefined }
    }),
  })),
  route('POST /gateway/reconnect', 'Asks the connections of a bot to reconnect.', { bot }, ({ hub }, { bot: of }) =>
    hub.write(of, OP.RECONNECT),
  ),
  route(
    'POST /gateway/invalidate',
    'Invalidates the sessions of a bot.',
    { bot, resumable: z.boolean().default(false) },
    ({ hub }, { bot: of, resumable }) => hub.invalidate(of, resumable),
  ),
  route(
    'POST /gateway/close',
    'Closes the connections of a bot, with 4000 unless a code is given.',
    { bot, code: z.int().default(CLOSE.UNKNOWN_ERROR[0]) },
    ({ hub }, { bot: of, code }) => hub.closeConnections(of, [code, 'Closed by the control API.']),
  ),
  route(
    'POST /gateway/heartbeats',
    'Sets whether heartbeats of a bot are acknowledged.',
    { bot, acknowledged: z.boolean() },
    ({ hub }, { bot: of, acknowledged }) => {
      for (const { connection } of hub.sessionsOf(of)) if (connection) connection.acknowledges = acknowledged
    },
  ),
  route('POST /gateway/demand-heartbeat', 'Demands a heartbeat from a bot.', { bot }, ({ hub }, { bot: of }) =>
    hub.write(of, OP.HEARTBEAT),
  ),
]

/** Actions of an owner in the developer portal and in a channel's settings. */
const portal = [
  route('POST /tokens/revoke', 'Revokes a bot token and closes its connections.', { token: id }, ({ store, hub }, { token }) => {
    const botId = store.data.tokens.get(token)
    store.data.tokens.delete(token)
    if (botId !== undefined) hub.closeConnections(botId, CLOSE.AUTHENTICATION_FAILED)
  }),
  route(
    'POST /intents',
    'Turns off privileged intents of a bot in the developer portal; the others are on.',
    { bot, off: z.array(z.enum(Object.keys(PRIVILEGED) as PrivilegedIntent[])) },
    ({ store }, { bot: of, off }) => {
      existingOf('bot', of, store.data.applications.get(of)).flags = applicationFlags(off)
    },
  ),
  route(
    'POST /permissions',
    'Allows and denies a user permissions in a channel, instead of what was set before.',
    { user: id, channel: id, deny: z.array(permission).default([]), allow: z.array(permission).default([]) },
    (discord, { user, channel: of, deny, allow }) => {
      const channel = channelOf(discord, of)
      channel.overwrites = channel.overwrites.filter((overwrite) => overwrite.id !== user)
      channel.overwrites.push({ id: user, type: 1, allow: sum(...allow), deny: sum(...deny) })
    },
  ),
]

const limits = [
  route('POST /limits', 'Turns rate limits on or off.', { on: z.boolean() }, (discord, { on }) => discord.limits.enforce(on)),
  route(
    'POST /buckets',
    'Limits one operation of a bot to `limit` calls in `window` milliseconds.',
    { bot, on: id, limit: z.int(), window: z.number() },
    (discord, { bot: of, on, ...rule }) => discord.limits.rule(of, on, rule),
  ),
  route(
    'POST /throttle',
    'Rate-limits the next calls of a bot, to one operation (`on`) or to any.',
    throttle,
    (discord, wanted) => discord.limits.throttle(wanted),
  ),
  route('GET /spent', 'Counts the calls of a bot and how many were rate-limited.', { bot }, (discord, { bot: of }) =>
    discord.limits.spent(of),
  ),
]

export const discordControl = [
  route(
    'POST /people',
    'Adds people to the guild of a group, which is created with its first person; Ada is a bot. The response has their ids and tokens by name.',
    { group: z.string().default('seeded'), people: z.array(person) },
    (discord, { group, people }) => ({
      people: Object.fromEntries(people.map((one) => [one.name, addPerson(discord, group, one)])),
    }),
  ),
  ...actingRoutes,
  ...gateway,
  ...portal,
  ...limits,
  route(
    'GET /counts',
    'Counts messages, reactions, files, channels, threads, direct channels and sessions, of one guild or of all.',
    { guild: id.optional() },
    (discord, { guild }) => counts(discord, guild),
  ),
  route(
    'GET /existing',
    'Lists what bots left of a run, by the run id in its texts and names.',
    { runId: id },
    (discord, { runId }) => ({ existing: existing(discord, runId) }),
  ),
  route('GET /state', 'Shows all there is, without tokens and keys.', {}, ({ store }) => store.state.plain()),
]

/** Messages of people are not counted, because the suite does not remove them. */
function existing({ store }: Discord, runId: string) {
  const { users, messages, channels } = store.data
  const isBots = ({ authorId }: MessageRow): boolean => users.get(authorId)?.bot ?? false
  const isOfRun = ({ content, attachments }: MessageRow): boolean =>
    content.includes(runId) || attachments.some(({ filename }) => filename.includes(runId))
  const left = [...messages.values()].filter((one) => isBots(one) && isOfRun(one))
  const named = [...channels.values()].filter(({ name, thread }) => name.includes(runId) && !thread?.archived)
  return [
    ...left.map((one) => ({ kind: 'message', id: one.id, channel: one.channelId, name: one.content })),
    ...named.map((one) => ({ kind: one.thread ? 'thread' : 'channel', id: one.id, name: one.name })),
  ]
}

function counts({ store, hub }: Discord, guild?: string) {
  const isHere = (channel: ChannelRow | undefined): boolean =>
    channel !== undefined && (guild === undefined || channel.guildId === guild)
  const messages = [...store.data.messages.values()].filter(({ channelId }) => isHere(store.data.channels.get(channelId)))
  const channels = [...store.data.channels.values()].filter(isHere)
  return {
    messages: messages.length,
    reactions: messages.reduce((all, { reactions }) => all + reactions.reduce((total, { users }) => total + users.length, 0), 0),
    files: messages.reduce((all, { attachments }) => all + attachments.length, 0),
    channels: channels.filter(({ thread, guildId }) => !thread && guildId !== null).length,
    threads: channels.filter(({ thread }) => thread).length,
    directs: channels.filter(({ guildId }) => guildId === null).length,
    sessions: hub.sessions.size,
  }
}
