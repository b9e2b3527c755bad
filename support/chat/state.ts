import { Named } from '../assertions/named'
import type { AcceptanceWorld } from '../world'
import type { ChatAdapter, ChatChannel, ChatInbox, ChatMessage, ChatPerson, ChatPlace, NewFile } from './adapter'

/** What every read of a message must show, from the scenario and the request; not from a response. */
export interface ExpectedMessage {
  /** The name of its author. */
  by: string
  place: ChatPlace
  /** As a reader sees it. */
  text: string
  /** Parts of its markup, in this order. */
  markup: readonly string[]
  /** Ids of exactly the people it mentions. */
  mentions: readonly string[]
  /** Ids of exactly the channels it mentions. */
  channels: readonly string[]
  mentionsEveryone: boolean
  edited: boolean
  /** The id of the message it replies to. */
  replyTo?: string
  files: readonly NewFile[]
  /** Unix milliseconds on this machine's clock, before the call. */
  notBefore: number
}

/** A message of the scenario: the expected one, and the one that the platform returned. */
export interface Sent {
  expected: ExpectedMessage
  message: ChatMessage
}

/** State of one scenario on a chat platform. */
export class ChatState {
  readonly sent = new Named<Sent>('message')
  readonly threads = new Named<ChatPlace>('thread')
  /** Every conversation that was opened with the same people. */
  readonly conversations = new Named<ChatPlace[]>('direct conversation')
  readonly inboxes = new Named<ChatInbox>('inbox of')
  /** Messages of other people where the bot listens: their name, and the text as a reader sees it. */
  readonly sentByOthers = new Named<{ by: string; text: string }>('message sent by others')
  readonly received = new Named<ChatMessage>('received message')
  /** The messages that were read last, newest first. */
  history: readonly ChatMessage[] = []
  /** The account that was looked up last. */
  foundPerson: ChatPerson | undefined
  foundChannel: ChatChannel | undefined
  /** Timeout for the action of a person, in milliseconds. */
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
    if (!platform) throw new Error(`${access.service} is no chat platform: its definition has no "chat".`)
    const chat = await platform.open(access)
    if (chat.close) this.world.closeAfterScenario(() => chat.close?.())
    return chat
  }
}
