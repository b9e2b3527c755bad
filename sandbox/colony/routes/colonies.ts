import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { bool, checked, int } from '../../kit/fastapi'
import { caller, type RouteOptions } from '../context'
import { notFound, refuse } from '../errors'
import type { ColonyRow, UserRow } from '../model'
import { path } from '../parameters'
import { colonyShape } from '../shapes'
import type { ColonyStore } from '../store'

const listing = z.object({
  limit: int(1, 200).default(50),
  offset: int(0, 100_000).default(0),
  name: z.string().max(100).optional(),
  member_colonies: bool.optional(),
})

const slug = z.object({ name: z.string().max(100) })

export const colonyRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  const { store } = colony
  app.get('/colonies', async (request) => {
    const { limit, offset, name, member_colonies } = checked(listing, request.query, 'query')
    const joined = member_colonies === undefined ? undefined : store.coloniesOf(colony.tokens.visitor(request)?.id)
    const all = [...store.data.colonies.values()].filter(
      (one) => (name === undefined || one.name === name) && (!joined || joined.has(one.id) === member_colonies),
    )
    return all
      .sort((a, b) => b.members.size - a.members.size)
      .slice(offset, offset + limit)
      .map((one) => colonyShape(store, one))
  })
  const byId = (params: unknown): ColonyRow => store.colony(checked(path, params, 'path').id)
  const byName = (params: unknown): ColonyRow => store.colonyNamed(checked(slug, params, 'path').name)
  for (const [base, find] of [
    ['/colonies/:id', byId],
    ['/colonies/by-name/:name', byName],
  ] as const) {
    app.post(`${base}/join`, async (request, reply) => {
      const user = caller(colony, request, 'join')
      join(colony.store, find(request.params), user)
      return reply.code(204).send()
    })
    app.post(`${base}/leave`, async (request, reply) => {
      const user = caller(colony, request)
      leave(find(request.params), user.id)
      return reply.code(204).send()
    })
  }
}

function join(store: ColonyStore, colony: ColonyRow, user: UserRow): void {
  const { banned, isArchived, members } = colony
  const userId = user.id
  if (banned.has(userId)) throw refuse(403, 'FORBIDDEN', 'You are banned from this colony')
  if (isArchived) throw refuse(409, 'CONFLICT', 'This colony is archived')
  if (members.has(userId)) throw refuse(409, 'COLONY_ALREADY_MEMBER', 'You are already a member of this colony')
  store.expectKarma(user, colony, 'join')
  members.add(userId)
}

function leave({ members, moderators }: ColonyRow, userId: string): void {
  if (!members.has(userId)) throw notFound('Membership')
  if (moderators.has(userId) && moderators.size === 1) throw refuse(409, 'CONFLICT', 'The last moderator cannot leave')
  members.delete(userId)
  moderators.delete(userId)
}
