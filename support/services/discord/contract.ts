import { z } from 'zod'

/** Ids are snowflakes: decimal numbers of 64 bits, always as strings. Times are ISO 8601 with an offset. */
const id = z.string().regex(/^\d{17,20}$/, 'must be a snowflake')
const time = z.iso.datetime({ offset: true })
const bits = z.string().regex(/^\d+$/, 'must be a decimal string')

export const user = z.looseObject({
  id,
  username: z.string().min(1),
  discriminator: z.string(),
  global_name: z.string().nullable(),
  avatar: z.string().nullable(),
  bot: z.boolean().optional(),
  flags: z.int().optional(),
})

const isSet = (values: readonly unknown[]): boolean => new Set(values).size === values.length
const byId = (list: readonly { id: string }[]): boolean => isSet(list.map((one) => one.id))
const ONCE = 'must contain each once'

const overwrite = z.looseObject({ id, type: z.union([z.literal(0), z.literal(1)]), allow: bits, deny: bits })

export const channel = z.looseObject({
  id,
  type: z.int(),
  flags: z.int().optional(),
  guild_id: id.optional(),
  name: z.string().nullish(),
  topic: z.string().nullish(),
  nsfw: z.boolean().optional(),
  parent_id: id.nullish(),
  permission_overwrites: z.array(overwrite).optional(),
  /** For a direct channel: every member but the bot. */
  recipients: z.array(user).optional(),
})

export const thread = channel.extend({
  guild_id: id,
  name: z.string().min(1),
  parent_id: id,
  owner_id: id.optional(),
  thread_metadata: z.looseObject({ archived: z.boolean(), locked: z.boolean(), auto_archive_duration: z.int() }),
})

export const direct = z.looseObject({ id, type: z.literal(1), recipients: z.array(user).length(1), flags: z.int().optional() })

const attachment = z.looseObject({
  id,
  filename: z.string().min(1),
  size: z.int().min(0),
  url: z.url(),
  proxy_url: z.url(),
  content_type: z.string().optional(),
})

const reaction = z.looseObject({
  emoji: z.looseObject({ id: id.nullable(), name: z.string().nullable() }),
  count: z.int().positive(),
  me: z.boolean(),
})

export const message = z.looseObject({
  id,
  channel_id: id,
  author: user,
  content: z.string(),
  timestamp: time,
  edited_timestamp: time.nullable(),
  tts: z.boolean(),
  mention_everyone: z.boolean(),
  mentions: z.array(user).refine(byId, ONCE),
  mention_roles: z.array(id),
  attachments: z.array(attachment),
  embeds: z.array(z.looseObject({})),
  components: z.array(z.looseObject({})),
  pinned: z.boolean(),
  type: z.int(),
  flags: z.int(),
  reactions: z.array(reaction).optional(),
  message_reference: z
    .looseObject({ type: z.int().optional(), message_id: id.optional(), channel_id: id.optional(), guild_id: id.optional() })
    .optional(),
  thread: thread.optional(),
})

export const messages = z.array(message).refine(byId, ONCE)

const role = z.looseObject({ id, name: z.string(), permissions: bits, mentionable: z.boolean() })

const emoji = z.looseObject({ id, name: z.string().min(1), available: z.boolean().optional() })

export const guild = z
  .looseObject({ id, name: z.string().min(1), owner_id: id, roles: z.array(role).refine(byId, ONCE), emojis: z.array(emoji) })
  .refine(({ roles, id: everyone }) => roles.some((one) => one.id === everyone), 'must have the role @everyone')

export const channels = z.array(channel).refine(byId, ONCE)

export const ownGuilds = z.array(z.looseObject({ id, name: z.string().min(1), permissions: bits })).refine(byId, ONCE)

export const member = z.looseObject({ user, nick: z.string().nullable(), roles: z.array(id), joined_at: time })

export const members = z.array(member).refine((list) => byId(list.map((one) => one.user)), ONCE)

export const application = z.looseObject({ id, name: z.string(), flags: z.int(), bot: user.optional() })

export const gateway = z.looseObject({
  url: z.string().regex(/^wss?:\/\//, 'must be a WebSocket address'),
  shards: z.int().min(1),
  session_start_limit: z
    .looseObject({ total: z.int(), remaining: z.int(), reset_after: z.int(), max_concurrency: z.int().min(1) })
    .refine(({ remaining, total }) => remaining >= 0 && remaining <= total, 'must not exceed the total of sessions'),
})

export type DiscordUser = z.infer<typeof user>
export type DiscordChannel = z.infer<typeof channel>
export type DiscordMessage = z.infer<typeof message>
export type DiscordThread = z.infer<typeof thread>
export type DiscordGuild = z.infer<typeof guild>
export type OwnGuild = z.infer<typeof ownGuilds>[number]
export type DiscordMember = z.infer<typeof member>
export type DiscordApplication = z.infer<typeof application>
export type Overwrite = z.infer<typeof overwrite>
