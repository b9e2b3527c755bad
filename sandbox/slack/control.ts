import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { controlRoute, existingOf } from '../kit/control'
import type { Slack } from './context'
import { rateLimited, refused } from './errors'
import { react } from './methods/reactions'
import { POLICIES, TOKEN_STATES } from './model'
import { announce } from './posting'
import { addChannel, addUser } from './rows'
import { addPeople, person } from './seed'
import { channelShape, messageShape } from './shapes'
import { givenEnvelope } from './socket-app'
import { DISCONNECT_REASONS } from './socket-connection'
import type { SlackStore } from './store'
import { kept } from './text'

const route = controlRoute<Slack>()
const id = z.string().min(1)
const times = z.int().min(1).default(1)
/** The token of a bot or a person; only the response of `POST /people` contains tokens. */
const token = id

/** People and their actions. */
const people = [
  route(
    'POST /people',
    'Adds people to the workspace of a group, which is created with its first people; Ada is the bot. The response has their ids and tokens by name.',
    { group: z.string().optional(), people: z.array(person) },
    (slack, { group, people: wanted }) => ({ people: addPeople(slack, group ?? slack.store.secret(4), wanted) }),
  ),
  route(
    'POST /messages',
    'Posts a message as a person.',
    { channelId: id, userId: id, text: z.string(), threadTs: z.string().optional() },
    (slack, { channelId, userId, text, threadTs }) => {
      const { store } = slack
      const channel = channelOf(store, channelId)
      const parent = threadTs === undefined ? undefined : messageOf(store, channelId, threadTs)
      const thread = parent?.threadTs ?? parent?.ts
      const draft = { userId: userOf(store, userId).id, text: kept(text), threadTs: thread, clientMsgId: randomUUID() }
      return messageShape(store, announce({ store, slack }, channel, draft))
    },
  ),
  route(
    'POST /reactions',
    'Adds a reaction as a person.',
    { channelId: id, ts: id, userId: id, name: id },
    ({ store, events }, { channelId, ts, userId, name }) => {
      const channel = channelOf(store, channelId)
      const message = messageOf(store, channelId, ts)
      const user = userOf(store, userId).id
      const added = react(message, user, name)
      if (added !== undefined) events.reacted('reaction_added', channel, message, { user, name: added })
    },
  ),
  route(
    'POST /presence',
    'Sets the presence of a person.',
    { userId: id, presence: z.enum(['active', 'away']) },
    ({ store }, { userId, presence }) => void Object.assign(userOf(store, userId), { presence, manualAway: false }),
  ),
  route(
    'POST /users',
    'Adds that many guests to a workspace.',
    { teamId: id, count: z.int().min(1) },
    ({ store }, { teamId, count }) => {
      const team = teamOf(store, teamId)
      const names = Array.from({ length: count }, (_, at) => at + 1)
      return { ids: names.map((at) => addUser(store, team, { name: `guest-${at}`, realName: `Guest ${at}` }).id) }
    },
  ),
]

/** Settings of a workspace's owners. */
const channels = [
  route(
    'POST /channels',
    'Creates a channel, or `count` numbered ones.',
    {
      ...{ teamId: id, name: id, kind: z.enum(['public', 'private']).default('public'), members: z.array(id).default([]) },
      ...{ archived: z.boolean().default(false), policy: z.enum(POLICIES).default('open'), count: z.int().min(1).optional() },
    },
    ({ store }, { teamId, name, kind, members, archived, policy, count }) => {
      teamOf(store, teamId)
      const names = count === undefined ? [name] : Array.from({ length: count }, (_, at) => `${name}-${at + 1}`)
      const options = { teamId, kind, creator: members[0] ?? '', archived, policy }
      const made = names.map((one) => addChannel(store, { ...options, name: one, members: [...members] }))
      return { channels: made.map((channel) => channelShape(channel, '')) }
    },
  ),
  route(
    'POST /policies',
    'Changes who may post in a channel, or archives it.',
    { channelId: id, policy: z.enum(POLICIES).optional(), archived: z.boolean().optional() },
    ({ store }, { channelId, ...changes }) => void Object.assign(channelOf(store, channelId), changes),
  ),
  route('POST /locks', 'Locks the thread of a message.', { channelId: id, ts: id }, ({ store }, { channelId, ts }) => {
    messageOf(store, channelId, ts).locked = true
  }),
  route('POST /emoji', 'Adds a custom emoji to a workspace.', { teamId: id, name: id }, ({ store }, { teamId, name }) => {
    teamOf(store, teamId)
    store.data.emoji.set(teamId, [...(store.data.emoji.get(teamId) ?? []), name])
  }),
]

