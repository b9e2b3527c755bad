import type { Powers } from '../../core/service'
import type { DiscordChat } from './adapter'

/** What the sandbox's control port can do, by Discord's own names of permissions and intents. */
export const PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  'see the channel': ['VIEW_CHANNEL'],
  'send messages': ['SEND_MESSAGES'],
  'read the history': ['READ_MESSAGE_HISTORY'],
  'add reactions': ['ADD_REACTIONS'],
  'open threads': ['CREATE_PUBLIC_THREADS'],
  'attach files': ['ATTACH_FILES'],
  'manage messages': ['MANAGE_MESSAGES'],
}

export function powersOf(chat: DiscordChat): Powers {
  const { powers } = chat.access
  if (!powers) throw new Error('Live there are no powers: a scenario that needs one must be gated.')
  return powers
}

export async function forbid(chat: DiscordChat, what: string): Promise<void> {
  const [{ id: userId }, { id: channelId }] = await Promise.all([chat.me(), chat.channel()])
  await powersOf(chat).post('/permissions', { channelId, userId, deny: PERMISSIONS[what] })
}

export async function grantIntents(chat: DiscordChat, granted: readonly string[]): Promise<void> {
  await powersOf(chat).post('/intents', { token: chat.client.token, granted })
}

/** A channel of the guild that the bot cannot see. @returns its id */
export async function hiddenChannel(chat: DiscordChat): Promise<string> {
  const guildId = await chat.guildId()
  return (await powersOf(chat).post<{ id: string }>('/channels', { guildId, name: 'behind closed doors', hidden: true })).id
}

export async function closeDirects(chat: DiscordChat, name: string): Promise<void> {
  const { id } = await chat.person(name)
  await powersOf(chat).post('/dms', { userId: id, closed: true })
}

export async function limitMessages(chat: DiscordChat, limit: number, windowMs: number): Promise<void> {
  await powersOf(chat).post('/rate-limits', { token: chat.client.token, limit, windowMs })
}

/** The service asks the session's client to connect again, or just drops the connection. */
export async function breakConnection(chat: DiscordChat, how: 'reconnect' | number): Promise<void> {
  await powersOf(chat).post('/gateway/disconnect', { token: chat.client.token, how })
}

export async function showPresence(chat: DiscordChat, name: string, status: string): Promise<void> {
  const { id } = await chat.person(name)
  await powersOf(chat).post('/presences', { userId: id, status })
}
