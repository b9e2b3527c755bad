import type { FastifyPluginAsync } from 'fastify'
import { caller, fieldsOf, isTrue, needs, needsProvisioning, type RouteOptions } from '../context'
import { badRequest, forbidden, refuse } from '../errors'
import { CATEGORIES, type Category, type UserRow } from '../model'
import { presenceShape } from '../shapes'

/** States that a user has chosen, which a soft change does not replace. */
const CHOSEN: readonly Category[] = ['BUSY', 'DO_NOT_DISTURB', 'ON_THE_PHONE', 'IN_A_MEETING', 'OUT_OF_OFFICE', 'OFF_WORK']

/** Presence: one's own, others', and setting it. */
export const presenceRoutes: FastifyPluginAsync<RouteOptions> = async (app, { symphony }) => {
  const { store } = symphony
  app.get('/v2/user/presence', async (request) => presenceShape(caller(symphony, request)))
  app.get<{ Params: { uid: string } }>('/v3/user/:uid/presence', async (request) => {
    const viewer = caller(symphony, request)
    const user = store.user(Number(request.params.uid))
    if (!user) throw refuse(404, `No user has the id ${request.params.uid}`)
    if (user.pod !== viewer.pod) throw forbidden('The users are not connected')
    return presenceShape(user)
  })
  app.post<{ Querystring: { soft?: string } }>('/v2/user/presence', async (request) => {
    const user = caller(symphony, request)
    const category = categoryIn(request.body)
    needs(user, 'updatePresence')
    const { category: now } = user.presence
    const keeps = isTrue(request.query.soft) && (now === 'OFFLINE' || CHOSEN.includes(now))
    if (!keeps) setPresence(user, category)
    return presenceShape(user)
  })
  app.post('/v3/user/presence', async (request) => {
    const viewer = caller(symphony, request)
    const category = categoryIn(request.body)
    needsProvisioning(viewer)
    const { userId } = fieldsOf(request.body)
    const user = store.someone(viewer, userId)
    if (!user) throw badRequest(`No user has the id ${String(userId)}`)
    setPresence(user, category)
    return presenceShape(user)
  })
}

export function setPresence(user: UserRow, category: Category): void {
  user.presence = { category, timestamp: Date.now() }
}

/** @throws 400 for an unknown category */
function categoryIn(body: unknown): Category {
  const { category } = fieldsOf(body)
  const found = CATEGORIES.find((one) => one === category)
  if (category === undefined) throw badRequest('The "category" is required')
  if (!found) throw badRequest(`"${String(category)}" is not a presence category: ${CATEGORIES.join(', ')}`)
  return found
}
