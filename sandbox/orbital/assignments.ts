import { z } from 'zod'
import type { Outcome } from './broker'
import { changing, type Orbital } from './context'

const schema = z.object({
  event: z.literal('delivery.assigned'),
  delivery_id: z.uuid(),
  user_id: z.int().positive().max(Number.MAX_SAFE_INTEGER),
})

const CREATE = `insert into self_delivery.deliveries (id, courier_id, status) values ($1, $2, 'assigned')
  on conflict (id) do nothing`
const OCCUPY = "update self_delivery.couriers set status = 'busy' where id = $1"

/** An assignment creates the delivery and makes its courier busy, once even if it is delivered repeatedly. */
export async function assign(orbital: Orbital, body: Buffer): Promise<Outcome> {
  const assignment = read(body)
  if (!assignment) return 'dead'
  try {
    return await changing(orbital, 'delivery.assigned', async (transaction): Promise<Outcome> => {
      const find = 'select id from self_delivery.couriers where user_id = $1 for update'
      const [courier] = await transaction.rows<{ id: string }>(find, [assignment.user_id])
      if (!courier) return 'dead'
      if ((await transaction.change(CREATE, [assignment.delivery_id, courier.id])) > 0)
        await transaction.change(OCCUPY, [courier.id])
      return 'done'
    })
  } catch {
    // While the database is unavailable, the message stays in its queue.
    return new Promise((resolve) => setTimeout(() => resolve('again'), 200))
  }
}

function read(body: Buffer): z.infer<typeof schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(body.toString('utf8'))).data
  } catch {
    return undefined
  }
}
