import type { DiscordGuild, DiscordMember, Overwrite } from './contract'

/** The permissions the suite needs in the test channel: Discord's bit, and the feature that needs it. */
export const NEEDED: Readonly<Record<string, { bit: bigint; for: string }>> = {
  'View Channels': { bit: 1n << 10n, for: 'everything' },
  'Send Messages': { bit: 1n << 11n, for: 'messages' },
  'Read Message History': { bit: 1n << 16n, for: 'history, replies and reactions' },
  'Add Reactions': { bit: 1n << 6n, for: 'reactions' },
  'Attach Files': { bit: 1n << 15n, for: 'attachments' },
  'Create Public Threads': { bit: 1n << 35n, for: 'threads' },
  'Send Messages in Threads': { bit: 1n << 38n, for: 'threads' },
  'Manage Threads': { bit: 1n << 34n, for: 'deleting threads; without it they are archived' },
}

const ADMINISTRATOR = 1n << 3n
const ALL = (1n << 52n) - 1n

interface Where {
  guild: DiscordGuild
  member: DiscordMember
  overwrites: readonly Overwrite[]
}

/**
 * A member's permissions in a channel, as Discord documents it: all for the owner, else those of the roles, then the channel's
 * overwrites.
 */
export function permissionsOf({ guild, member, overwrites }: Where): bigint {
  if (guild.owner_id === member.user.id) return ALL
  const held = new Set([guild.id, ...member.roles])
  const base = guild.roles.filter(({ id }) => held.has(id)).reduce((bits, { permissions }) => bits | BigInt(permissions), 0n)
  if ((base & ADMINISTRATOR) !== 0n) return ALL
  const everyone = overwrites.filter(({ id }) => id === guild.id)
  const roles = overwrites.filter(({ id, type }) => type === 0 && id !== guild.id && held.has(id))
  const own = overwrites.filter(({ id, type }) => type === 1 && id === member.user.id)
  return [everyone, roles, own].reduce(apply, base)
}

function apply(bits: bigint, overwrites: readonly Overwrite[]): bigint {
  const union = (pick: (overwrite: Overwrite) => string): bigint => overwrites.reduce((all, one) => all | BigInt(pick(one)), 0n)
  return (bits & ~union(({ deny }) => deny)) | union(({ allow }) => allow)
}
