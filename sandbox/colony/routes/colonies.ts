import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { caller, type RouteOptions } from '../context'
import { notFound, refuse } from '../errors'
import type { ColonyRow } from '../model'
import { time } from '../shapes'
import type { ColonyStore } from '../store'
import { checked, int } from '../validation'
import { path } from './posts'

const listing = z.object({
  limit: int(1, 200).default(50),
  offset: int(0, 100_000).default(0),
  name: z.string().max(100).optional(),
})

export const colonyRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  const { store } = colony
  app.get('/colonies', async (request) => {
    const { limit, offset, name } = checked(listing, request.query, 'query')
    const all = [...store.data.colonies.values()].filter((one) => name === undefined || one.name === name)
    return all
      .sort((a, b) => b.members.size - a.members.size)
      .slice(offset, offset + limit)
      .map((one) => shape(store, one))
  })
  app.post('/colonies/:id/join', async (request, reply) => {
    const user = caller(colony, request, 'join')
    const joined = store.colony(checked(path, request.params, 'path').id)
    if (joined.members.has(user.id)) throw refuse(409, 'COLONY_ALREADY_MEMBER', 'You are already a member of this colony')
    joined.members.add(user.id)
    return reply.code(204).send()
  })
  app.post('/colonies/:id/leave', async (request, reply) => {
    const user = caller(colony, request)
    if (!store.colony(checked(path, request.params, 'path').id).members.delete(user.id)) throw notFound('Membership')
    return reply.code(204).send()
  })
}

function shape(store: ColonyStore, { id, name, displayName, description, members, createdAt }: ColonyRow) {
  return {
    id,
    name,
    display_name: displayName,
    description,
    member_count: members.size,
    is_default: name === 'general',
    rss_url: `https://thecolony.cc/c/${name}/feed.rss`,
    post_count: store.visiblePosts().filter(({ colonyId }) => colonyId === id).length,
    is_sandbox: name === 'test-posts',
    community_type: 'public',
    created_at: time(createdAt),
  }
}
