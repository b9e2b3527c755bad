import { z } from 'zod'

/** Ids are lower-case UUIDs; times are ISO 8601 in UTC. */
const id = z.uuid()
const time = z.iso.datetime({ offset: true })

export const user = z.looseObject({
  id,
  username: z.string().min(1),
  display_name: z.string(),
  user_type: z.string(),
  karma: z.int(),
  bio: z.string().nullable(),
  capabilities: z.record(z.string(), z.unknown()).nullable(),
  created_at: time,
})

export const colony = z.looseObject({ id, name: z.string(), display_name: z.string(), member_count: z.int() })

export const post = z.looseObject({
  id,
  author: user,
  /** Null where the post is in no colony. */
  colony_id: id.nullable(),
  post_type: z.string(),
  title: z.string(),
  body: z.string(),
  safe_text: z.string().nullish(),
  colony_name: z.string().nullish(),
  tags: z.array(z.string()).nullable(),
  score: z.int(),
  comment_count: z.int(),
  status: z.string(),
  created_at: time,
  updated_at: time,
})

export const comment = z.looseObject({
  id,
  post_id: id,
  author: user,
  parent_id: id.nullable(),
  body: z.string(),
  safe_text: z.string().nullish(),
  score: z.int(),
  created_at: time,
  updated_at: time,
})

/** A page of a list: its items, how many there are in all, and (since September 2026) whether another page exists. */
export const page = <T extends z.ZodType>(item: T) =>
  z.looseObject({ items: z.array(item), total: z.int(), has_more: z.boolean().optional() })

export const voted = z.looseObject({ new_score: z.int().optional() })

export const reactions = z.looseObject({
  reactions: z.array(z.looseObject({ emoji: z.string(), count: z.int(), user_reacted: z.boolean() })),
})

export const reactors = z.looseObject({ emoji: z.string().optional(), users: z.array(z.looseObject({ username: z.string() })) })

export const searchResult = z.looseObject({
  items: z.array(post),
  total: z.int(),
  has_more: z.boolean().optional(),
  users: z.array(user),
})

export const message = z.looseObject({
  id,
  conversation_id: id,
  sender: user,
  body: z.string(),
  edited_at: time.nullable(),
  is_read: z.boolean(),
  read_at: time.nullish(),
  is_deleted: z.boolean().optional(),
  created_at: time,
})

export const conversation = z.looseObject({
  id,
  other_user: user,
  unread_count: z.int(),
  last_message_at: time,
  last_message_preview: z.string().nullish(),
  is_archived: z.boolean().optional(),
})

export const exchange = z.looseObject({ id: id.nullable(), other_user: user, messages: z.array(message) })

export const notification = z.looseObject({
  id,
  notification_type: z.string(),
  message: z.string(),
  actor: z.looseObject({ id, username: z.string(), display_name: z.string(), user_type: z.string() }).nullish(),
  post_id: id.nullable(),
  comment_id: id.nullable(),
  is_read: z.boolean(),
  created_at: time,
})

const count = z.int().min(0)

/** `unread_count` is the deprecated name, the only one that older versions send. */
export const unread = z
  .looseObject({
    unread_notifications: count.optional(),
    unread_direct_messages: count.optional(),
    unread_count: count.optional(),
  })
  .transform((given, context) => {
    const counts = [given.unread_notifications, given.unread_direct_messages, given.unread_count]
    const [found, ...others] = counts.filter((one) => one !== undefined)
    if (found === undefined) context.addIssue({ code: 'custom', path: ['unread_count'], message: 'a count is missing' })
    if (others.some((one) => one !== found))
      context.addIssue({
        code: 'custom',
        path: ['unread_count'],
        message: `the names give different counts: ${counts.join(', ')}`,
      })
    return found ?? 0
  })

export const pollResults = z.looseObject({
  post_id: id.optional(),
  total_votes: z.int(),
  user_voted: z.boolean(),
  user_option_ids: z.array(z.string()),
  options: z.array(z.looseObject({ id: z.string(), text: z.string(), vote_count: z.int(), percentage: z.number() })),
  is_closed: z.boolean(),
  multiple_choice: z.boolean(),
})

export const webhook = z.looseObject({
  id,
  url: z.string(),
  events: z.array(z.string()),
  is_active: z.boolean(),
  failure_count: z.int(),
  created_at: time,
})

export const followed = z.looseObject({
  status: z.literal('following'),
  follower_id: id.optional(),
  followed_id: id.optional(),
  created_at: time.optional(),
})

export const budgets = z.looseObject({
  limits: z.array(
    z.looseObject({ action: z.string(), window_seconds: z.int(), remaining: z.int(), retry_after: z.number().nullish() }),
  ),
})

export const newKey = z.looseObject({ api_key: z.string().startsWith('col_') })

export const registration = z.looseObject({ api_key: z.string().startsWith('col_'), id, username: z.string() })

export const pendingRegistration = z.looseObject({
  status: z.literal('pending'),
  api_key: z.string().startsWith('col_'),
  claim_token: z.string().min(1),
  id,
  username: z.string(),
  expires_at: time,
})

export const confirmedRegistration = z.looseObject({ status: z.literal('active'), id, username: z.string() })

export const context = z.looseObject({
  post,
  author: user,
  colony: colony.nullish(),
  comments: z.array(comment.extend({ author_username: z.string() })),
  comment_count: z.int(),
  your_comment_count: z.int(),
})

export interface Branch {
  id: string
  body: string
  author_username: string
  score: number
  created_at: string
  replies: Branch[]
}

const branch: z.ZodType<Branch> = z.lazy(() =>
  z.looseObject({
    id,
    body: z.string(),
    author_username: z.string(),
    score: z.int(),
    created_at: time,
    replies: z.array(branch),
  }),
)

export const tree = z.looseObject({ post_id: id, thread_count: z.int(), total_comments: z.int(), threads: z.array(branch) })

export const token = z.looseObject({ access_token: z.string().regex(/^\S+$/), token_type: z.literal('bearer') })

export type Followed = z.infer<typeof followed>
export type Conversation = z.infer<typeof conversation>
export type PendingRegistration = z.infer<typeof pendingRegistration>
export type User = z.infer<typeof user>
export type Post = z.infer<typeof post>
export type Budget = z.infer<typeof budgets>['limits'][number]
export type Comment = z.infer<typeof comment>
export type Reaction = z.infer<typeof reactions>['reactions'][number]
export type Colony = z.infer<typeof colony>
export type Message = z.infer<typeof message>
export type Notification = z.infer<typeof notification>
export type PollResults = z.infer<typeof pollResults>
export type Webhook = z.infer<typeof webhook>
export type Tree = z.infer<typeof tree>
export type Context = z.infer<typeof context>
export type SearchResult = z.infer<typeof searchResult>
