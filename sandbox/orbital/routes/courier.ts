import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { int, literal } from '../../kit/fastapi'
import { type CourierRow, changing, courierOf, forUsers, lockedCourier, type Orbital, type RouteOptions } from '../context'
import type { Transaction } from '../database'
import { refuse } from '../errors'
import { report } from '../report'
import { between, checked, pastTime } from '../validation'

const DEFAULT_LIMIT = 20

const newStatus = z.object({ status: literal('online', 'offline') })
const location = z.object({
  latitude: between(-90, 90),
  longitude: between(-180, 180),
  accuracy: between(0).nullish(),
  recorded_at: pastTime.nullish(),
})
const page = z.object({ limit: int(1, 100).nullish() })

export const courierRoutes: FastifyPluginAsync<RouteOptions> = async (app, { orbital }) => {
  forUsers(app, orbital)

  app.get('/courier', async ({ userId }) => {
    const courier = await courierOf(orbital, userId)
    const cached = await orbital.cache.get(userId)
    return { user_id: userId, status: courier.status, location: cached ?? storedPosition(courier) }
  })

  app.put('/courier/status', async ({ userId, body }, reply) => {
    const { status } = checked(newStatus, body, 'body')
    await changeStatus(orbital, userId, status)
    return reply.code(204).send()
  })

  app.post('/courier/location', async ({ userId, body }, reply) => {
    const { latitude, longitude, accuracy, recorded_at } = checked(location, body, 'body')
    const position = { latitude, longitude, accuracy: accuracy ?? undefined, recordedAt: recorded_at ?? new Date() }
    await report(orbital, userId, position)
    return reply.code(204).send()
  })

  app.get('/courier/location/history', async ({ userId, query }) => {
    const { limit } = checked(page, query, 'query')
    await courierOf(orbital, userId)
    return { items: await orbital.history.latest(userId, limit ?? DEFAULT_LIMIT) }
  })
}

function storedPosition({ last_latitude, last_longitude, last_seen_at }: CourierRow) {
  if (last_latitude === null || last_longitude === null || last_seen_at === null) return null
  return { latitude: last_latitude, longitude: last_longitude, reported_at: last_seen_at.toISOString() }
}

/** Setting the current status again changes nothing and publishes no event. */
async function changeStatus(orbital: Orbital, userId: number, to: 'online' | 'offline'): Promise<void> {
  await changing(orbital, 'PUT /courier/status', async (transaction) => {
    const courier = await lockedCourier(transaction, userId)
    const isBusy = await hasOpenDelivery(transaction, courier.id)
    if (isBusy && to === 'offline') throw refuse(409, 'Courier is busy')
    if (courier.status === to || (isBusy && courier.status === 'busy')) return
    await transaction.change('update self_delivery.couriers set status = $1 where id = $2', [to, courier.id])
    await orbital.broker.publish({ event: 'courier.status_changed', user_id: userId, from: courier.status, to })
  })
}

export async function hasOpenDelivery(transaction: Transaction, courierId: number): Promise<boolean> {
  const open = "select 1 from self_delivery.deliveries where courier_id = $1 and status in ('assigned', 'picked_up') limit 1"
  return (await transaction.rows(open, [courierId])).length > 0
}
