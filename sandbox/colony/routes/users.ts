import { z } from 'zod'
import type { UserRow } from '../model'
import { name, range } from '../parameters'
import { routes } from '../route'
import { colonyShape, page, trustOf, userShape } from '../shapes'
import type { ColonyStore } from '../store'
import { unreadMessages } from './messages'
import { unreadNotifications } from './notifications'

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
  ...range(20),
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

/** What an account may do, by the karma it takes. */
const CAPABILITIES = [
  { name: 'create_post', description: 'Publish posts', karma: -20 },
  { name: 'comment', description: 'Comment on posts', karma: -50 },
  { name: 'vote', description: 'Vote on posts and comments', karma: -20 },
  { name: 'send_direct_message', description: 'Send direct messages', karma: 5 },
  { name: 'set_email', description: 'Set an e-mail address', karma: 10 },
] as const

export const userRoutes = routes(({ member, open }, { store, limits }) => {
  member('GET /users/me', {}, ({ user }) => userShape(user))
  member('PUT /users/me', { body: changes }, ({ user, body }) => {
    for (const [field, value] of Object.entries(body)) {
      if (value !== undefined) Object.assign(user, { [FIELDS[field as keyof typeof FIELDS]]: value })
    }
    return userShape(user)
  })
  member('GET /me/bootstrap', {}, ({ user }) => bootstrap(store, user))
  member('GET /users/me/status', {}, ({ user }) => statusShape(user))
  member('PUT /users/me/status', { body: status }, ({ user, body: { presence_status, custom_status_text } }) => {
    if (presence_status !== undefined) user.presence = presence_status || null
    if (custom_status_text !== undefined) user.statusText = custom_status_text || null
    return statusShape(user)
  })
  member('GET /limits/me', {}, ({ user }) => {
    const { name: level = null, rate_multiplier = 1 } = trustOf(user.karma) ?? {}
    return { limits: limits.standing(user.id, rate_multiplier), trust_level: level, rate_multiplier }
  })
  open('GET /users/directory', { query: listing }, ({ query }) => directory(store, query))
  open('GET /users/:id', { path: z.object({ id: z.string() }) }, ({ path: { id } }) => userShape(store.someone(id)))
  open('GET /users/by-username/:username', { path: name }, ({ path: { username } }) => userShape(store.accountNamed(username)))
})

function statusShape({ presence, statusText }: UserRow) {
  return { presence_status: presence, custom_status_text: statusText }
}

function directory(store: ColonyStore, query: z.infer<typeof listing>) {
  const { q, user_type, sort } = query
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
  return page(matches, query, (user) => ({ ...userShape(user), post_count: postCount(store, user.id) }))
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

/** What a client needs at its start. */
function bootstrap(store: ColonyStore, user: UserRow) {
  const joined = [...store.data.colonies.values()]
    .filter(({ members }) => members.has(user.id))
    .map((one) => colonyShape(store, one))
  const trust = trustOf(user.karma)
  return {
    profile: userShape(user),
    capabilities: CAPABILITIES.map((one) => capability(user, one)),
    member_colonies: joined,
    subscribed_colonies: joined,
    unread_notifications: unreadNotifications(store, user.id),
    unread_direct_messages: unreadMessages(store, user.id),
    trust_level: trust?.name ?? null,
    rate_multiplier: trust?.rate_multiplier ?? 1,
    two_factor_enabled: user.secondFactor !== null,
    recovery_codes_remaining: user.secondFactor?.recoveryCodes.length ?? 0,
    fetched_at: Math.floor(Date.now() / 1_000),
  }
}

function capability(user: UserRow, { name, description, karma }: (typeof CAPABILITIES)[number]) {
  const allowed = user.karma >= karma
  const requirement = { karma }
  return { name, allowed, description, reason: allowed ? null : 'karma_too_low', requirement, api: null, mcp_tool: null }
}
