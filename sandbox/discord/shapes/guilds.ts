import type { GuildRow, RoleRow } from '../model'
import { guildPermissions } from '../permissions'
import type { DiscordStore } from '../store'
import { userShape } from './users'

const SETTINGS = {
  icon: null,
  description: null,
  home_header: null,
  splash: null,
  discovery_splash: null,
  features: [] as string[],
  banner: null,
  application_id: null,
  region: 'deprecated',
  afk_channel_id: null,
  afk_timeout: 300,
  system_channel_id: null,
  system_channel_flags: 0,
  widget_enabled: false,
  widget_channel_id: null,
  verification_level: 0,
  default_message_notifications: 0,
  mfa_level: 0,
  explicit_content_filter: 0,
  max_presences: null,
  max_members: 500_000,
  max_stage_video_channel_users: 50,
  max_video_channel_users: 25,
  vanity_url_code: null,
  premium_tier: 0,
  premium_subscription_count: 0,
  preferred_locale: 'en-US',
  rules_channel_id: null,
  safety_alerts_channel_id: null,
  public_updates_channel_id: null,
  premium_progress_bar_enabled: false,
  hub_type: null,
  nsfw: false,
  nsfw_level: 0,
  stickers: [] as unknown[],
  incidents_data: null,
}

export function guildShape(store: DiscordStore, guild: GuildRow, withCounts = false) {
  return {
    ...SETTINGS,
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    roles: guild.roles.map(roleShape),
    emojis: guild.emojis.map((emoji) => ({
      ...emoji,
      roles: [],
      require_colons: true,
      managed: false,
      available: true,
      user: userShape(store.user(guild.ownerId)),
    })),
    ...(withCounts ? counts(store, guild) : {}),
  }
}

export function counts(store: DiscordStore, guild: GuildRow) {
  const isHere = (id: string): boolean => (store.data.presences.get(id)?.status ?? 'offline') !== 'offline'
  return {
    approximate_member_count: guild.members.size,
    approximate_presence_count: [...guild.members.keys()].filter(isHere).length,
  }
}

/** As the list of a bot's own guilds shows it. */
export const ownGuildShape = (guild: GuildRow, botId: string) => ({
  id: guild.id,
  name: guild.name,
  icon: null,
  banner: null,
  owner: guild.ownerId === botId,
  permissions: String(guildPermissions(guild, botId)),
  features: [],
})

export const roleShape = (role: RoleRow) => ({
  id: role.id,
  name: role.name,
  permissions: String(role.permissions),
  position: role.position,
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  managed: role.botId !== null,
  mentionable: role.mentionable,
  icon: null,
  unicode_emoji: null,
  flags: 0,
  ...(role.botId === null ? {} : { tags: { bot_id: role.botId } }),
})
