import type { Control } from '../service'
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

export function controlOf(chat: DiscordChat): Control {
  const { control } = chat.access
  if (!control) throw new Error('Live there are no control API: a scenario that needs one must be gated.')
  return control
}

/** Put back at the end, or what the scenario made before could not be removed. */
export async function forbid(chat: DiscordChat, what: string): Promise<void> {
  const [{ id: user }, { id: channel }] = await Promise.all([chat.me(), chat.channel()])
  await chat.access.undo.create('discord.permission', `leave to ${what}`, { by: 'Ada', data: { channel } }, async () => {
    await controlOf(chat).post('/permissions', { user, channel, deny: PERMISSIONS[what] })
    return { id: user }
  })
}

export async function switchIntentsOff(chat: DiscordChat, off: readonly string[]): Promise<void> {
  await controlOf(chat).post('/intents', { bot: (await chat.me()).id, off })
}

export async function limitMessages(chat: DiscordChat, limit: number, window: number): Promise<void> {
  const { id: bot } = await chat.me()
  await controlOf(chat).post('/buckets', { bot, on: 'POST /channels/:id/messages', limit, window })
}

/** Discord asks for another connection, or the one there is breaks. */
export async function breakConnection(chat: DiscordChat, how: 'reconnect' | 'close'): Promise<void> {
  const { id: bot } = await chat.me()
  await controlOf(chat).post(`/gateway/${how}`, { bot, ...(how === 'close' ? { code: BROKEN } : {}) })
}

/** An unknown error, after which a session may be resumed. */
const BROKEN = 4_000

export async function showPresence(chat: DiscordChat, name: string, status: string): Promise<void> {
  await controlOf(chat).post('/presence', { as: (await chat.person(name)).id, status })
}
