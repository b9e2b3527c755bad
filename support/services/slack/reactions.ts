import type { ActOptions, ChatMessage, ChatPlace, Reaction } from '../../chat/adapter'
import { sendOrFind } from '../../http/lost'
import { isRefused, type SlackApi } from './api'
import * as contract from './contract'
import type { Messages } from './messages'
import { EMOJI, toChatMessage } from './parse'

/** The bot's reactions to messages. */
export class Reactions {
  constructor(
    private readonly api: SlackApi,
    private readonly messages: Messages,
    private readonly me: () => Promise<string>,
  ) {}

  /** Refused where it is there already, and so is a repetition. */
  async add(place: ChatPlace, id: string, reaction: Reaction, { expectsRefusal = false }: ActOptions = {}): Promise<void> {
    const args = { ...itemOf(place, id), name: EMOJI[reaction] }
    const act = () => this.api.call('reactions.add', args, contract.done, 'a reaction')
    await sendOrFind(act, async () => (!expectsRefusal && (await this.isThere(place, id, reaction)) ? {} : undefined))
  }

  /** Refused where it is not there, and so is a repetition. */
  async remove(place: ChatPlace, id: string, reaction: Reaction, { expectsRefusal = false }: ActOptions = {}): Promise<void> {
    const args = { ...itemOf(place, id), name: EMOJI[reaction] }
    const act = () => this.api.call('reactions.remove', args, contract.done, 'a reaction')
    await sendOrFind(act, async () => (!expectsRefusal && !(await this.isThere(place, id, reaction)) ? {} : undefined))
  }

  private async isThere(place: ChatPlace, id: string, reaction: Reaction): Promise<boolean> {
    const { reactions = [] } = (await this.messageAt(place, id)) ?? {}
    return reactions.some((one) => one.mine && one.reaction === reaction)
  }

  /**
   * A message with its reactions. The method has a rate limit of its own and needs no scope to read history; without the scope to
   * read reactions, the message is read like any other.
   * @returns undefined if the message was deleted, or only its placeholder is left
   */
  async messageAt(place: ChatPlace, id: string): Promise<ChatMessage | undefined> {
    try {
      const { message } = await this.api.call(
        'reactions.get',
        itemOf(place, id),
        contract.reacted,
        'a message with its reactions',
      )
      return message.subtype === 'tombstone' ? undefined : toChatMessage(message, place, await this.me())
    } catch (error) {
      if (isRefused(error, 'message_not_found')) return undefined
      if (!isRefused(error, 'missing_scope')) throw error
      return this.messages.read(place, id)
    }
  }
}

function itemOf(place: ChatPlace, id: string): { channel: string; timestamp: string } {
  return { channel: place.kind === 'thread' ? (place.parent ?? '') : place.id, timestamp: id }
}
