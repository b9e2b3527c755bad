import type { Control } from '../service'
import type { DiscordChat } from './adapter'

interface Permission {
  /** In the form of the sandbox's control API. */
  name: string
  /** In a permission overwrite of a channel. */
  bit: bigint
}

/** The permissions that the sandbox can deny, by Discord's names and bits. */
const PERMISSIONS: Readonly<Record<string, Permission>> = {
  'View Channels': { name: 'VIEW_CHANNEL', bit: 1n << 10n },
  'Send Messages': { name: 'SEND_MESSAGES', bit: 1n << 11n },
  'Read Message History': { name: 'READ_MESSAGE_HISTORY', bit: 1n << 16n },
  'Add Reactions': { name: 'ADD_REACTIONS', bit: 1n << 6n },
  'Create Public Threads': { name: 'CREATE_PUBLIC_THREADS', bit: 1n << 35n },
  'Attach Files': { name: 'ATTACH_FILES', bit: 1n << 15n },
  'Manage Messages': { name: 'MANAGE_MESSAGES', bit: 1n << 13n },
}

function controlOf(chat: DiscordChat): Control {
  const { control } = chat.access
  if (!control) throw new Error('Live there is no control API: a scenario that needs it must be tagged @sandbox-only.')
  return control
}

/** Restored at the end, so that what the scenario created before can be deleted. */
export async function forbid(chat: DiscordChat, what: string): Promise<void> {
  const permission = PERMISSIONS[what]
  if (!permission) throw new Error(`There is no permission "${what}"; there are: ${Object.keys(PERMISSIONS).join(', ')}.`)
  const [{ id: user }, { id: channel }] = await Promise.all([chat.me(), chat.channel()])
  const data = { account: user, channel, deny: String(permission.bit) }
  await chat.access.undo.create('discord.permission', `the permission ${what}`, { by: 'Ada', data }, async () => {
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

/** Discord requests a reconnect, or drops the connection. */
export async function breakConnection(chat: DiscordChat, how: 'reconnect' | 'close'): Promise<void> {
  const { id: bot } = await chat.me()
  await controlOf(chat).post(`/gateway/${how}`, { bot, ...(how === 'close' ? { code: BROKEN } : {}) })
}

/** Close code 4000, after which a session may be resumed. */
const BROKEN = 4_000

export async function showPresence(chat: DiscordChat, name: string, status: string): Promise<void> {
  await controlOf(chat).post('/presence', { as: (await chat.person(name)).id, status })
}
