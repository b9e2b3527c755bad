import { z } from 'zod'
import { parseResponse } from '../../../assertions/contract'
import type { Bridge } from '../bridge'
import { type Message, message, messageNumber } from '../contract'

export interface Letter {
  subject: string
  body: string
  /** Account ids or e-mail addresses. */
  to_ids: readonly string[]
  reply_id?: number
}

/** The internal mail of the site. */
export class Messages {
  constructor(private readonly bridge: Bridge) {}

  /** @returns the id of the message; null where it had no recipient */
  async send(letter: Letter): Promise<number | null> {
    return parseResponse(messageNumber, await this.bridge.call('messages.send', { ...letter }), 'the number of a message')
  }

  async get(query: { type?: 'received' | 'sent'; limit?: number; offset?: number } = {}): Promise<Message[]> {
    return parseResponse(z.array(message), await this.bridge.call('messages.get', query), 'messages')
  }
}
