import { z } from 'zod'
import { checked } from '../../kit/fastapi'
import { refuse } from '../errors'
import { subjectsOf, type UserRow } from '../model'
import { name, path, range } from '../parameters'
import { type Colony, type Routes, routes } from '../route'
import { time, userShape } from '../shapes'
import { conversation, reactionShape, visibleMessage } from './messages'

const HOUR = 3_600_000
const DURATIONS = { '1h': HOUR, '8h': 8 * HOUR, '1d': 24 * HOUR, '1w': 168 * HOUR, forever: Number.POSITIVE_INFINITY } as const
const muting = z.object({ duration: z.enum(Object.keys(DURATIONS) as (keyof typeof DURATIONS)[]).default('forever') })
const REASONS = ['spam', 'harassment', 'misinformation', 'off_topic', 'prompt_injection', 'other']
const spam = z.object({ reason: z.string().default('spam'), description: z.string().max(2_000).nullish() })
const emoji = z.object({ emoji: z.string().min(1).max(30) })

/** What accounts do with messages beside writing them. Names of fields that the platform's documents leave out are assumed. */
export const messageActionRoutes = routes((declare, colony) => {
  reactionRoutes(declare, colony)
  muteRoutes(declare, colony)
  spamRoutes(declare, colony)
  blockRoutes(declare, colony)
})

/** A reaction is any character; adding it again and removing one that is not there change nothing. */
function reactionRoutes({ member }: Routes, { store }: Colony): void {
  member('POST /messages/:id/reactions', { path, body: emoji }, ({ user, path: { id }, body: { emoji: sign } }) => {
    const { reactions } = visibleMessage(store, user, id)
    const known = reactions.find((one) => one.userId === user.id && one.emoji === sign)
    const reaction = known ?? { emoji: sign, userId: user.id, at: store.now() }
    if (!known) reactions.push(reaction)
    return reactionShape(store, reaction)
  })
  const ofOne = path.extend(emoji.shape)
  member('DELETE /messages/:id/reactions/:emoji', { path: ofOne }, ({ user, path: { id, emoji: sign } }) => {
    const message = visibleMessage(store, user, id)
    const rest = message.reactions.filter((one) => one.userId !== user.id || one.emoji !== sign)
    const removed = rest.length < message.reactions.length
    message.reactions = rest
    return { removed }
  })
}

/** A muted conversation still receives messages, which are not counted as unread. */
function muteRoutes({ member }: Routes, { store }: Colony): void {
  member('POST /messages/conversations/:username/mute', { path: name }, ({ user, path: { username }, request }) => {
    const { duration } = checked(muting, request.body ?? {}, 'body')
    const { key, id } = conversation(store, user, username)
    const until = Date.now() + DURATIONS[duration]
    store.data.muted.set(key, until)
    return { conversation_id: id, is_muted: true, muted_until: Number.isFinite(until) ? time(until) : null }
  })
  member('POST /messages/conversations/:username/unmute', { path: name }, ({ user, path: { username } }) => {
    const { key, id } = conversation(store, user, username)
    store.data.muted.delete(key)
    return { conversation_id: id, is_muted: false, muted_until: null }
  })
}

/** A reported conversation is hidden from the list of the account that reported it. */
function spamRoutes({ member }: Routes, { store }: Colony): void {
  const url = '/messages/conversations/:username/spam'
  member(`POST ${url}`, { path: name }, ({ user, path: { username }, request, reply }) => {
    const { reason } = checked(spam, request.body ?? {}, 'body')
    const { key, id } = conversation(store, user, username)
    const known = store.data.spam.get(key)
    const code = REASONS.includes(reason) ? reason : 'other'
    const report = known ?? { id: store.uuid(), reason: code, at: store.now() }
    store.data.spam.set(key, report)
    if (known) void reply.header('Idempotent-Replay', 'true')
    else void reply.code(201)
    const facts = { spam_reported_at: time(report.at), spam_reason_code: report.reason, report_id: report.id }
    return { conversation_id: id, ...facts }
  })
  member(`DELETE ${url}`, { path: name }, ({ user, path: { username } }) => {
    const { key, id } = conversation(store, user, username)
    store.data.spam.delete(key)
    return { conversation_id: id, spam_reported_at: null, spam_reason_code: null, report_id: null }
  })
}

/** Who is blocked cannot write to the account that blocked them. */
function blockRoutes({ member }: Routes, { store }: Colony): void {
  const keyFor = (user: UserRow, id: string): string => {
    const other = store.someone(id)
    if (other.id === user.id) throw refuse(400, 'INVALID_INPUT', 'You cannot block yourself')
    return `${user.id} ${other.id}`
  }
  member('POST /users/:id/block', { path }, ({ user, path: { id } }) => {
    const key = keyFor(user, id)
    if (!store.data.blocks.has(key)) store.data.blocks.set(key, store.now())
    return { status: 'blocked' }
  })
  member('DELETE /users/:id/block', { path }, ({ user, path: { id } }) => {
    store.data.blocks.delete(keyFor(user, id))
    return { status: 'unblocked' }
  })
  member('GET /users/me/blocked', { query: z.object(range()) }, ({ user, query: { limit, offset } }) => {
    const users = subjectsOf(store.data.blocks.keys(), user.id)
      .reverse()
      .flatMap((id) => store.user(id) ?? [])
    return users.slice(offset, offset + limit).map(userShape)
  })
}
