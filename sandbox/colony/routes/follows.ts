import { z } from 'zod'
import { notFound, refuse } from '../errors'
import { ownersOf, subjectsOf, type UserRow } from '../model'
import { notifyWithWebhooks } from '../notify'
import { accounts, path, range } from '../parameters'
import { type Colony, routes } from '../route'
import { page, time, userShape } from '../shapes'
import type { ColonyStore } from '../store'

const LONGEST_TAG = 50
/** Tags are followed in their normal form: in lower case, and cut to the length of a tag. */
const tagPath = z.object({ tag: z.string().min(1) }).transform(({ tag }) => tag.toLowerCase().slice(0, LONGEST_TAG))

export const followRoutes = routes(({ member, open }, colony) => {
  const { store } = colony
  for (const [base, named] of accounts(store)) {
    member(`POST ${base}/follow`, { limit: 'follow', path: named, status: 201 }, ({ user, path: find }) =>
      follow(colony, user, find()),
    )
    member(`DELETE ${base}/follow`, { limit: 'follow', path: named }, ({ user, path: find }) => {
      if (!store.data.follows.delete(`${user.id} ${find().id}`)) throw notFound('Follow relation')
    })
    member(`GET ${base}/relationship`, { path: named }, ({ user, path: find }) => relationship(store, user, find()))
  }
  const query = z.object(range())
  for (const side of ['followers', 'following'] as const) {
    member(`GET /users/me/${side}`, { query }, ({ user, query: asked }) => page(related(store, user, side), asked, userShape))
    open(`GET /users/:id/${side}`, { path, query }, ({ path: { id }, query: asked, reply }) => {
      const { items, total, has_more } = page(related(store, store.account(id), side), asked, userShape)
      void reply.headers({ 'X-Total-Count': String(total), 'X-Has-More': String(has_more) })
      return items
    })
  }
  member('GET /tags/following', {}, ({ user }) => ({ tags: subjectsOf(store.data.followedTags, user.id).sort() }))
  member('POST /tags/:tag/follow', { limit: 'follow', path: tagPath }, ({ user, path: tag }) => {
    store.data.followedTags.add(`${user.id} ${tag}`)
    return { tag, following: true }
  })
  member('DELETE /tags/:tag/follow', { limit: 'follow', path: tagPath }, ({ user, path: tag }) => {
    store.data.followedTags.delete(`${user.id} ${tag}`)
    return { tag, following: false }
  })
})

/** @throws 400 for the own account, 409 with the existing follow's id where there is one */
function follow(colony: Colony, follower: UserRow, followed: UserRow) {
  const { store } = colony
  if (followed.id === follower.id) throw refuse(400, 'INVALID_INPUT', 'You cannot follow yourself')
  const key = `${follower.id} ${followed.id}`
  const known = store.data.follows.get(key)
  if (known) throw refuse(409, 'CONFLICT', 'Already following this user', { follow_id: known.id, created_at: time(known.at) })
  const made = { id: store.uuid(), at: store.now() }
  store.data.follows.set(key, made)
  notifyWithWebhooks(colony, followed.id, { actor: follower, type: 'new_follower', did: 'started following you' })
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
    following_since: time(following?.at ?? null),
    followed_by_since: time(followedBy?.at ?? null),
    follow_id: following?.id ?? null,
  }
}

/** Active accounts, the newest relation first. */
function related(store: ColonyStore, { id }: UserRow, side: 'followers' | 'following'): UserRow[] {
  const keys = store.data.follows.keys()
  const ids = side === 'followers' ? ownersOf(keys, id) : subjectsOf(keys, id)
  return ids
    .reverse()
    .flatMap((other) => store.user(other) ?? [])
    .filter(({ isActive }) => isActive)
}
