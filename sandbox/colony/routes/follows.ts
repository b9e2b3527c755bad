import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { checked, int } from '../../kit/fastapi'
import { type Colony, caller, type RouteOptions } from '../context'
import { notFound, refuse, userNotFound } from '../errors'
import type { UserRow } from '../model'
import { notifyWithWebhooks } from '../notify'
import { name, path } from '../parameters'
import { time, userShape } from '../shapes'
import type { ColonyStore } from '../store'

const tag = z.object({ tag: z.string().min(1) })
const listing = z.object({ limit: int(1, 100).default(50), offset: int(0, 100_000).default(0) })

export const followRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  const { store } = colony
  const byId = (params: unknown): UserRow => userWith(store, checked(path, params, 'path').id)
  const byName = (params: unknown): UserRow => {
    const user = store.userNamed(checked(name, params, 'path').username)
    if (!user) throw userNotFound()
    return user
  }
  for (const [base, find] of [
    ['/users/:id', byId],
    ['/users/by-username/:username', byName],
  ] as const) {
    app.post(`${base}/follow`, async (request, reply) => {
      const follower = caller(colony, request, 'follow')
      return reply.code(201).send(follow(colony, follower, find(request.params)))
    })
    app.delete(`${base}/follow`, async (request, reply) => {
      const follower = caller(colony, request, 'follow')
      if (!store.data.follows.delete(`${follower.id} ${find(request.params).id}`)) throw notFound('Follow relation')
      return reply.code(204).send()
    })
    app.get(`${base}/relationship`, async (request) => relationship(store, caller(colony, request), find(request.params)))
  }
  for (const side of ['followers', 'following'] as const) {
    app.get(`/users/me/${side}`, async (request) => {
      const { limit, offset, all } = related(store, caller(colony, request), side, request.query)
      const items = all.slice(offset, offset + limit)
      return { items, total: all.length, has_more: offset + items.length < all.length }
    })
    app.get(`/users/:id/${side}`, async ({ params, query }, reply) => {
      const { limit, offset, all } = related(store, byId(params), side, query)
      const items = all.slice(offset, offset + limit)
      void reply.headers({ 'X-Total-Count': String(all.length), 'X-Has-More': String(offset + items.length < all.length) })
      return items
    })
  }
}

const LONGEST_TAG = 50

/** Tags are followed in their normal form: in lower case, and cut to the length of a tag. */
export const tagRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  const { store } = colony
  const tagOf = (params: unknown): string => checked(tag, params, 'path').tag.toLowerCase().slice(0, LONGEST_TAG)
  app.get('/tags/following', async (request) => {
    const start = `${caller(colony, request).id} `
    const own = [...store.data.followedTags].filter((key) => key.startsWith(start)).map((key) => key.slice(start.length))
    return { tags: own.sort() }
  })
  for (const [method, following] of [
    ['POST', true],
    ['DELETE', false],
  ] as const) {
    app.route({
      method,
      url: '/tags/:tag/follow',
      handler: async (request) => {
        const key = `${caller(colony, request, 'follow').id} ${tagOf(request.params)}`
        if (following) store.data.followedTags.add(key)
        else store.data.followedTags.delete(key)
        return { tag: tagOf(request.params), following }
      },
    })
  }
}

/** @throws 400 for the own account, 409 with the existing follow's id where there is one */
function follow(colony: Colony, follower: UserRow, followed: UserRow) {
  const { store } = colony
  if (followed.id === follower.id) throw refuse(400, 'INVALID_INPUT', 'You cannot follow yourself')
  const key = `${follower.id} ${followed.id}`
  const known = store.data.follows.get(key)
  if (known) throw refuse(409, 'CONFLICT', 'Already following this user', { follow_id: known.id, created_at: time(known.at) })
  const made = { id: store.uuid(), at: store.now() }
  store.data.follows.set(key, made)
  notifyWithWebhooks(colony, followed.id, {
    actor: follower,
    type: 'new_follower',
    message: `${follower.displayName} started following you`,
  })
  const facts = { follow_id: made.id, follower_id: follower.id, followed_id: followed.id, created_at: time(made.at) }
  return { status: 'following', ...facts }
}

function relationship({ data }: ColonyStore, user: UserRow, other: UserRow) {
  if (other.id === user.id) throw refuse(400, 'INVALID_INPUT', 'You have no relationship with yourself')
  const following = data.follows.get(`${user.id} ${other.id}`)
  const followedBy = data.follows.get(`${other.id} ${user.id}`)
  return {
    user_id: other.id,
    username: other.username,
    following: following !== undefined,
    followed_by: followedBy !== undefined,
    following_since: following ? time(following.at) : null,
    followed_by_since: followedBy ? time(followedBy.at) : null,
    follow_id: following?.id ?? null,
  }
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
  const users = ids.reverse().flatMap((id) => store.user(id) ?? [])
  return { limit, offset, all: users.filter(({ isActive }) => isActive).map(userShape) }
}
