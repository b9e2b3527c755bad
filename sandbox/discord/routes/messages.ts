import { z } from 'zod'
import { demand, demandWriting, type InChannel, messageIn, type OnMessage, onMessage, textChannelOf } from '../access'
import { edit, post, remove, THREAD_STARTER } from '../acts/messages'
import { type Discord, type DiscordRoutes, viewerOf } from '../context'
import { invalidField, refuse } from '../errors'
import { compose, keepFiles } from '../forms/compose'
import { embedsOf } from '../forms/embeds'
import { changedMessage, kept, newMessage } from '../forms/message'
import { formOf, type Upload } from '../forms/upload'
import { mentionsOf } from '../mentions'
import type { MessageRow } from '../model'
import { has } from '../permissions'
import { messageShape } from '../shapes/messages'
import { byAge, madeAt } from '../snowflakes'
import { checked, int, list, maybe, snowflake } from '../validation'

const page = z.object({ around: maybe(snowflake), before: maybe(snowflake), after: maybe(snowflake), limit: maybe(int(1, 100)) })
const bulk = z.object({ messages: list(snowflake, 100, 2) })
const TWO_WEEKS = 14 * 86_400_000
/** With `enforce_nonce`, the same nonce within this time is the same message. */
const NONCE_LIFE = 5 * 60_000
const SUPPRESS_EMBEDS = 4

type Changes = z.infer<typeof changedMessage>

export const messageRoutes: DiscordRoutes = {
  'GET /channels/:id/messages': (discord, request) => {
    const { channel, bot, may } = textChannelOf(discord, request)
    const wanted = checked(page, request.query)
    if (!has(may, 'READ_MESSAGE_HISTORY')) return []
    return pageOf(discord.store.messagesIn(channel.id), wanted).map((one) => messageShape(discord, one, viewerOf(discord, bot)))
  },
  'GET /channels/:id/messages/:message': (discord, request) => {
    const { channel, bot, may } = textChannelOf(discord, request)
    demand(may, 'READ_MESSAGE_HISTORY')
    return messageShape(discord, messageIn(discord, request, channel), viewerOf(discord, bot))
  },
  'POST /channels/:id/messages': (discord, request) => {
    const place = textChannelOf(discord, request)
    const { bot, channel, may } = place
    demandWriting(discord, place)
    if (channel.thread?.locked && !has(may, 'MANAGE_THREADS')) throw refuse('locked')
    const { body, uploads } = formOf(request)
    const fields = checked(newMessage, body)
    const draft = compose(discord, { ...place, fields, uploads })
    const earlier = fields.enforce_nonce ? sameNonce(discord, place, fields.nonce) : undefined
    return messageShape(discord, earlier ?? post(discord, bot, channel, draft), viewerOf(discord, bot))
  },
  'PATCH /channels/:id/messages/:message': (discord, request) => {
    const place = onMessage(discord, request)
    const { body, uploads } = formOf(request)
    const fields = checked(changedMessage, body)
    if (place.message.authorId === place.bot.id) change(discord, place, { fields, uploads, sent: body })
    else suppress(discord, place, fields)
    return messageShape(discord, place.message, viewerOf(discord, place.bot))
  },
  'DELETE /channels/:id/messages/:message': (discord, request) => {
    const { channel, bot, may, message } = onMessage(discord, request)
    if (message.authorId !== bot.id && channel.guildId === null) throw refuse('notInDirect')
    if (message.authorId !== bot.id) demand(may, 'MANAGE_MESSAGES')
    if (message.type === THREAD_STARTER) throw refuse('systemMessage')
    remove(discord, channel, [message])
  },
  'POST /channels/:id/messages/bulk-delete': (discord, request) => {
    const { store } = discord
    const { channel, may } = textChannelOf(discord, request)
    if (channel.guildId === null) throw refuse('notInDirect')
    demand(may, 'MANAGE_MESSAGES')
    const { messages: ids } = checked(bulk, request.body)
    judgeOnce(ids)
    if (ids.some((id) => madeAt(id) < store.ids.now() - TWO_WEEKS)) throw refuse('tooOld')
    const found = ids.flatMap((id) => store.data.messages.get(id) ?? []).filter(({ channelId }) => channelId === channel.id)
    if (found.length > 0) remove(discord, channel, found, true)
  },
}

