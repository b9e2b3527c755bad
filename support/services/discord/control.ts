import type { Control } from '../service'
import type { DiscordChat } from './adapter'

interface Permission {
  /** As the sandbox's control port knows it. */
  name: string
  /** In an overwrite of a channel. */
  bit: bigint
}

/** What the sandbox can be told to forbid, by Discord's own names and bits. */
const PERMISSIONS: Readonly<Record<string, Permission>> = {
  'see the channel': { name: 'VIEW_CHANNEL', bit: 1n << 10n },
  'send messages': { name: 'SEND_MESSAGES', bit: 1n << 11n },
  'read the history': { name: 'READ_MESSAGE_HISTORY', bit: 1n << 16n },
  'add reactions': { name: 'ADD_REACTIONS', bit: 1n << 6n },
  'open threads': { name: 'CREATE_PUBLIC_THREADS', bit: 1n << 35n },
  'attach files': { name: 'ATTACH_FILES', bit: 1n << 15n },
  'manage messages': { name: 'MANAGE_MESSAGES', bit: 1n << 13n },
}

export function controlOf(chat: DiscordChat): Control {
  const { control } = chat.access
  if (!control) throw new Error('Live there are no control API: a scenario that needs one must be gated.')
  return control
}

/** Put back at the end, or what the scenario made before could not be removed. */
export async function forbid(chat: DiscordChat, what: string): Promise<void> {
  const permission = PERMISSIONS[what]
  if (!permission) throw new Error(`There is no permission to "${what}"; there are: ${Object.keys(PERMISSIONS).join(', ')}.`)
  const [{ id: user }, { id: channel }] = await Promise.all([chat.me(), chat.channel()])
  const data = { account: user, channel, deny: String(permission.bit) }
  await chat.access.undo.create('discord.permission', `leave to ${what}`, { by: 'Ada', data }, async () => {
    await controlOf(chat).post('/permissions', { user, channel, deny: [permission.name] })
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
