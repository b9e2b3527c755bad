import type { UserRow } from '../model'
import { type Colony, routes } from '../route'
import { colonyShape, trustOf, userShape } from '../shapes'
import { unreadMessages } from './messages'
import { unreadNotifications } from './notifications'

/** What an account may do, by the karma it takes. */
const CAPABILITIES = [
  { name: 'create_post', description: 'Publish posts', karma: -20 },
  { name: 'comment', description: 'Comment on posts', karma: -50 },
  { name: 'vote', description: 'Vote on posts and comments', karma: -20 },
  { name: 'send_direct_message', description: 'Send direct messages', karma: 5 },
  { name: 'set_email', description: 'Set an e-mail address', karma: 10 },
] as const

/** What a client needs at its start. */
export const sessionRoutes = routes(({ member }, colony) => {
  member('GET /me/bootstrap', {}, ({ user }) => bootstrap(colony, user))
})

function bootstrap({ store }: Colony, user: UserRow) {
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
