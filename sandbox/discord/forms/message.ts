import { z } from 'zod'
import { choice, flag, int, list, maybe, snowflake, someText, text } from '../validation'
import { embed } from './embeds'

const LONGEST_CONTENT = 2_000
const MOST_COMPONENTS = 40

const allowedMentions = z.object({
  parse: maybe(list(z.enum(['users', 'roles', 'everyone']), 3)),
  users: maybe(list(snowflake, 100)),
  roles: maybe(list(snowflake, 100)),
  replied_user: maybe(flag),
})

const reference = z.object({
  type: maybe(choice(0, 1)),
  message_id: maybe(snowflake),
  channel_id: maybe(snowflake),
  guild_id: maybe(snowflake),
  fail_if_not_exists: maybe(flag),
})

const component = z.looseObject({ type: int(1, 100) })
const attachment = z.looseObject({
  id: maybe(text(20)),
  filename: maybe(text(1_024)),
  description: maybe(text(1_024)),
})

const nonce = z.unknown().transform((value, context): string | number => {
  if (Number.isSafeInteger(value)) return value as number
  if (typeof value === 'string' && [...value].length <= 25) return value
  const isLong = typeof value === 'string'
  const code = isLong ? 'NONCE_TYPE_TOO_LONG' : 'NONCE_TYPE_INVALID'
  context.addIssue({ code: 'custom', message: 'Nonce must be a number or a string of at most 25 characters.', params: { code } })
  return z.NEVER
})

const media = z.looseObject({ text: maybe(someText(300)) })
const poll = z.object({
  question: media,
  answers: list(z.looseObject({ poll_media: media }), 10, 1),
  duration: maybe(int(1, 768)),
  allow_multiselect: maybe(flag),
  layout_type: maybe(int(1, 1)),
})

/** A text as it is stored: trimmed, and without characters that cannot be displayed, such as lone surrogates. */
export const kept = (content: string | undefined): string => (content ?? '').replace(/\p{Surrogate}|\0/gu, '').trim()

export const newMessage = z.object({
  content: maybe(text(LONGEST_CONTENT)),
  nonce: maybe(nonce),
  enforce_nonce: maybe(flag),
  tts: maybe(flag),
  embeds: maybe(list(embed, 10)),
  allowed_mentions: maybe(allowedMentions),
  message_reference: maybe(reference),
  components: maybe(list(component, MOST_COMPONENTS)),
  sticker_ids: maybe(list(snowflake, 3)),
  attachments: maybe(list(attachment, 10)),
  flags: maybe(int(0, 2 ** 31 - 1)),
  poll: maybe(poll),
})

export const changedMessage = newMessage.pick({
  content: true,
  embeds: true,
  allowed_mentions: true,
  components: true,
  attachments: true,
  flags: true,
})

export type NewMessage = z.infer<typeof newMessage>
export type Poll = z.infer<typeof poll>
