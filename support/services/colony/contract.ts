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

export const token = z.looseObject({ access_token: z.string().min(1), token_type: z.literal('bearer') })

export type User = z.infer<typeof user>
export type Post = z.infer<typeof post>
export type Comment = z.infer<typeof comment>
export type Reaction = z.infer<typeof reactions>['reactions'][number]
