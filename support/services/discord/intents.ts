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

/** The intents that every session requests; the text of other users' messages needs MESSAGE_CONTENT as well. */
export const LISTENING = INTENTS.GUILDS | INTENTS.GUILD_MESSAGES | INTENTS.GUILD_MESSAGE_REACTIONS | INTENTS.DIRECT_MESSAGES

export type Privileged = 'GUILD_MEMBERS' | 'GUILD_PRESENCES' | 'MESSAGE_CONTENT'

/** The flags of an application for its enabled privileged intents: enabled, or enabled up to a number of guilds. */
const FLAGS: Readonly<Record<Privileged, number>> = {
  GUILD_PRESENCES: (1 << 12) | (1 << 13),
  GUILD_MEMBERS: (1 << 14) | (1 << 15),
  MESSAGE_CONTENT: (1 << 18) | (1 << 19),
}

/** Their names in the developer portal. */
export const SWITCHES: Readonly<Record<Privileged, string>> = {
  GUILD_PRESENCES: 'Presence Intent',
  GUILD_MEMBERS: 'Server Members Intent',
  MESSAGE_CONTENT: 'Message Content Intent',
}

export function isGranted(intent: Privileged, flags: number): boolean {
  return (flags & FLAGS[intent]) !== 0
}
