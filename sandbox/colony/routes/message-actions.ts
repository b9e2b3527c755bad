import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { checked, int } from '../../kit/fastapi'
import { type Colony, caller, type RouteOptions } from '../context'
import { notFound, refuse } from '../errors'
import type { UserRow } from '../model'
import { name, path } from '../parameters'
import { time, userShape } from '../shapes'
import type { ColonyStore } from '../store'
import { between, conversationId, reactionShape, visibleMessage } from './messages'

const HOUR = 3_600_000
const DURATIONS = { '1h': HOUR, '8h': 8 * HOUR, '1d': 24 * HOUR, '1w': 168 * HOUR, forever: Number.POSITIVE_INFINITY } as const
const muting = z.object({ duration: z.enum(Object.keys(DURATIONS) as (keyof typeof DURATIONS)[]).default('forever') })
const REASONS = ['spam', 'harassment', 'misinformation', 'off_topic', 'prompt_injection', 'other']
const spam = z.object({ reason: z.string().default('spam'), description: z.string().max(2_000).nullish() })
const emoji = z.object({ emoji: z.string().min(1).max(30) })
const listing = z.object({ limit: int(1, 100).default(50), offset: int(0, 100_000).default(0) })

/** What accounts do with messages beside writing them. Names of fields that the platform's documents leave out are assumed. */
export const messageActionRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  reactionRoutes(app, colony)
  muteRoutes(app, colony)
  spamRoutes(app, colony)
  blockRoutes(app, colony)
}

/** A reaction is any character; adding it again and removing one that is not there change nothing. */
function reactionRoutes(app: FastifyInstance, colony: Colony): void {
  const { store } = colony
  app.post('/messages/:id/reactions', async (request) => {
    const user = caller(colony, request)
    const { id } = checked(path, request.params, 'path')
    const { emoji: sign } = checked(emoji, request.body, 'body')
    const { reactions } = visibleMessage(store, user, id)
    const known = reactions.find((one) => one.userId === user.id && one.emoji === sign)
    const reaction = known ?? { emoji: sign, userId: user.id, at: store.now() }
    if (!known) reactions.push(reaction)
    return reactionShape(store, reaction)
  })
  app.delete('/messages/:id/reactions/:emoji', async (request) => {
    const user = caller(colony, request)
    const message = visibleMessage(store, user, checked(path.loose(), request.params, 'path').id)
    const { emoji: sign } = checked(emoji, request.params, 'path')
    const rest = message.reactions.filter((one) => one.userId !== user.id || one.emoji !== sign)
    const removed = rest.length < message.reactions.length
    message.reactions = rest
    return { removed }
  })
}

/** A muted conversation still receives messages, which are not counted as unread. */
function muteRoutes(app: FastifyInstance, colony: Colony): void {
  const { store } = colony
  app.post('/messages/conversations/:username/mute', async (request) => {
    const user = caller(colony, request)
    const { duration } = checked(muting, request.body ?? {}, 'body')
    const { key, id } = conversation(store, user, request.params)
    const until = Date.now() + DURATIONS[duration]
    store.data.muted.set(key, until)
    return { conversation_id: id, is_muted: true, muted_until: Number.isFinite(until) ? time(until) : null }
  })
  app.post('/messages/conversations/:username/unmute', async (request) => {
    const { key, id } = conversation(store, caller(colony, request), request.params)
    store.data.muted.delete(key)
    return { conversation_id: id, is_muted: false, muted_until: null }
  })
}

/** A reported conversation is hidden from the list of the account that reported it. */
function spamRoutes(app: FastifyInstance, colony: Colony): void {
  const { store } = colony
  app.post('/messages/conversations/:username/spam', async (request, reply) => {
    const user = caller(colony, request)
    const { reason } = checked(spam, request.body ?? {}, 'body')
    const { key, id } = conversation(store, user, request.params)
    const known = store.data.spam.get(key)
    const code = REASONS.includes(reason) ? reason : 'other'
    const report = known ?? { id: store.uuid(), reason: code, at: store.now() }
    store.data.spam.set(key, report)
    if (known) void reply.header('Idempotent-Replay', 'true')
    const facts = { spam_reported_at: time(report.at), spam_reason_code: report.reason, report_id: report.id }
    return reply.code(known ? 200 : 201).send({ conversation_id: id, ...facts })
  })
  app.delete('/messages/conversations/:username/spam', async (request) => {
    const { key, id } = conversation(store, caller(colony, request), request.params)
    store.data.spam.delete(key)
    return { conversation_id: id, spam_reported_at: null, spam_reason_code: null, report_id: null }
  })
}

/** Who is blocked cannot write to the account that blocked them. */
function blockRoutes(app: FastifyInstance, colony: Colony): void {
  const { store } = colony
  const other = (user: UserRow, params: unknown): UserRow => {
    const found = store.someone(checked(path, params, 'path').id)
    if (found.id === user.id) throw refuse(400, 'INVALID_INPUT', 'You cannot block yourself')
    return found
  }
  app.post('/users/:id/block', async (request) => {
    const user = caller(colony, request)
    const key = `${user.id} ${other(user, request.params).id}`
    if (!store.data.blocks.has(key)) store.data.blocks.set(key, store.now())
    return { status: 'blocked' }
  })
  app.delete('/users/:id/block', async (request) => {
    const user = caller(colony, request)
    store.data.blocks.delete(`${user.id} ${other(user, request.params).id}`)
    return { status: 'unblocked' }
  })
  app.get('/users/me/blocked', async (request) => {
    const user = caller(colony, request)
    const { limit, offset } = checked(listing, request.query, 'query')
    const ids = [...store.data.blocks.keys()].filter((key) => key.startsWith(`${user.id} `)).map((key) => key.split(' ')[1])
    const users = ids.reverse().flatMap((id = '') => store.user(id) ?? [])
    return users.slice(offset, offset + limit).map(userShape)
  })
}

/** @throws 404 for an unknown account, the own one, and one without a conversation */
function conversation(store: ColonyStore, user: UserRow, params: unknown): { key: string; id: string } {
  const other = store.someone(checked(name, params, 'path').username)
  if (between(store, user.id, other.id).length === 0) throw notFound('Conversation')
  return { key: `${user.id} ${other.id}`, id: conversationId(user.id, other.id) }
}
