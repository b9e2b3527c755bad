import { z } from 'zod'
import { flag, int, maybe, snowflake, text } from '../validation'
import { embed } from './embeds'

export const LONGEST_CONTENT = 2_000
const MOST_COMPONENTS = 40

const allowedMentions = z.object({
  parse: maybe(z.array(z.enum(['users', 'roles', 'everyone']))),
  users: maybe(z.array(snowflake).max(100)),
  roles: maybe(z.array(snowflake).max(100)),
  replied_user: maybe(flag),
})

const reference = z.object({
  type: maybe(z.union([z.literal(0), z.literal(1)])),
  message_id: maybe(snowflake),
  channel_id: maybe(snowflake),
  guild_id: maybe(snowflake),
  fail_if_not_exists: maybe(flag),
})

const component = z.looseObject({ type: int(1, 100) })
const attachment = z.looseObject({
  id: maybe(z.union([z.string(), z.number()]).transform(String)),
  filename: maybe(text(0, 1_024)),
  description: maybe(text(0, 1_024)),
})

const nonce = z.unknown().transform((value, context): string | number => {
  if (Number.isSafeInteger(value)) return value as number
  if (typeof value === 'string' && [...value].length <= 25) return value
  const isLong = typeof value === 'string'
  const code = isLong ? 'NONCE_TYPE_TOO_LONG' : 'NONCE_TYPE_INVALID'
  context.addIssue({ code: 'custom', message: 'Nonce must be a number or a string of at most 25 characters.', params: { code } })
  return z.NEVER
})

const media = z.looseObject({ text: maybe(text(1, 300)) })
const poll = z.object({
  question: media,
  answers: z
    .array(z.looseObject({ poll_media: media }))
    .min(1)
    .max(10),
  duration: maybe(int(1, 768)),
  allow_multiselect: maybe(flag),
  layout_type: maybe(int(1, 1)),
})

export const newMessage = z.object({
  content: maybe(text(0, LONGEST_CONTENT)),
  nonce: maybe(nonce),
  enforce_nonce: maybe(flag),
  tts: maybe(flag),
  embeds: maybe(z.array(embed).max(10)),
  allowed_mentions: maybe(allowedMentions),
  message_reference: maybe(reference),
  components: maybe(z.array(component).max(MOST_COMPONENTS)),
  sticker_ids: maybe(z.array(snowflake).max(3)),
  attachments: maybe(z.array(attachment).max(10)),
  flags: maybe(int(0, 2 ** 31 - 1)),
  poll: maybe(poll),
})

export const changedMessage = z.object({
  content: maybe(text(0, LONGEST_CONTENT)),
  embeds: maybe(z.array(embed).max(10)),
  allowed_mentions: maybe(allowedMentions),
  components: maybe(z.array(component).max(MOST_COMPONENTS)),
  attachments: maybe(z.array(attachment).max(10)),
  flags: maybe(int(0, 2 ** 31 - 1)),
})

export type NewMessage = z.infer<typeof newMessage>
export type Poll = z.infer<typeof poll>
