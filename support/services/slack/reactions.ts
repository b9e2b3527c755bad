import type { ChatPlace, Reaction } from '../../chat/adapter'
import { isRefused, type SlackApi } from './api'
import * as contract from './contract'
import type { Messages } from './messages'
import { EMOJI, WORDS } from './parse'

/** What the bot puts below messages. */
export class Reactions {
  constructor(
    private readonly api: SlackApi,
    private readonly messages: Messages,
    private readonly me: () => Promise<string>,
  ) {}

  async add(place: ChatPlace, id: string, reaction: Reaction): Promise<void> {
    await this.api.call('reactions.add', { ...itemOf(place, id), name: EMOJI[reaction] }, contract.done, 'a reaction')
  }

  async remove(place: ChatPlace, id: string, reaction: Reaction): Promise<void> {
    await this.api.call('reactions.remove', { ...itemOf(place, id), name: EMOJI[reaction] }, contract.done, 'a reaction')
  }

  /** Whether the bot's own is there. Asked for by itself, which leaves the budget for reading messages alone. */
  async has(place: ChatPlace, id: string, reaction: Reaction): Promise<boolean> {
    try {
      const { message } = await this.api.call('reactions.get', itemOf(place, id), contract.reacted, 'the reactions')
      const me = await this.me()
      return (message.reactions ?? []).some(({ name, users }) => WORDS[name] === reaction && users.includes(me))
    } catch (error) {
      if (isRefused(error, 'message_not_found')) return false
      if (!isRefused(error, 'missing_scope')) throw error
      const there = await this.messages.read(place, id)
      return there?.reactions.some((one) => one.mine && one.reaction === reaction) ?? false
    }
  }
}

function itemOf(place: ChatPlace, id: string): { channel: string; timestamp: string } {
  return { channel: place.kind === 'thread' ? (place.parent ?? '') : place.id, timestamp: id }
}
