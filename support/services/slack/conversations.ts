import type { SlackAdapter } from './adapter'
import * as contract from './contract'

/** Hides a private conversation from the bot. @returns whether it was hidden before */
export async function close({ api }: SlackAdapter, channel: string): Promise<boolean> {
  const { already_closed = false } = await api.call(
    'conversations.close',
    { channel },
    contract.closed,
    'a conversation that was closed',
  )
  return already_closed
}

/** Whether the bot has said that it is away, which is told to nobody else. */
export async function isMarkedAway({ api }: SlackAdapter): Promise<boolean | undefined> {
  return (await api.call('users.getPresence', {}, contract.presence, 'the own presence')).manual_away
}
