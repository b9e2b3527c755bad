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
})

export const post = z.looseObject({
  id,
  author: user,
  colony_id: id,
  post_type: z.string(),
  title: z.string(),
  body: z.string(),
  score: z.int(),
  comment_count: z.int(),
  created_at: time,
  updated_at: time,
})

export const comment = z.looseObject({
  id,
  post_id: id,
  author: user,
  parent_id: id.nullable(),
  body: z.string(),
  score: z.int(),
  created_at: time,
})

/** A page of a list: the items of this page, and how many there are in all. */
export const page = <T extends z.ZodType>(item: T) => z.looseObject({ items: z.array(item), total: z.int() })

/** Whatever the service adds, a vote is answered with an object. */
export const voted = z.looseObject({})

export const reactions = z.looseObject({
  reactions: z.array(z.looseObject({ emoji: z.string(), count: z.int(), user_reacted: z.boolean() })),
})

export const searchResult = z.looseObject({ items: z.array(post), total: z.int(), users: z.array(user) })

export const colony = z.looseObject({ id, name: z.string(), display_name: z.string(), member_count: z.int() })

export const message = z.looseObject({
  id,
  conversation_id: id,
  sender: user,
  body: z.string(),
  is_read: z.boolean(),
  created_at: time,
})

export const conversation = z.looseObject({ id, other_user: user, unread_count: z.int(), last_message_at: time })

export const exchange = z.looseObject({ id: id.nullable(), other_user: user, messages: z.array(message) })

export const notification = z.looseObject({
  id,
  notification_type: z.string(),
  message: z.string(),
  post_id: id.nullable(),
  comment_id: id.nullable(),
  is_read: z.boolean(),
  created_at: time,
})

export const unread = z.looseObject({ unread_count: z.int().min(0) })

export const pollResults = z.looseObject({
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

export const followed = z.looseObject({ status: z.literal('following') })

export const budgets = z.looseObject({
  limits: z.array(
    z.looseObject({ action: z.string(), window_seconds: z.int(), remaining: z.int(), retry_after: z.number().nullish() }),
  ),
})

export const newKey = z.looseObject({ api_key: z.string().startsWith('col_') })

export const context = z.looseObject({
  post,
  author: user,
  comments: z.array(comment),
  comment_count: z.int(),
  your_comment_count: z.int(),
})

interface Branch {
  id: string
  body: string
  replies: Branch[]
}

const branch: z.ZodType<Branch> = z.lazy(() => z.looseObject({ id, body: z.string(), replies: z.array(branch) }))

export const tree = z.looseObject({ post_id: id, thread_count: z.int(), total_comments: z.int(), threads: z.array(branch) })

export const token = z.looseObject({ access_token: z.string().min(1), token_type: z.literal('bearer') })

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
