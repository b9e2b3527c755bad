import { courierOf, keeps, lockedCourier, type Orbital } from './context'
import type { Position } from './history'

const MOVE = `update self_delivery.couriers
  set last_latitude = $1, last_longitude = $2, last_seen_at = $3 where id = $4`

/**
 * Stores a position in row, history and cache and publishes an event, or does none of it. The lock on the row serialises the reports of
 * one courier. One that is older than the stored position is added to the history and published, but does not change row and cache.
 * @throws 503 where one of the four servers is unavailable; no event is published then, unless the server failed during the report
 */
export async function report(orbital: Orbital, userId: number, position: Position): Promise<void> {
  // A user who is not a courier is refused even while the broker is still starting.
  await courierOf(orbital, userId)
  await Promise.all([orbital.broker.demand(), orbital.cache.ping()])
  const { latitude, longitude, recordedAt } = position
  const keep = keeps(orbital, 'POST /courier/location')
  await orbital.database.transaction(async (transaction) => {
    const { id, last_seen_at } = await lockedCourier(transaction, userId)
    const isNews = last_seen_at === null || recordedAt >= last_seen_at
    if (isNews) await transaction.change(MOVE, [latitude, longitude, recordedAt, id])
    const takeOut = await orbital.history.append(userId, position)
    try {
      const recorded_at = recordedAt.toISOString()
      await orbital.broker.publish({ event: 'courier.location', user_id: userId, latitude, longitude, recorded_at })
      if (isNews && keep) await orbital.cache.set(userId, { latitude, longitude, reported_at: recorded_at })
      if (!keep) await takeOut()
    } catch (error) {
      await takeOut()
      throw error
    }
  }, keep)
}