/** Tokens and refusals. */
const accounts = [
  route(
    'POST /tokens',
    'Revokes, expires, deactivates or restores a token.',
    { token, state: z.enum(TOKEN_STATES) },
    ({ store }, { token: text, state }) => {
      tokenOf(store, text).state = state
    },
  ),
  route('POST /limits', 'Turns rate limits on or off.', { on: z.boolean() }, ({ limits }, { on }) => limits.enforce(on)),
  route(
    'POST /rate-limits',
    'Rate-limits the next calls of a method; `softly` with the error `rate_limited` and status 200.',
    { token, method: id, times, seconds: z.number().default(1), softly: z.boolean().default(false) },
    ({ store, limits }, { token: text, method, times: many, seconds, softly }) =>
      limits.limiter.force(tokenOf(store, text).appId, method, many, softly ? refused('rate_limited') : rateLimited(seconds)),
  ),
  route(
    'POST /refusals',
    'Refuses the next calls of a method with an error; `more` is added to the response.',
    { token, method: id, error: id, times, more: z.record(z.string(), z.unknown()).optional() },
    ({ store, limits }, { token: text, method, error, times: many, more }) =>
      limits.limiter.force(tokenOf(store, text).appId, method, many, refused(error, more)),
  ),
]

/** Socket Mode of the app to which a token belongs. */
const sockets = [
  route('GET /socket', 'Counts connections and unacknowledged envelopes.', { token }, (slack, { token: text }) => {
    const { connections, unacknowledged } = socketsOf(slack, text)
    return { connections: connections.length, unacknowledged }
  }),
  route(
    'POST /socket/disconnect',
    'Closes all connections, `after` milliseconds if given; `cut` without a close frame.',
    { token, reason: z.enum([...DISCONNECT_REASONS, 'cut']), after: z.number().optional() },
    (slack, { token: text, reason, after }) => {
      const app = socketsOf(slack, text)
      if (reason === 'link_disabled') app.isEnabled = false
      app.disconnect(reason, after)
    },
  ),
  route(
    'POST /socket/redelivery',
    'Sets how long an acknowledgement may take, and the pauses before each redelivery, in milliseconds.',
    { token, ack: z.number().optional(), retries: z.array(z.number()).optional() },
    (slack, { token: text, ...redelivery }) => socketsOf(slack, text).setRedelivery(redelivery),
  ),
  route('POST /socket/mode', 'Turns Socket Mode on or off.', { token, on: z.boolean() }, (slack, { token: text, on }) => {
    socketsOf(slack, text).isEnabled = on
  }),
  route(
    'POST /socket/send',
    'Sends an envelope to one connection.',
    { token, ...givenEnvelope },
    (slack, { token: text, ...envelope }) => socketsOf(slack, text).deliver(envelope),
  ),
]

export const slackControl = [
  ...people,
  ...channels,
  ...accounts,
  ...sockets,
  route('GET /state', 'Shows all there is, without tokens.', {}, ({ store }) => store.state.plain()),
  route(
    'GET /existing',
    'Lists what still exists of a run, by the run id in its texts and names.',
    { runId: id },
    ({ store }, { runId }) => ({ existing: existing(store, runId) }),
  ),
]

const teamOf = (store: SlackStore, teamId: string) => existingOf('team', teamId, store.data.teams.get(teamId))
const channelOf = (store: SlackStore, channelId: string) => existingOf('channel', channelId, store.channel(channelId))
const userOf = (store: SlackStore, userId: string) => existingOf('user', userId, store.data.users.get(userId))
const tokenOf = (store: SlackStore, text: string) => existingOf('token', 'of that text', store.data.tokens.get(text))
const socketsOf = ({ store, sockets: all }: Slack, text: string) => all.of(tokenOf(store, text).appId)
const messageOf = (store: SlackStore, channelId: string, ts: string) => existingOf('message', ts, store.message(channelId, ts))

function existing({ data }: SlackStore, runId: string) {
  const { messages, channels: rooms, files, users } = data
  const all = [
    ...[...messages.values()].flat().map(({ ts, text, channelId }) => ['message', `${channelId}:${ts}`, text]),
    ...[...rooms.values()].filter(({ archived }) => !archived).map((room) => ['channel', room.id, room.name]),
    ...[...files.values()].filter(({ deleted }) => !deleted).map((file) => ['file', file.id, `${file.name} ${file.title}`]),
    ...[...users.values()].map((user) => ['status', user.id, user.statusText]),
  ]
  return all.map(([kind, key, name]) => ({ kind, id: key, name })).filter(({ name }) => name?.includes(runId))
}
