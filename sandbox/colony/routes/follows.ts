import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { checked, int } from '../../kit/fastapi'
import { caller, type RouteOptions } from '../context'
import { notFound, refuse, userNotFound } from '../errors'
import type { UserRow } from '../model'
import { tell } from '../notify'
import { path } from '../parameters'
import { time, userShape } from '../shapes'
import type { ColonyStore } from '../store'

const listing = z.object({ limit: int(1, 100).default(50), offset: int(0, 100_000).default(0) })

export const followRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  const { store } = colony
  app.post('/users/:id/follow', async (request, reply) => {
    const follower = caller(colony, request, 'follow')
    const followed = userWith(store, checked(path, request.params, 'path').id)
    if (followed.id === follower.id) throw refuse(400, 'INVALID_INPUT', 'You cannot follow yourself')
    const key = `${follower.id} ${followed.id}`
    const known = store.data.follows.get(key)
    if (known) throw refuse(409, 'CONFLICT', 'Already following this user', { follow_id: known.id, created_at: time(known.at) })
    const follow = { id: store.uuid(), at: store.now() }
    store.data.follows.set(key, follow)
    const message = `${follower.displayName} started following you`
    tell(colony, followed.id, { actor: follower, type: 'new_follower', message })
    const facts = { follow_id: follow.id, follower_id: follower.id, followed_id: followed.id, created_at: time(follow.at) }
    return reply.code(201).send({ status: 'following', ...facts })
  })
  app.delete('/users/:id/follow', async (request, reply) => {
    const follower = caller(colony, request, 'follow')
    const followed = userWith(store, checked(path, request.params, 'path').id)
    if (!store.data.follows.delete(`${follower.id} ${followed.id}`)) throw notFound('Follow relation')
    return reply.code(204).send()
  })
  app.get('/users/:id/followers', async ({ params, query }) =>
    related(store, userWith(store, checked(path, params, 'path').id), 'followers', query),
  )
  app.get('/users/:id/following', async ({ params, query }) =>
    related(store, userWith(store, checked(path, params, 'path').id), 'following', query),
  )
}

function userWith(store: ColonyStore, id: string): UserRow {
  const user = store.user(id)
  if (!user) throw userNotFound()
  return user
}

function related(store: ColonyStore, user: UserRow, side: 'followers' | 'following', query: unknown) {
  const { limit, offset } = checked(listing, query, 'query')
  const pairs = [...store.data.follows.keys()].map((key) => key.split(' '))
  const ids = pairs.flatMap(([from = '', to = '']) =>
    side === 'followers' ? (to === user.id ? [from] : []) : from === user.id ? [to] : [],
  )
  return ids
    .reverse()
    .slice(offset, offset + limit)
    .flatMap((id) => store.user(id) ?? [])
    .map(userShape)
}
