import type { InChannel } from '../access'
import type { Draft } from '../acts/messages'
import { type Discord, viewerOf } from '../context'
import { invalidField, refuse } from '../errors'
import { mentionsOf } from '../mentions'
import type { AttachmentRow, MessageRow, ReferenceRow, UserRow } from '../model'
import { has } from '../permissions'
import { pictureSize } from '../picture'
import { messageShape } from '../shapes/messages'
import { stamp } from '../shapes/times'
import { embedsOf } from './embeds'
import { kept, type NewMessage, type Poll } from './message'
import { safeName, type Upload } from './upload'

/** Flags that a bot may set: no embeds, no notification, components instead of texts. */
const SETTABLE = 4 | 4_096 | 32_768
const COMPONENTS_V2 = 32_768
const HAS_SNAPSHOT = 16_384
const REPLY = 19
const MOST_COMPONENTS = 40

export interface Composition extends InChannel {
  fields: NewMessage
  uploads: readonly Upload[]
}

/** Turns a request into a message that can be posted. @throws Discord's refusal for the first error */
export function compose(discord: Discord, composition: Composition): Draft {
  const { bot: author, channel, fields, uploads } = composition
  judge(composition)
  const { reference, target } = referenceOf(discord, composition)
  const content = kept(fields.content)
  const embeds = embedsOf(fields.embeds ?? [])
  const isForward = reference?.type === 1
  const parts = [content, embeds.length, fields.components?.length, uploads.length, fields.poll, isForward]
  if (!parts.some(Boolean)) throw refuse('empty')
  const replied = isForward ? undefined : target
  return {
    type: reference && !isForward ? REPLY : 0,
    content,
    tts: (fields.tts ?? false) && has(composition.may, 'SEND_TTS_MESSAGES'),
    ...mentionsOf(discord.store, { content, author, channel }, fields.allowed_mentions, replied),
    attachments: keepFiles(discord, uploads, fields.attachments ?? []),
    embeds,
    components: numbered(fields.components ?? []),
    poll: fields.poll ? pollOf(discord, fields.poll) : null,
    flags: ((fields.flags ?? 0) & SETTABLE) | (isForward ? HAS_SNAPSHOT : 0),
    nonce: fields.nonce ?? null,
    reference,
    snapshots: isForward && target ? [{ message: snapshotOf(discord, author, target) }] : [],
  }
}

function judge({ channel, may, fields, uploads }: Composition): void {
  const allowed = fields.allowed_mentions
  for (const kind of ['users', 'roles'] as const) {
    if (allowed?.parse?.includes(kind) && (allowed[kind]?.length ?? 0) > 0) {
      const message = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`
      throw invalidField('allowed_mentions', 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message)
    }
  }
  if (countOf(fields.components ?? []) > MOST_COMPONENTS) {
    throw invalidField('components', 'BASE_TYPE_MAX_LENGTH', `Must be ${MOST_COMPONENTS} or fewer in length.`)
  }
  if (((fields.flags ?? 0) & COMPONENTS_V2) !== 0) judgeComponentsOnly(fields)
  if ((fields.sticker_ids?.length ?? 0) > 0) throw refuse('unknownSticker')
  if (channel.guildId === null) return
  if (uploads.length > 0 && !has(may, 'ATTACH_FILES')) throw refuse('missingPermissions')
  if ((fields.embeds?.length ?? 0) > 0 && !has(may, 'EMBED_LINKS')) throw refuse('missingPermissions')
  if (fields.poll && !has(may, 'SEND_POLLS')) throw refuse('missingPermissions')
}

function judgeComponentsOnly({ content, embeds, poll }: NewMessage): void {
  for (const [field, value] of Object.entries({ content, embeds, poll })) {
    if (!value || (Array.isArray(value) && value.length === 0)) continue
    const message = `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`
    throw invalidField(field, 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', message)
  }
}

type Referred = { reference: ReferenceRow | null; target?: MessageRow }

/** @throws 403/160002 without the right to read history; 400/50035 for a message that does not exist */
function referenceOf({ store }: Discord, { bot, channel, may, fields }: Composition): Referred {
  const wanted = fields.message_reference
  if (!wanted) return { reference: null }
  const isForward = wanted.type === 1
  if (!isForward && !has(may, 'READ_MESSAGE_HISTORY')) throw refuse('noHistoryNoReply')
  if (wanted.message_id === undefined)
    throw invalidField('message_reference.message_id', 'BASE_TYPE_REQUIRED', 'This field is required')
  const from = store.data.channels.get(wanted.channel_id ?? channel.id)
  const target = store.data.messages.get(wanted.message_id)
  const reachable = from && has(store.permissions(from, bot.id), 'READ_MESSAGE_HISTORY') && (isForward || from.id === channel.id)
  if (!from || !reachable || target?.channelId !== from.id) {
    if (!isForward && wanted.fail_if_not_exists === false) return { reference: null }
    throw invalidField('message_reference', 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message')
  }
  if (!isForward && ![0, 19, 20, 23].includes(target.type)) {
    throw invalidField('message_reference', 'REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE', 'Cannot reply to a system message')
  }
  return { reference: { type: isForward ? 1 : 0, channelId: from.id, guildId: from.guildId, messageId: target.id }, target }
}

/** The snapshot in a forward: the content of the message, without its author. */
function snapshotOf(discord: Discord, author: UserRow, target: MessageRow): Record<string, unknown> {
  const whole = messageShape(discord, target, viewerOf(discord, author), true)
  const { content, embeds, attachments, components, timestamp, edited_timestamp, mentions, mention_roles, type } = whole
  const { flags } = target
  return { content, embeds, attachments, components, timestamp, edited_timestamp, mentions, mention_roles, type, flags }
}

export function keepFiles({ store }: Discord, uploads: readonly Upload[], described: readonly Described[]): AttachmentRow[] {
  return uploads.map(({ key, filename, contentType, bytes }) => {
    const facts = described.find(({ id }) => id === key)
    const id = store.ids.next()
    store.data.files.set(id, { bytes, contentType })
    return {
      id,
      filename: facts?.filename ? safeName(facts.filename) : filename,
      size: bytes.length,
      contentType,
      description: facts?.description ?? null,
      picture: contentType.startsWith('image/') ? (pictureSize(bytes) ?? null) : null,
    }
  })
}

type Described = NonNullable<NewMessage['attachments']>[number]

const nestedIn = (component: Record<string, unknown>): Record<string, unknown>[] =>
  Array.isArray(component.components) ? component.components : []

function countOf(components: readonly Record<string, unknown>[]): number {
  return components.reduce((all, one) => all + 1 + countOf(nestedIn(one)), 0)
}

/** Components without an id get their position in the message as id. */
function numbered(components: readonly Record<string, unknown>[], counter = { last: 0 }): Record<string, unknown>[] {
  return components.map((one) => {
    const id = one.id ?? ++counter.last
    const inner = nestedIn(one)
    return { ...one, id, ...(inner.length > 0 ? { components: numbered(inner, counter) } : {}) }
  })
}

const HOUR = 3_600_000

const pollOf = ({ store }: Discord, { question, answers, duration, allow_multiselect: many }: Poll) => ({
  question,
  answers: answers.map(({ poll_media: media }, place) => ({ answer_id: place + 1, poll_media: media })),
  expiry: stamp(store.ids.now() + (duration ?? 24) * HOUR),
  allow_multiselect: many ?? false,
  layout_type: 1,
  results: { is_finalized: false, answer_counts: [] },
})
