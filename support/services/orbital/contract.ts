import { z } from 'zod'

const id = z.int().positive()
const time = z.iso.datetime({ offset: true, local: true })
const position = { latitude: z.number(), longitude: z.number() }
const status = z.enum(['offline', 'online', 'busy'])

export const login = z.looseObject({
  access_token: z.string().min(1),
  token_type: z.literal('bearer'),
  expires_in: z.int().positive(),
})

export const me = z.looseObject({
  id,
  external_id: z.uuid(),
  phone: z.string().nullable(),
  courier: z.looseObject({ status }).nullable(),
})

export const courier = z.looseObject({
  user_id: id,
  status,
  location: z.looseObject({ ...position, reported_at: time }).nullable(),
})

export const history = z.looseObject({ items: z.array(z.looseObject({ ...position, recorded_at: time })) })

export const delivery = z.looseObject({
  id: z.uuid(),
  status: z.enum(['assigned', 'picked_up', 'delivered', 'cancelled']),
  assigned_at: time,
  delivered_at: time.nullable(),
})

const verdict = z.enum(['ok', 'unavailable'])

export const health = z.looseObject({
  status: z.string(),
  checks: z.looseObject({ postgres: verdict, rabbitmq: verdict, mongodb: verdict, redis: verdict }),
})

/** Fields of an event are checked exactly, because other services parse them. */
export const events = {
  'courier.location': z.strictObject({ event: z.literal('courier.location'), user_id: id, ...position, recorded_at: time }),
  'courier.status_changed': z.strictObject({ event: z.literal('courier.status_changed'), user_id: id, from: status, to: status }),
  'delivery.completed': z.strictObject({
    event: z.literal('delivery.completed'),
    delivery_id: z.uuid(),
    user_id: id,
    delivered_at: time,
  }),
} as const

export type EventName = keyof typeof events
export type Courier = z.infer<typeof courier>
export type Delivery = z.infer<typeof delivery>
export type Health = z.infer<typeof health>
export type HistoryItems = z.infer<typeof history>['items']
