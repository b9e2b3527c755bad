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

export const user = z.looseObject({
  id: person,
  team_id: z.string(),
  name: z.string().min(1),
  real_name: z.string().optional(),
  deleted: z.boolean(),
  is_bot: z.boolean(),
  profile: z.looseObject({
    display_name: z.string(),
    real_name: z.string(),
    status_text: z.string(),
    status_emoji: z.string(),
    /** Unix seconds; 0 where it never ends. */
    status_expiration: z.int().optional(),
    email: z.string().optional(),
  }),
})

export const profile = user.shape.profile

/** A user in a list. Old and deactivated accounts lack fields; whoever is wanted is read again by id, and held to `user`. */
export const listedUser = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  real_name: z.string().nullish(),
  deleted: z.boolean().nullish(),
  is_bot: z.boolean().nullish(),
  profile: z.looseObject({ display_name: z.string().nullish(), real_name: z.string().nullish() }).nullish(),
})

export const note = z.looseObject({ value: z.string() })

export const channel = z.looseObject({
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
export const listedChannel = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  is_archived: z.boolean().nullish(),
  is_member: z.boolean().nullish(),
})

export const file = z.looseObject({
  id: id('F'),
  /** `tombstone` once it is gone; then nothing else is there. */
  mode: z.string().optional(),
  name: z.string().nullish(),
  size: z.int().optional(),
  url_private: z.string().optional(),
})

export const message = z.looseObject({
  type: z.literal('message'),
  subtype: z.string().optional(),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  text: z.string(),
  ts,
  thread_ts: ts.optional(),
  reply_count: z.int().optional(),
  edited: z.looseObject({ user: z.string(), ts }).optional(),
  reactions: z.array(z.looseObject({ name: z.string(), users: z.array(z.string()), count: z.int() })).optional(),
  files: z.array(file).optional(),
})

const cursor = z.looseObject({ next_cursor: z.string().optional() }).optional()

export const posted = z.looseObject({ channel: conversation, ts, message })
export const updated = z.looseObject({ channel: conversation, ts, text: z.string() })
export const reacted = z.looseObject({ message })
export const deleted = z.looseObject({ channel: conversation, ts })
export const messages = z.looseObject({ messages: z.array(message), has_more: z.boolean(), response_metadata: cursor })
export const channels = z.looseObject({ channels: z.array(listedChannel), response_metadata: cursor })
export const people = z.looseObject({ members: z.array(listedUser), response_metadata: cursor })
export const oneUser = z.looseObject({ user })
export const oneChannel = z.looseObject({ channel })
export const oneProfile = z.looseObject({ profile })
export const opened = z.looseObject({ channel: z.looseObject({ id: conversation }) })
export const closed = z.looseObject({ already_closed: z.boolean().optional() })
export const presence = z.looseObject({ presence: z.enum(['active', 'away']), manual_away: z.boolean().optional() })
export const upload = z.looseObject({
  files: z.array(z.looseObject({ files: z.array(z.looseObject({ id: id('F') })).optional() })),
})
export const connection = z.looseObject({ url: z.url() })
export const link = z.looseObject({ channel: conversation, permalink: z.url() })
export const memberIds = z.looseObject({ members: z.array(person), response_metadata: cursor })
export const done = z.looseObject({})

/** What the suite reads of an event that comes in; whatever else it is, it is left alone. */
export const event = z.looseObject({
  type: z.string(),
  subtype: z.string().optional(),
  channel: z.string(),
  user: z.string().optional(),
  text: z.string().default(''),
  ts,
})

export type SlackUser = z.infer<typeof user>
export type SlackChannel = z.infer<typeof channel>
export type ListedUser = z.infer<typeof listedUser>
export type ListedChannel = z.infer<typeof listedChannel>
export type SlackMessage = z.infer<typeof message>
export type SlackFile = z.infer<typeof file>