/** @throws 400/50035 for a message named twice */
function judgeOnce(ids: readonly string[]): void {
  const at = ids.findIndex((id, place) => ids.indexOf(id) < place)
  if (at >= 0) throw invalidField(`messages.${at}`, 'SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value')
}

function sameNonce({ store }: Discord, { bot, channel }: InChannel, nonce: string | number | undefined): MessageRow | undefined {
  if (nonce === undefined) return undefined
  const since = store.ids.now() - NONCE_LIFE
  return store
    .messagesIn(channel.id)
    .findLast((one) => one.authorId === bot.id && one.at > since && String(one.nonce) === String(nonce))
}

/** One page, newest first. @throws 400/50035 for more than one anchor */
function pageOf(messages: readonly MessageRow[], { around, before, after, limit = 50 }: z.infer<typeof page>): MessageRow[] {
  if ([around, before, after].filter((anchor) => anchor !== undefined).length > 1) {
    throw invalidField('before', 'BASE_TYPE_BAD_TYPE', 'Only one of around, before and after may be given.')
  }
  const older = (anchor: string) => messages.filter(({ id }) => byAge(id, anchor) < 0)
  const newer = (anchor: string) => messages.filter(({ id }) => byAge(id, anchor) > 0)
  if (after !== undefined) return newer(after).slice(0, limit).reverse()
  if (around === undefined) return (before === undefined ? [...messages] : older(before)).slice(-limit).reverse()
  const middle = messages.filter(({ id }) => id === around)
  const half = Math.floor(limit / 2)
  const earlier = half > 0 ? older(around).slice(-half) : []
  return [...earlier, ...middle, ...newer(around)].slice(0, limit).reverse()
}

/** In others' messages only the visibility of embeds can be changed. @throws 403/50005; 403/50013 */
function suppress(discord: Discord, { channel, may, message }: OnMessage, { flags, ...rest }: Changes): void {
  const others = Object.values(rest).some((value) => value !== undefined)
  if (flags === undefined || others) throw refuse('notYours')
  demand(may, 'MANAGE_MESSAGES')
  edit(discord, channel, message, { flags: withSuppression(message.flags, flags) })
}

const withSuppression = (former: number, wanted: number): number => (former & ~SUPPRESS_EMBEDS) | (wanted & SUPPRESS_EMBEDS)

interface Edit {
  fields: Changes
  uploads: readonly Upload[]
  /** As sent: null clears a text, its absence keeps it. */
  sent: unknown
}

function change(discord: Discord, place: OnMessage, { fields, uploads, sent }: Edit): void {
  const { channel, message } = place
  if (channel.thread?.archived) throw refuse('archived')
  if (message.type !== 0 && message.type !== 19) throw refuse('systemMessage')
  const given = (key: string): boolean => typeof sent === 'object' && sent !== null && key in sent
  const content = given('content') ? kept(fields.content) : message.content
  const embeds = given('embeds') ? embedsOf(fields.embeds ?? []) : message.embeds
  const files = given('attachments')
    ? message.attachments.filter(({ id }) => fields.attachments?.some((one) => one.id === id))
    : message.attachments
  const components = given('components') ? (fields.components ?? []) : message.components
  const nothing = content === '' && embeds.length + files.length + uploads.length + components.length === 0
  if (nothing && !message.poll && message.snapshots.length === 0) throw refuse('empty')
  const attachments = [...files, ...keepFiles(discord, uploads, fields.attachments ?? [])]
  edit(discord, channel, message, {
    content,
    embeds,
    attachments,
    components,
    ...(given('content') ? mentionedNow(discord, place, content, fields) : {}),
    flags: fields.flags === undefined ? message.flags : withSuppression(message.flags, fields.flags),
    editedAt: discord.store.ids.now(),
  })
}

/** Mentions of a new text are determined as for a new message: the allowed mentions of the old text no longer apply. */
function mentionedNow({ store }: Discord, { bot, channel, message }: OnMessage, content: string, fields: Changes) {
  const { reference } = message
  const replied = reference?.type === 0 ? store.data.messages.get(reference.messageId ?? '') : undefined
  return mentionsOf(store, { content, author: bot, channel }, fields.allowed_mentions, replied)
}
