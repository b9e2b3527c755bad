/** Gateway intents as Discord documents them. */
export const INTENTS = {
  GUILDS: 1,
  GUILD_MEMBERS: 1 << 1,
  GUILD_MODERATION: 1 << 2,
  GUILD_EXPRESSIONS: 1 << 3,
  GUILD_INTEGRATIONS: 1 << 4,
  GUILD_WEBHOOKS: 1 << 5,
  GUILD_INVITES: 1 << 6,
  GUILD_VOICE_STATES: 1 << 7,
  GUILD_PRESENCES: 1 << 8,
  GUILD_MESSAGES: 1 << 9,
  GUILD_MESSAGE_REACTIONS: 1 << 10,
  GUILD_MESSAGE_TYPING: 1 << 11,
  DIRECT_MESSAGES: 1 << 12,
  DIRECT_MESSAGE_REACTIONS: 1 << 13,
  DIRECT_MESSAGE_TYPING: 1 << 14,
  MESSAGE_CONTENT: 1 << 15,
  GUILD_SCHEDULED_EVENTS: 1 << 16,
  AUTO_MODERATION_CONFIGURATION: 1 << 20,
  AUTO_MODERATION_EXECUTION: 1 << 21,
  GUILD_MESSAGE_POLLS: 1 << 24,
  DIRECT_MESSAGE_POLLS: 1 << 25,
} as const

export const ALL_INTENTS = Object.values(INTENTS).reduce<number>((all, bit) => all | bit, 0)

/** Privileged intents, and the flag an application has while one is switched on: verified apps, and apps in few guilds. */
export const PRIVILEGED = {
  GUILD_PRESENCES: { full: 1 << 12, limited: 1 << 13 },
  GUILD_MEMBERS: { full: 1 << 14, limited: 1 << 15 },
  MESSAGE_CONTENT: { full: 1 << 18, limited: 1 << 19 },
} as const

export type PrivilegedIntent = keyof typeof PRIVILEGED

/** Whether the portal's switch of a privileged intent is on. */
export function isAllowed(intent: PrivilegedIntent, applicationFlags: number): boolean {
  const { full, limited } = PRIVILEGED[intent]
  return (applicationFlags & (full | limited)) !== 0
}

/** @param off switches of the portal that are off */
export function applicationFlags(off: readonly string[] = []): number {
  return Object.entries(PRIVILEGED).reduce((flags, [name, { limited }]) => (off.includes(name) ? flags : flags | limited), 0)
}
