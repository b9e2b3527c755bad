import type { ApplicationRow, GuildRow, MemberRow, UserRow } from '../model'
import type { DiscordStore } from '../store'
import { stamp } from './times'

export function userShape(user: UserRow) {
  return {
    id: user.id,
    username: user.username,
    discriminator: '0',
    global_name: user.globalName,
    avatar: user.avatar,
    banner: user.banner,
    accent_color: null,
    avatar_decoration_data: null,
    collectibles: null,
    public_flags: 0,
    flags: 0,
    primary_guild: null,
    ...(user.bot ? { bot: true } : {}),
  }
}

/** Fields that only the account itself sees. */
export const ownUserShape = (user: UserRow) => ({
  ...userShape(user),
  mfa_enabled: false,
  locale: 'en-US',
  premium_type: 0,
  email: null,
  verified: true,
})

/** A member as in a message: without the user. */
export const partialMember = (member: MemberRow) => ({
  nick: member.nick,
  avatar: null,
  banner: null,
  roles: member.roles,
  joined_at: stamp(member.joinedAt),
  premium_since: null,
  deaf: false,
  mute: false,
  flags: 0,
  pending: false,
  communication_disabled_until: null,
})

export const memberShape = (store: DiscordStore, member: MemberRow) => ({
  user: userShape(store.user(member.userId)),
  ...partialMember(member),
})

/** The field `member` of what a user does in a guild. */
export function memberField(store: DiscordStore, guild: GuildRow | undefined, userId: string) {
  const member = guild?.members.get(userId)
  return member ? { member: memberShape(store, member) } : {}
}

export function applicationShape(store: DiscordStore, app: ApplicationRow) {
  const { id, name, flags } = app
  const guilds = store.guildsOf(id).length
  return {
    id,
    name,
    icon: null,
    description: '',
    summary: '',
    type: null,
    bot: userShape(store.user(id)),
    is_monetized: false,
    is_verified: false,
    is_discoverable: false,
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: Buffer.from(store.hash(id)).toString('hex'),
    flags,
    flags_new: String(flags),
    explicit_content_filter: 0,
    eligible_oauth2_scopes: ['bot', 'applications.commands'],
    hook: true,
    storefront_available: false,
    redirect_uris: [],
    interactions_endpoint_url: null,
    event_webhooks_url: null,
    event_webhooks_status: 1,
    role_connections_verification_url: null,
    approximate_guild_count: guilds,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    owner: userShape(store.user(app.ownerId)),
    team: null,
  }
}
