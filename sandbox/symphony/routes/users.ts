import { fieldsOf, isTrue, needsProvisioning, page, pageIn, podRoutes, type Query } from '../context'
import { badRequest } from '../errors'
import type { UserRow } from '../model'
import { adminShape, userShape } from '../shapes'
import type { SymphonyStore } from '../store'

const MOST_LOOKED_UP = 100

/** The caller's own account, and other users. */
export const userRoutes = podRoutes({
  'GET /v2/sessioninfo': ({ user }) => userShape(user, user),
  'GET /v2/user': ({ store, user: viewer, query }) => {
    const [by, wanted] = theOneOf(query)
    const user = find(store, viewer, by, wanted)
    return user && userShape(user, viewer)
  },
  'GET /v3/users': ({ store, user, query }) => {
    const found = lookUp(store, user, query)
    return found.users.length > 0 ? found : undefined
  },
  'GET /v2/admin/user/:uid': ({ store, user: viewer, params }) => {
    needsProvisioning(viewer)
    return adminShape(store.existing(viewer, params.uid))
  },
  'POST /v1/user/search': ({ store, user: viewer, query: { skip, limit }, body }) => {
    const part = pageIn({ skip, limit }, 1_000)
    const { query, filters = {} } = fieldsOf(body)
    if (typeof query !== 'string' || query.trim() === '') throw badRequest('The "query" is required')
    const found = search(store, viewer, query, fieldsOf(filters))
    const users = page(found, part).map((user) => userShape(user, viewer))
    return users.length > 0 ? { count: found.length, ...part, searchQuery: { query, filters }, users } : undefined
  },
})

type Criterion = 'uid' | 'email' | 'username'

/** @throws 400 unless exactly one criterion is given */
function theOneOf({ uid, email, username }: Query): [Criterion, string] {
  const given = Object.entries({ uid, email, username }).filter((pair): pair is [Criterion, string] => Boolean(pair[1]))
  const [only] = given
  if (given.length !== 1 || !only) throw badRequest('Exactly one of "uid", "email" and "username" is required')
  return only
}

function find(store: SymphonyStore, viewer: UserRow, by: Criterion, wanted: string): UserRow | undefined {
  if (by === 'uid') {
    if (!/^\d+$/.test(wanted)) throw badRequest(`The parameter "uid" must be a number, not "${wanted}"`)
    return store.someone(viewer, wanted)
  }
  const field = by === 'email' ? 'emailAddress' : 'username'
  return store.podOf(viewer.pod).find((user) => user[field].toLowerCase() === wanted.toLowerCase())
}

function lookUp(store: SymphonyStore, viewer: UserRow, query: Query) {
  const [by, list] = theOneOf(query)
  const wanted = [...new Set(list.split(',').map((one) => one.trim()))].filter(Boolean)
  if (wanted.length > MOST_LOOKED_UP) throw badRequest(`At most ${MOST_LOOKED_UP} users may be looked up at once`)
  const found = wanted.map((one) => ({ one, user: find(store, viewer, by, one) }))
  const isWanted = (user: UserRow): boolean => query.active === undefined || user.active === isTrue(query.active)
  return {
    users: found.flatMap(({ user }) => (user && isWanted(user) ? [userShape(user, viewer)] : [])),
    errors: found.flatMap(({ one, user }) =>
      user ? [] : [{ error: 'invalid.format', ...(by === 'email' ? { email: one } : { id: one }) }],
    ),
  }
}

const FILTERS = ['title', 'company', 'location', 'department'] as const

function search(store: SymphonyStore, viewer: UserRow, query: string, filters: Record<string, unknown>): UserRow[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return store.podOf(viewer.pod).filter((user) => {
    const { firstName, lastName, displayName, username, emailAddress } = user
    const text = `${firstName} ${lastName} ${displayName} ${username} ${emailAddress}`.toLowerCase()
    const fits = FILTERS.every((name) => {
      const wanted = filters[name]
      return wanted === undefined || user[name].toLowerCase() === String(wanted).toLowerCase()
    })
    return user.active && fits && words.every((word) => text.includes(word))
  })
}
