import type { FastifyPluginAsync } from 'fastify'
import type { z } from 'zod'
import { demand, type InChannel, messageOf, textChannelOf } from '../access'
import { edit } from '../acts/messages'
import { type Discord, type RouteOptions, viewerOf } from '../context'
import { refuse } from '../errors'
import { keepFiles } from '../forms/compose'
import { embedsOf } from '../forms/embeds'
import { changedMessage, kept } from '../forms/message'
import { formOf, type Upload } from '../forms/upload'
import { mentionsOf } from '../mentions'
import type { MessageRow } from '../model'
import { messageShape } from '../shapes/messages'
import { checked } from '../validation'

const SUPPRESS_EMBEDS = 4
type Changes = z.infer<typeof changedMessage>

export const editRoutes: FastifyPluginAsync<RouteOptions> = async (app, { discord }) => {
  app.patch('/channels/:id/messages/:message', async (request) => {
    const place = textChannelOf(discord, request)
    const message = messageOf(discord, request, place.channel)
    const { body, uploads } = formOf(request)
    const fields = checked(changedMessage, body)
    if (message.authorId === place.bot.id) change(discord, place, message, { fields, uploads, sent: body })
    else suppress(discord, place, message, fields)
    return messageShape(discord, message, viewerOf(discord, place.bot))
  })
}

/** In others' messages only the visibility of embeds can be changed. @throws 403/50005; 403/50013 */
function suppress(discord: Discord, { channel, may }: InChannel, message: MessageRow, { flags, ...rest }: Changes): void {
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

function change(discord: Discord, { bot, channel }: InChannel, message: MessageRow, { fields, uploads, sent }: Edit): void {
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
    ...(given('content') ? mentionedNow(discord, { bot, channel }, message, content, fields) : {}),
    flags: fields.flags === undefined ? message.flags : withSuppression(message.flags, fields.flags),
    editedAt: discord.store.ids.now(),
  })
}

/** Mentions of a new text are determined as for a new message: the allowed mentions of the old text no longer apply. */
function mentionedNow(
  { store }: Discord,
  { bot, channel }: Pick<InChannel, 'bot' | 'channel'>,
  { reference }: MessageRow,
  content: string,
  { allowed_mentions: allowed }: Changes,
): Partial<MessageRow> {
  const replied = reference?.type === 0 ? store.data.messages.get(reference.messageId ?? '') : undefined
  const { users, roles, everyone } = mentionsOf(store, { content, author: bot, channel }, allowed, replied)
  return { mentions: users, mentionedRoles: roles, mentionsEveryone: everyone }
}
