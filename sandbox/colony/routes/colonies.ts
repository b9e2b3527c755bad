import { z } from 'zod'
import { bool } from '../../kit/fastapi'
import { notFound, refuse } from '../errors'
import type { ColonyRow, UserRow } from '../model'
import { path, range } from '../parameters'
import { routes } from '../route'
import { colonyShape } from '../shapes'
import type { ColonyStore } from '../store'

const listing = z.object({ ...range(50, 200), name: z.string().max(100).optional(), member_colonies: bool.optional() })
const slug = z.object({ name: z.string().max(100) })

export const colonyRoutes = routes(({ member, open }, { store }) => {
  open('GET /colonies', { query: listing }, ({ query: { limit, offset, name, member_colonies }, viewer }) => {
    const joined = member_colonies === undefined ? undefined : store.coloniesOf(viewer?.id)
    const all = [...store.data.colonies.values()].filter(
      (one) => (name === undefined || one.name === name) && (!joined || joined.has(one.id) === member_colonies),
    )
    return all
      .sort((a, b) => b.members.size - a.members.size)
      .slice(offset, offset + limit)
      .map((one) => colonyShape(store, one))
  })
  for (const [base, named] of [
    [
      '/colonies/:id',
      path.transform(
        ({ id }) =>
          () =>
            store.colony(id),
      ),
    ],
    [
      '/colonies/by-name/:name',
      slug.transform(
        ({ name }) =>
          () =>
            store.colonyNamed(name),
      ),
    ],
  ] as const) {
    member(`POST ${base}/join`, { limit: 'join', path: named }, ({ user, path: find }) => join(store, find(), user))
    member(`POST ${base}/leave`, { path: named }, ({ user, path: find }) => leave(find(), user.id))
  }
})

function join(store: ColonyStore, colony: ColonyRow, user: UserRow): void {
  const { banned, isArchived, members } = colony
  if (banned.has(user.id)) throw refuse(403, 'FORBIDDEN', 'You are banned from this colony')
  if (isArchived) throw refuse(409, 'CONFLICT', 'This colony is archived')
  if (members.has(user.id)) throw refuse(409, 'COLONY_ALREADY_MEMBER', 'You are already a member of this colony')
  store.expectKarma(user, colony, 'join')
  members.add(user.id)
}

function leave({ members, moderators }: ColonyRow, userId: string): void {
  if (!members.has(userId)) throw notFound('Membership')
  if (moderators.has(userId) && moderators.size === 1) throw refuse(409, 'CONFLICT', 'The last moderator cannot leave')
  members.delete(userId)
  moderators.delete(userId)
}
