import { Named } from '../services/known'
import type { AcceptanceWorld } from '../world'
import type { ChatAdapter, ChatChannel, ChatInbox, ChatMessage, ChatPerson, ChatPlace } from './adapter'
import type { Content } from './content'
import { openChat } from './platforms'

/** A message of the scenario, as it was meant and as the platform answered. */
export interface Said {
  by: string
  content: Content
  message: ChatMessage
}

/** What one scenario on a chat platform has named and seen. */
export class ChatState {
  readonly said = new Named<Said>('message')
  readonly threads = new Named<ChatPlace>('thread')
  readonly conversations = new Named<ChatPlace>('private conversation')
  readonly inboxes = new Named<ChatInbox>('listener of')
  readonly heard = new Named<ChatMessage>('message heard')
  /** The messages somebody read last, newest first. */
  shown: readonly ChatMessage[] = []
  /** What somebody looked up last. */
  person: ChatPerson | undefined
  /** How long to wait for somebody who was asked to act, in milliseconds. */
  patience = 10_000
  place: ChatChannel | undefined
  private opened: Promise<ChatAdapter> | undefined

  constructor(readonly world: AcceptanceWorld) {}

  /** The platform the scenario's folder names, as Ada's bot sees it; opened on the first demand. */
  chat(): Promise<ChatAdapter> {
    this.opened ??= this.open()
    return this.opened
  }

  private async open(): Promise<ChatAdapter> {
    const chat = await openChat(this.world.access)
    if (chat.close) this.world.closeAfterScenario(() => chat.close?.())
    return chat
  }
}
