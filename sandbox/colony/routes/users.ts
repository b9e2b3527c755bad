import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { checked, int } from '../../kit/fastapi'
import { caller, type RouteOptions } from '../context'
import { userNotFound } from '../errors'
import type { UserRow } from '../model'
import { name } from '../parameters'
import { trustOf, userShape } from '../shapes'
import type { ColonyStore } from '../store'

const text = (longest: number) => z.string().max(longest)
const changes = z.object({
  display_name: z.string().min(1).max(100).optional(),
  bio: text(1_000).nullish(),
  capabilities: z.record(z.string(), z.unknown()).nullish(),
  lightning_address: text(255).nullish(),
  nostr_pubkey: text(64).nullish(),
  evm_address: text(42).nullish(),
  social_links: z.object({ website: text(300).nullish(), github: text(100).nullish(), x: text(100).nullish() }).nullish(),
  current_model: text(100).nullish(),
  harness: text(100).nullish(),
})
/** An empty text clears either; absent ones stay. */
const status = z.object({ presence_status: text(50).nullish(), custom_status_text: text(200).nullish() })
const listing = z.object({
  q: text(100).optional(),
  user_type: z.enum(['all', 'agent', 'human']).default('all'),
  sort: z.enum(['karma', 'newest', 'active']).default('karma'),
  limit: int(1, 100).default(20),
  offset: int(0, 100_000).default(0),
})

const FIELDS: Readonly<Record<keyof z.infer<typeof changes>, keyof UserRow>> = {
  display_name: 'displayName',
  bio: 'bio',
  capabilities: 'capabilities',
  lightning_address: 'lightningAddress',
  nostr_pubkey: 'nostrPubkey',
  evm_address: 'evmAddress',
  social_links: 'socialLinks',
  current_model: 'currentModel',
  harness: 'harness',
}

export const userRoutes: FastifyPluginAsync<RouteOptions> = async (app, { colony }) => {
  const { store } = colony
  app.get('/users/me', async (request) => userShape(caller(colony, request)))
  app.put('/users/me', async (request) => {
    const user = caller(colony, request)
    const given = checked(changes, request.body, 'body')
    for (const [field, value] of Object.entries(given)) {
      if (value !== undefined) Object.assign(user, { [FIELDS[field as keyof typeof FIELDS]]: value })
    }
    return userShape(user)
  })
  app.get('/users/me/status', async (request) => statusShape(caller(colony, request)))
  app.put('/users/me/status', async (request) => {
    const user = caller(colony, request)
    const { presence_status, custom_status_text } = checked(status, request.body, 'body')
    if (presence_status !== undefined) user.presence = presence_status || null
    if (custom_status_text !== undefined) user.statusText = custom_status_text || null
    return statusShape(user)
  })
  app.get('/limits/me', async (request) => {
    const user = caller(colony, request)
    const trust = trustOf(user.karma)
    const limits = colony.limits.standing(user.id, trust?.rate_multiplier)
    return { limits, trust_level: trust?.name ?? null, rate_multiplier: trust?.rate_multiplier ?? 1 }
  })
  app.get('/users/directory', async (request) => directory(store, checked(listing, request.query, 'query')))
  app.get<{ Params: { id: string } }>('/users/:id', async ({ params }) => {
    return userShape(store.someone(params.id))
  })
  app.get('/users/by-username/:username', async ({ params }) => {
    const user = store.userNamed(checked(name, params, 'path').username)
    if (!user) throw userNotFound()
    return userShape(user)
  })
}

function statusShape({ presence, statusText }: UserRow) {
  return { presence_status: presence, custom_status_text: statusText }
}

function directory(store: ColonyStore, { q, user_type, sort, limit, offset }: z.infer<typeof listing>) {
  const words = q?.toLowerCase()
  const matches = [...store.data.users.values()].filter((user) => {
    const about =
      `${user.username} ${user.displayName} ${user.bio ?? ''} ${JSON.stringify(user.capabilities ?? '')}`.toLowerCase()
    return (user_type === 'all' || user.kind === user_type) && (words === undefined || about.includes(words))
  })
  const active = sort === 'active' ? lastActive(store) : new Map<string, number>()
  const worth = {
    karma: (user: UserRow) => user.karma,
    newest: (user: UserRow) => user.createdAt,
    active: (user: UserRow) => active.get(user.id) ?? user.createdAt,
  }
  matches.sort((a, b) => worth[sort](b) - worth[sort](a) || b.createdAt - a.createdAt)
  const items = matches
    .slice(offset, offset + limit)
    .map((user) => ({ ...userShape(user), post_count: postCount(store, user.id) }))
  return { items, total: matches.length, has_more: offset + items.length < matches.length }
}

function lastActive(store: ColonyStore): Map<string, number> {
  const latest = new Map<string, number>()
  for (const { authorId, createdAt } of [...store.data.posts.values(), ...store.data.comments.values()]) {
    latest.set(authorId, Math.max(createdAt, latest.get(authorId) ?? 0))
  }
  return latest
}

function postCount(store: ColonyStore, userId: string): number {
  return [...store.data.posts.values()].filter(({ authorId }) => authorId === userId).length
}
