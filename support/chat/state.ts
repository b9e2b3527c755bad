import { Named } from '../assertions/named'
import type { AcceptanceWorld } from '../world'
import type { ChatAdapter, ChatChannel, ChatInbox, ChatMessage, ChatPerson, ChatPlace, ExpectedMessage } from './adapter'

/** A message of the scenario: its expected content, and the message that the platform returned. */
export interface Sent {
  expected: ExpectedMessage
  message: ChatMessage
}

/** State of one scenario on a chat platform. */
export class ChatState {
  readonly sent = new Named<Sent>('message')
  /** Threads and rooms that the scenario has started. */
  readonly places = new Named<ChatPlace>('thread or room')
  /** Every conversation that was opened with the same people. */
  readonly conversations = new Named<ChatPlace[]>('direct conversation')
  readonly inboxes = new Named<ChatInbox>('inbox of')
  /** Messages of other people in the channel that the bot receives. */
  readonly sentByOthers = new Named<ExpectedMessage>('message sent by others')
  readonly received = new Named<ChatMessage>('received message')
  /** The messages that were read last, newest first. */
  history: readonly ChatMessage[] = []
  /** The account that was looked up last. */
  foundPerson: ChatPerson | undefined
  foundChannel: ChatChannel | undefined
  /** The text that the bot has set beside its presence. */
  presenceText: string | undefined
  /** How long to wait for a person who was asked to act, in milliseconds. */
  humanTimeout = 10_000
  private opened: Promise<ChatAdapter> | undefined

  constructor(readonly world: AcceptanceWorld) {}

  /** The platform of the scenario's folder, as Ada's bot sees it; opened on first use. */
  chat(): Promise<ChatAdapter> {
    this.opened ??= this.open()
    return this.opened
  }

  private async open(): Promise<ChatAdapter> {
    const { access, run } = this.world
    const platform = await run.definition(access.service).chat?.()
    if (!platform) throw new Error(`${access.service} is not a chat platform: its definition has no "chat".`)
    const chat = await platform.open(access)
    if (chat.close) this.world.closeAfterScenario(() => chat.close?.())
    return chat
  }
}
