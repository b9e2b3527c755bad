import { z } from 'zod'

/** User ids are int64 as JSON numbers. */
const userId = z.int().positive()
const streamId = z.string().min(1)
const time = z.int()

export const user = z.looseObject({
  id: userId,
  username: z.string().min(1),
  displayName: z.string().min(1),
  emailAddress: z.string().optional(),
  company: z.string().optional(),
  department: z.string().optional(),
  accountType: z.enum(['NORMAL', 'SYSTEM', 'SDL']).optional(),
})

const isSet = (values: readonly unknown[]): boolean => new Set(values).size === values.length
const ONCE = 'must contain each once'
const users = z.array(user).refine((list) => isSet(list.map(({ id }) => id)), ONCE)

export const usersById = z.looseObject({ users: users.length(1) })

/** One page of results, and the total. */
export const usersFound = z
  .looseObject({ count: z.int(), users })
  .refine(({ count, users: page }) => count >= page.length, 'must not be less than the number of results')

export const room = z.looseObject({
  roomAttributes: z.looseObject({
    name: z.string().min(1),
    description: z.string().optional(),
    public: z.boolean().optional(),
    readOnly: z.boolean().optional(),
  }),
  roomSystemInfo: z.looseObject({ id: streamId, active: z.boolean(), createdByUserId: userId, creationDate: time }),
})

export const rooms = z.looseObject({
  count: z.int(),
  rooms: z.array(room).refine((list) => isSet(list.map(({ roomSystemInfo }) => roomSystemInfo.id)), ONCE),
})

export const members = z
  .array(z.looseObject({ id: userId, owner: z.boolean() }))
  .refine((list) => isSet(list.map(({ id }) => id)), ONCE)

export const streamInfo = z.looseObject({
  id: streamId,
  active: z.boolean(),
  streamType: z.looseObject({ type: z.string() }),
  streamAttributes: z.looseObject({ members: z.array(userId).refine(isSet, ONCE) }),
})

export const conversation = z.looseObject({ id: streamId })

const author = z.looseObject({ userId, displayName: z.string().optional(), username: z.string().optional() })

const attachment = z.looseObject({ id: z.string().min(1), name: z.string(), size: z.int() })

export const message = z.looseObject({
  messageId: z.string().min(1),
  timestamp: time,
  message: z.string().min(1),
  /** EntityJSON. */
  data: z.string().nullish(),
  user: author,
  stream: z.looseObject({ streamId, streamType: z.enum(['ROOM', 'IM', 'MIM', 'POST']) }),
  attachments: z.array(attachment).nullish(),
  replacing: z.string().nullish(),
  replacedBy: z.string().nullish(),
})

export const messages = z.array(message).refine((list) => isSet(list.map(({ messageId }) => messageId)), ONCE)

export const suppressed = z.looseObject({ messageId: z.string(), suppressed: z.boolean() })

export const presence = z.looseObject({ category: z.string(), userId, timestamp: time })

export const feed = z.looseObject({ id: z.string().min(1), type: z.enum(['fanout', 'datahose']) })

export const feeds = z.array(feed)

const event = z.looseObject({
  id: z.string().min(1),
  messageId: z.string().optional(),
  timestamp: time,
  type: z.string(),
  initiator: z.looseObject({ user: author }).nullish(),
  payload: z.looseObject({ messageSent: z.looseObject({ message }).nullish() }).nullish(),
})

export const batch = z.looseObject({ events: z.array(event).nullish(), ackId: z.string() })

export const agentInfo = z.looseObject({ version: z.string() })

export type User = z.infer<typeof user>
export type UsersFound = z.infer<typeof usersFound>
export type Room = z.infer<typeof room>
export type RoomsFound = z.infer<typeof rooms>
export type Member = z.infer<typeof members>[number]
export type Message = z.infer<typeof message>
export type Presence = z.infer<typeof presence>
export type Event = z.infer<typeof event>
export type Batch = z.infer<typeof batch>
