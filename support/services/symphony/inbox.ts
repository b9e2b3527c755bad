import { assertAgrees } from '../../assertions/agreement'
import type { ChatInbox, ChatMessage, ChatPlace } from '../../chat/adapter'
import type { Event } from './contract'
import type { DatafeedLoop } from './datafeed'
import { toChatMessage } from './parse'

/** The messages of others in one place since the inbox was opened, oldest first, each once. */
export class Inbox implements ChatInbox {
  private readonly messages = new Map<string, ChatMessage>()
  private readonly unsubscribe: () => void

  constructor(
    private readonly loop: DatafeedLoop,
    place: ChatPlace,
    me: string,
    /** Unix milliseconds by the service's clock. */
    since: number,
  ) {
    this.unsubscribe = loop.subscribe((event) => {
      const message = messageIn(event)
      if (message && message.place.id === place.id && message.author !== me && message.sentAt >= since)
        this.messages.set(message.id, message)
    })
  }

  /** @throws the error that ended the reading of the feed, if any */
  received(): readonly ChatMessage[] {
    this.loop.assertAlive()
    return [...this.messages.values()].sort((one, other) => one.sentAt - other.sentAt)
  }

  stop(): void {
    this.unsubscribe()
  }
}

/** @throws ContractError if the event and its message differ in a field of both */
function messageIn({ type, payload, messageId, timestamp, initiator }: Event): ChatMessage | undefined {
  const message = type === 'MESSAGESENT' ? payload?.messageSent?.message : undefined
  if (!message) return undefined
  const { userId, displayName, username } = message.user
  assertAgrees('the initiator of an event', initiator?.user ?? {}, { userId, displayName, username })
  if (messageId !== undefined) assertAgrees('a message event', { messageId }, { messageId: message.messageId })
  const found = toChatMessage(message)
  return { ...found, times: { ...found.times, 'the time of its event': timestamp } }
}
