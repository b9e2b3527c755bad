/** Gateway intents as Discord's documentation numbers them. */
export const INTENTS = {
  GUILDS: 1 << 0,
  GUILD_MEMBERS: 1 << 1,
  GUILD_PRESENCES: 1 << 8,
  GUILD_MESSAGES: 1 << 9,
  GUILD_MESSAGE_REACTIONS: 1 << 10,
  DIRECT_MESSAGES: 1 << 12,
  MESSAGE_CONTENT: 1 << 15,
} as const

/** What the bot listens for in any case; the text of others takes MESSAGE_CONTENT besides. */
export const LISTENING = INTENTS.GUILDS | INTENTS.GUILD_MESSAGES | INTENTS.GUILD_MESSAGE_REACTIONS | INTENTS.DIRECT_MESSAGES

export type Privileged = 'GUILD_MEMBERS' | 'GUILD_PRESENCES' | 'MESSAGE_CONTENT'

/** The flags of an application that tell which privileged intents are switched on, in full or for few guilds only. */
const FLAGS: Readonly<Record<Privileged, number>> = {
  GUILD_PRESENCES: (1 << 12) | (1 << 13),
  GUILD_MEMBERS: (1 << 14) | (1 << 15),
  MESSAGE_CONTENT: (1 << 18) | (1 << 19),
}

/** How the developer portal calls them. */
export const SWITCHES: Readonly<Record<Privileged, string>> = {
  GUILD_PRESENCES: 'Presence Intent',
  GUILD_MEMBERS: 'Server Members Intent',
  MESSAGE_CONTENT: 'Message Content Intent',
}

export function isGranted(intent: Privileged, flags: number): boolean {
  return (flags & FLAGS[intent]) !== 0
}
