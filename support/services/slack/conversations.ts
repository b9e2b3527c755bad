import type { SlackChat } from './adapter'
import { settled } from './api'
import * as contract from './contract'

/** Hides a private conversation from the bot. @returns whether it was hidden before */
export async function close({ api }: SlackChat, channel: string): Promise<boolean> {
  const { already_closed = false } = await api.call(
    'conversations.close',
    { channel },
    contract.closed,
    'a conversation that was closed',
  )
  return already_closed
}

/** Whether the bot has said that it is away, which is told to nobody else. */
export async function isMarkedAway({ api }: SlackChat): Promise<boolean | undefined> {
  return (await api.call('users.getPresence', {}, contract.presence, 'the own presence')).manual_away
}

/** The private conversation of the bot with these people and nobody else, by their ids. Opens none. @returns nothing where there is none */
export async function conversationWith({ api }: SlackChat, people: string): Promise<string | undefined> {
  const args = { users: people, prevent_creation: true }
  const open = () => api.call('conversations.open', args, contract.opened, 'a private conversation')
  return (await settled(open, 'channel_not_found'))?.channel.id
}
