import { z } from 'zod'

const id = (letters: string) => z.string().regex(new RegExp(`^[${letters}][A-Z0-9]+$`))
/** Seconds with six decimals, as text. */
const ts = z.string().regex(/^\d+\.\d{6}$/)
const person = id('UW')
const conversation = id('CGD')

export const identity = z.looseObject({
  url: z.url(),
  team: z.string(),
  user: z.string(),
  team_id: id('TE'),
  user_id: person,
  /** Absent for a user's token. */
  bot_id: id('B').optional(),
})

const user = z.looseObject({
  id: person,
  team_id: z.string(),
  name: z.string().min(1),
  real_name: z.string().optional(),
  deleted: z.boolean(),
  is_bot: z.boolean(),
  profile: z.looseObject({
    display_name: z.string(),
    real_name: z.string(),
    title: z.string().optional(),
    status_text: z.string(),
    status_emoji: z.string(),
    /** Unix seconds; 0 if it never ends. */
    status_expiration: z.int().optional(),
    email: z.string().optional(),
    team: z.string().optional(),
    /** Only for a bot's account. */
    bot_id: id('B').optional(),
  }),
})

const profile = user.shape.profile

/**
 * A user in a list. Old and deactivated accounts lack fields; a user that is used is read again by id, and must be the same
 * there.
 */
const listedUser = z.looseObject({
  id: z.string(),
  team_id: z.string().nullish(),
  name: z.string().nullish(),
  real_name: z.string().nullish(),
  deleted: z.boolean().nullish(),
  is_bot: z.boolean().nullish(),
  profile: profile.partial().extend({ display_name: z.string().nullish(), real_name: z.string().nullish() }).nullish(),
})

const note = z.looseObject({ value: z.string() })

const channel = z.looseObject({
  id: conversation,
  name: z.string(),
  is_private: z.boolean(),
  is_archived: z.boolean(),
  is_member: z.boolean(),
  created: z.int(),
  topic: note,
  purpose: note,
})

/** A channel in a list, which is read again by id as well. */
const listedChannel = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  is_archived: z.boolean().nullish(),
  is_member: z.boolean().nullish(),
  is_private: z.boolean().nullish(),
  created: z.int().nullish(),
  topic: note.nullish(),
  purpose: note.nullish(),
})

const GONE = 'tombstone'

const file = z.looseObject({
  id: id('F'),
  /** `tombstone` after its deletion; then it has no other content. */
  mode: z.enum(['hosted', 'snippet', 'space', 'external', 'email', 'post', 'hidden_by_limit', GONE]).optional(),
  name: z.string().nullish(),
  title: z.string().nullish(),
  mimetype: z.string().optional(),
  size: z.int().optional(),
  user: z.string().optional(),
  created: z.int().optional(),
  url_private: z.string().optional(),
  permalink: z.string().optional(),
  channels: z.array(z.string()).optional(),
  groups: z.array(z.string()).optional(),
  ims: z.array(z.string()).optional(),
})

const reaction = z
  .looseObject({ name: z.string(), users: z.array(z.string()), count: z.int().positive() })
  .refine(({ users, count }) => isSet(users) && users.length <= count, 'must list each of its users once, with their total')

const messageFields = z.looseObject({
  type: z.literal('message'),
  subtype: z.string().optional(),
  user: z.string().optional(),
  bot_id: id('B').optional(),
  team: z.string().optional(),
  text: z.string(),
  ts,
  thread_ts: ts.optional(),
  parent_user_id: z.string().optional(),
  reply_count: z.int().optional(),
  edited: z.looseObject({ user: z.string(), ts }).optional(),
  reactions: z.array(reaction).optional(),
  files: z.array(file).optional(),
})

const message = messageFields.refine(
  (one) => !one.reply_count || one.thread_ts === one.ts,
  'has replies, and must be the first message of its thread',
)

function isSet(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length
}

const more = z.looseObject({ next_cursor: z.string() })
const cursor = more.partial().optional()

export const posted = z
  .looseObject({ channel: conversation, ts, message })
  .refine((response) => response.ts === response.message.ts, 'must have the ts of its message')
/** Slack documents only the text and author of the message. */
export const updated = z
  .looseObject({ channel: conversation, ts, text: z.string(), message: messageFields.partial() })
  .refine((response) => response.text === response.message.text, 'must have the text of its message')
export const reacted = z.looseObject({ message })
export const deleted = z.looseObject({ channel: conversation, ts })
export const messages = z
  .looseObject({ messages: z.array(message), has_more: z.boolean(), response_metadata: cursor })
  .refine(({ messages: page }) => isSet(page.map((one) => one.ts)), 'must contain every message once')
  .refine(
    ({ has_more, response_metadata }) => has_more === Boolean(response_metadata?.next_cursor),
    'must have a cursor exactly if there are more pages',
  )
/** A list that changes while it is read may contain an entry twice, which matters to no one who looks for another. */
export const channels = z.looseObject({ channels: z.array(listedChannel), response_metadata: more })
export const people = z.looseObject({ members: z.array(listedUser), response_metadata: more })
export const oneUser = z.looseObject({ user })
export const oneChannel = z.looseObject({ channel })
export const oneProfile = z.looseObject({ profile })
export const opened = z.looseObject({ channel: z.looseObject({ id: conversation }) })
export const closed = z.looseObject({ already_closed: z.boolean().optional() })
export const presence = z.looseObject({ presence: z.enum(['active', 'away']), manual_away: z.boolean().optional() })
/** For files just uploaded Slack documents only id and title. */
export const upload = z.looseObject({ files: z.array(z.looseObject({ files: z.array(file) })) })
export const announced = z.looseObject({ upload_url: z.url(), file_id: id('F') })
export const oneFile = z.looseObject({ file })
export const connection = z.looseObject({ url: z.url() })
export const link = z.looseObject({ channel: conversation, permalink: z.url() })
export const memberIds = z.looseObject({ members: z.array(person), response_metadata: cursor })
export const done = z.looseObject({})

/** A message or a mention that is received; other events are ignored. */
export const event = z.looseObject({
  type: z.enum(['message', 'app_mention']),
  subtype: z.string().optional(),
  channel: z.string(),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  team: z.string().optional(),
  text: z.string().default(''),
  ts,
  thread_ts: ts.optional(),
  files: z.array(file).optional(),
})

/** The payload of a Socket Mode envelope, if it contains an event. */
export const callback = z.looseObject({
  type: z.literal('event_callback'),
  team_id: id('TE'),
  event: z.looseObject({ type: z.string() }),
})

export const ENVELOPES = ['events_api', 'interactive', 'slash_commands'] as const

export type SlackUser = z.infer<typeof user>
export type SlackChannel = z.infer<typeof channel>
export type ListedUser = z.infer<typeof listedUser>
export type ListedChannel = z.infer<typeof listedChannel>
export type SlackMessage = z.infer<typeof message>
export type SlackFile = z.infer<typeof file>
export type Identity = z.infer<typeof identity>
export type SlackEvent = z.infer<typeof event>
