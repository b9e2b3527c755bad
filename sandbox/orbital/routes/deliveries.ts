import type { FastifyPluginAsync } from 'fastify'
import { changing, forUsers, type Orbital, type RouteOptions } from '../context'
import { deliveryNotFound, refuse } from '../errors'
import { hasOpenDelivery } from './courier'

interface DeliveryRow {
  id: string
  courier_id: string
  status: string
  assigned_at: Date
  delivered_at: Date | null
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const MINE = `select d.id, d.courier_id, d.status, d.assigned_at, d.delivered_at
  from self_delivery.deliveries d join self_delivery.couriers c on c.id = d.courier_id
  where d.id = $1 and c.user_id = $2`

export const deliveryRoutes: FastifyPluginAsync<RouteOptions> = async (app, { orbital }) => {
  forUsers(app, orbital)
  app.addHook('preHandler', async ({ params }) => {
    if (!UUID.test((params as { id: string }).id)) throw deliveryNotFound()
  })

  app.get<{ Params: { id: string } }>('/deliveries/:id', async ({ userId, params }) => {
    const [delivery] = await orbital.database.rows<DeliveryRow>(MINE, [params.id, userId])
    if (!delivery) throw deliveryNotFound()
    const { id, status, assigned_at, delivered_at } = delivery
    return { id, status, assigned_at: assigned_at.toISOString(), delivered_at: delivered_at?.toISOString() ?? null }
  })

  app.post<{ Params: { id: string } }>('/deliveries/:id/complete', async ({ userId, params }, reply) => {
    await complete(orbital, userId, params.id)
    return reply.code(204).send()
  })
}

/** A courier with another delivery open stays busy. */
async function complete(orbital: Orbital, userId: number, deliveryId: string): Promise<void> {
  await changing(orbital, 'POST /deliveries/:id/complete', async (transaction) => {
    const [delivery] = await transaction.rows<DeliveryRow>(`${MINE} for update`, [deliveryId, userId])
    if (!delivery) throw deliveryNotFound()
    if (!['assigned', 'picked_up'].includes(delivery.status)) throw refuse(409, 'Delivery is not open')
    const deliveredAt = new Date()
    const deliver = "update self_delivery.deliveries set status = 'delivered', delivered_at = $1 where id = $2"
    await transaction.change(deliver, [deliveredAt, delivery.id])
    const free = "update self_delivery.couriers set status = 'online' where id = $1 and status = 'busy'"
    if (!(await hasOpenDelivery(transaction, Number(delivery.courier_id)))) await transaction.change(free, [delivery.courier_id])
    const details = { delivery_id: delivery.id, user_id: userId, delivered_at: deliveredAt.toISOString() }
    await orbital.broker.publish({ event: 'delivery.completed', ...details })
  })
}
