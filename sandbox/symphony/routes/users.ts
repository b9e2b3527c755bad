import type { FastifyPluginAsync } from 'fastify'
import { caller, fieldsOf, isTrue, needsProvisioning, page, type RouteOptions, whole } from '../context'
import { badRequest } from '../errors'
import type { UserRow } from '../model'
import { adminShape, userShape } from '../shapes'
import type { SymphonyStore } from '../store'

const MOST_LOOKED_UP = 100

interface Lookup {
  uid?: string
  email?: string
  username?: string
  active?: string
}

/** The caller's own account, and other users. */
export const userRoutes: FastifyPluginAsync<RouteOptions> = async (app, { symphony }) => {
  const { store } = symphony
  app.get('/v2/sessioninfo', async (request) => {
    const user = caller(symphony, request)
    return userShape(user, user)
  })
  app.get<{ Querystring: Lookup }>('/v2/user', async (request, reply) => {
    const viewer = caller(symphony, request)
    const [by, wanted] = theOneOf(request.query)
    const user = find(store, viewer, by, wanted)
    return user ? userShape(user, viewer) : reply.code(204).send()
  })
  app.get<{ Querystring: Lookup }>('/v3/users', async (request, reply) => {
    const viewer = caller(symphony, request)
    const answer = lookUp(store, viewer, request.query)
    return answer.users.length > 0 ? answer : reply.code(204).send()
  })
  app.get<{ Params: { uid: string } }>('/v2/admin/user/:uid', async (request) => {
    const viewer = caller(symphony, request)
    needsProvisioning(viewer)
    const user = store.someone(viewer, request.params.uid)
    if (!user) throw badRequest(`No user has the id ${request.params.uid}`)
    return adminShape(user)
  })
}

/** Searching users. */
export const userSearchRoutes: FastifyPluginAsync<RouteOptions> = async (app, { symphony }) => {
  const { store } = symphony
  app.post<{ Querystring: { skip?: string; limit?: string } }>('/v1/user/search', async (request, reply) => {
    const viewer = caller(symphony, request)
    const [skip, limit] = [whole('skip', request.query.skip, 0), whole('limit', request.query.limit, 50, 1_000)]
    const { query, filters = {} } = fieldsOf(request.body)
    if (typeof query !== 'string' || query.trim() === '') throw badRequest('The "query" is required')
    const found = search(store, viewer, query, fieldsOf(filters))
    const users = page(found, skip, limit).map((user) => userShape(user, viewer))
    if (users.length === 0) return reply.code(204).send()
    return { count: found.length, skip, limit, searchQuery: { query, filters }, users }
  })
}

/** @throws 400 unless exactly one criterion is given */
function theOneOf({ uid, email, username }: Lookup): ['uid' | 'email' | 'username', string] {
  const given = Object.entries({ uid, email, username }).filter((pair): pair is [keyof Lookup, string] => Boolean(pair[1]))
  const [only] = given
  if (given.length !== 1 || !only) throw badRequest('Exactly one of "uid", "email" and "username" is required')
  return only as ['uid' | 'email' | 'username', string]
}

function find(store: SymphonyStore, viewer: UserRow, by: 'uid' | 'email' | 'username', wanted: string): UserRow | undefined {
  if (by === 'uid') {
    if (!/^\d+$/.test(wanted)) throw badRequest(`The parameter "uid" must be a number, not "${wanted}"`)
    return store.someone(viewer, wanted)
  }
  const field = by === 'email' ? 'emailAddress' : 'username'
  return store.podOf(viewer.pod).find((user) => user[field].toLowerCase() === wanted.toLowerCase())
}

function lookUp(store: SymphonyStore, viewer: UserRow, query: Lookup) {
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
