import { fieldsOf, isTrue, needs, needsProvisioning, podRoutes } from '../context'
import { badRequest, forbidden, refuse } from '../errors'
import { CATEGORIES, type Category, type UserRow } from '../model'
import { presenceShape } from '../shapes'

/** States that a user has chosen, which a soft change does not replace. */
const CHOSEN: readonly Category[] = ['BUSY', 'DO_NOT_DISTURB', 'ON_THE_PHONE', 'IN_A_MEETING', 'OUT_OF_OFFICE', 'OFF_WORK']

/** Presence: one's own, others', and setting it. */
export const presenceRoutes = podRoutes({
  'GET /v2/user/presence': ({ user }) => presenceShape(user),
  'GET /v3/user/:uid/presence': ({ store, user: viewer, params }) => {
    const user = store.user(Number(params.uid))
    if (!user) throw refuse(404, `No user has the id ${params.uid}`)
    if (user.pod !== viewer.pod) throw forbidden('The users are not connected')
    return presenceShape(user)
  },
  'POST /v2/user/presence': ({ user, body, query }) => {
    const category = categoryIn(body)
    needs(user, 'updatePresence')
    const { category: now } = user.presence
    const keeps = isTrue(query.soft) && (now === 'OFFLINE' || CHOSEN.includes(now))
    if (!keeps) setPresence(user, category)
    return presenceShape(user)
  },
  'POST /v3/user/presence': ({ store, user: viewer, body }) => {
    const category = categoryIn(body)
    needsProvisioning(viewer)
    const user = store.existing(viewer, fieldsOf(body).userId)
    setPresence(user, category)
    return presenceShape(user)
  },
})

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
