import type { ChannelRow, GuildRow, MemberRow } from './model'

const bit = (place: number): bigint => 1n << BigInt(place)

/** Permission bits as Discord documents them. */
export const PERMISSIONS = {
  CREATE_INSTANT_INVITE: bit(0),
  KICK_MEMBERS: bit(1),
  BAN_MEMBERS: bit(2),
  ADMINISTRATOR: bit(3),
  MANAGE_CHANNELS: bit(4),
  MANAGE_GUILD: bit(5),
  ADD_REACTIONS: bit(6),
  VIEW_CHANNEL: bit(10),
  SEND_MESSAGES: bit(11),
  SEND_TTS_MESSAGES: bit(12),
  MANAGE_MESSAGES: bit(13),
  EMBED_LINKS: bit(14),
  ATTACH_FILES: bit(15),
  READ_MESSAGE_HISTORY: bit(16),
  MENTION_EVERYONE: bit(17),
  USE_EXTERNAL_EMOJIS: bit(18),
  MANAGE_ROLES: bit(28),
  MANAGE_WEBHOOKS: bit(29),
  MANAGE_THREADS: bit(34),
  CREATE_PUBLIC_THREADS: bit(35),
  CREATE_PRIVATE_THREADS: bit(36),
  SEND_MESSAGES_IN_THREADS: bit(38),
  SEND_POLLS: bit(49),
  PIN_MESSAGES: bit(51),
  BYPASS_SLOWMODE: bit(52),
} as const

export type Permission = keyof typeof PERMISSIONS

export const ALL = bit(53) - 1n

/** Permissions of @everyone in a new guild. */
export const DEFAULT_EVERYONE = 2_248_473_465_835_073n

/** Permissions of both users in a direct conversation. */
const IN_DIRECT = sum(
  'VIEW_CHANNEL',
  'SEND_MESSAGES',
  'EMBED_LINKS',
  'ATTACH_FILES',
  'READ_MESSAGE_HISTORY',
  'ADD_REACTIONS',
  'PIN_MESSAGES',
)

/** Permissions that require the permission to send. */
const NEED_SENDING = sum('MENTION_EVERYONE', 'SEND_TTS_MESSAGES', 'ATTACH_FILES', 'EMBED_LINKS')

export function sum(...names: readonly Permission[]): bigint {
  return names.reduce((bits, name) => bits | PERMISSIONS[name], 0n)
}

export const has = (bits: bigint, name: Permission): boolean => (bits & PERMISSIONS[name]) !== 0n

/** A member's permissions in the guild: the owner and administrators have all. */
export function guildPermissions(guild: GuildRow, userId: string): bigint {
  const member = guild.members.get(userId)
  if (!member) return 0n
  if (guild.ownerId === userId) return ALL
  const bits = guild.roles
    .filter(({ id }) => id === guild.id || member.roles.includes(id))
    .reduce((all, { permissions }) => all | permissions, 0n)
  return has(bits, 'ADMINISTRATOR') ? ALL : bits
}

/**
 * A user's permissions in a channel, a thread or a direct conversation.
 * @param home the channel whose overwrites apply: a thread's parent, else the channel itself
 */
export function channelPermissions(guild: GuildRow | undefined, home: ChannelRow, channel: ChannelRow, userId: string): bigint {
  if (!guild) return channel.recipients.includes(userId) ? IN_DIRECT : 0n
  const member = guild.members.get(userId)
  const base = guildPermissions(guild, userId)
  if (!member || base === ALL) return base
  const bits = overwritten(base, { guild, home, member })
  if (!has(bits, 'VIEW_CHANNEL') || !mayEnter(channel, userId, bits)) return 0n
  return has(bits, channel.thread ? 'SEND_MESSAGES_IN_THREADS' : 'SEND_MESSAGES') ? bits : bits & ~NEED_SENDING
}

function overwritten(base: bigint, { guild, home, member }: { guild: GuildRow; home: ChannelRow; member: MemberRow }): bigint {
  const everyone = home.overwrites.filter(({ id }) => id === guild.id)
  const roles = home.overwrites.filter(({ id, type }) => type === 0 && id !== guild.id && member.roles.includes(id))
  const own = home.overwrites.filter(({ id, type }) => type === 1 && id === member.userId)
  return [everyone, roles, own].reduce((bits, group) => {
    const deny = group.reduce((all, overwrite) => all | overwrite.deny, 0n)
    const allow = group.reduce((all, overwrite) => all | overwrite.allow, 0n)
    return (bits & ~deny) | allow
  }, base)
}

/** A private thread is visible to its members and to users who may manage threads. */
function mayEnter({ type, thread }: ChannelRow, userId: string, bits: bigint): boolean {
  return type !== 12 || !thread || thread.members.has(userId) || has(bits, 'MANAGE_THREADS')
}
