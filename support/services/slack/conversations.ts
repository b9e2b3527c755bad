import type { SlackChat } from './adapter'
import { settled } from './api'
import * as contract from './contract'

/** Hides a direct conversation from the bot. @returns whether it was hidden before */
export async function close({ api }: SlackChat, channel: string): Promise<boolean> {
  const { already_closed = false } = await api.call(
    'conversations.close',
    { channel },
    contract.closed,
    'a conversation that was closed',
  )
  return already_closed
}

/** Whether the bot has set itself to away, which only its own token can read. */
export async function isMarkedAway({ api }: SlackChat): Promise<boolean | undefined> {
  return (await api.call('users.getPresence', {}, contract.presence, 'the bot’s presence')).manual_away
}

/** The direct conversation of the bot with exactly these users, by their ids. Opens none. @returns undefined if there is none */
export async function conversationWith({ api }: SlackChat, people: string): Promise<string | undefined> {
  const args = { users: people, prevent_creation: true }
  const open = () => api.call('conversations.open', args, contract.opened, 'a direct conversation')
  return (await settled(open, 'channel_not_found'))?.channel.id
}
