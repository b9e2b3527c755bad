import type { Content, Renderer } from './content'

/** What the platforms differ in; a fact of the adapter, shown in the docs. */
export type Capability =
  | 'messages'
  | 'formatting'
  | 'reactions'
  | 'threads'
  | 'replies'
  | 'mentions'
  | 'history'
  | 'presence'
  | 'attachments'
  | 'direct messages'
  | 'real-time'

/** `true`, or why the platform's bots cannot. */
export type Capabilities = Readonly<Record<Capability, true | string>>

/** The four reactions of the suite; each adapter knows its platform's own name for them. */
export type Reaction = 'thumbs up' | 'thumbs down' | 'party popper' | 'heart'

/** `busy` is do-not-disturb where a platform has it; a platform without it says so by throwing. */
export type Presence = 'available' | 'busy' | 'away' | 'offline'

export interface ChatPerson {
  id: string
  /** The handle others look for. */
  name: string
  displayName: string
  isBot: boolean
}

/** Where messages stand: a channel or room, a thread, or a direct conversation. */
export interface ChatPlace {
  kind: 'channel' | 'thread' | 'direct'
  id: string
  /** Threads: the channel they hang on, where calls need it beside the id. */
  parent?: string
}

export interface ChatChannel extends ChatPlace {
  kind: 'channel'
  name: string
  topic: string
}

export interface ChatFile {
  name: string
  size: number
  /** Whatever `fileContent` needs to get it: an address or an id. */
  handle: string
}

export interface ChatMessage {
  id: string
  place: ChatPlace
  /** Id of its author. */
  author: string
  /** As a reader sees it: markup gone, escapes resolved, mentions as the platform shows them. */
  text: string
  /** As the platform keeps it. */
  markup: string
  edited: boolean
  /** Ids of the people it mentions. */
  mentions: readonly string[]
  /** Ids of the channels it mentions. */
  channels: readonly string[]
  mentionsEverybody: boolean
  /** By the suite's own word where it is one of the four, else by the platform's. */
  reactions: readonly { reaction: string; count: number; mine: boolean }[]
  /** The id of the message it replies to. */
  replyTo?: string
  files: readonly ChatFile[]
  /** Unix milliseconds. */
  sentAt: number
}

export interface SendOptions {
  /** The message this is a reply to; left out where the platform has no replies. */
  replyTo?: ChatMessage
  /** Ids of those who may be notified; nobody else is, whatever the text says. */
  notify?: readonly string[]
}

export interface Window {
  limit: number
  before?: ChatMessage
  after?: ChatMessage
}

/** What came in on a live connection since it was asked for, oldest first, without the bot's own. */
export interface ChatInbox {
  heard(): readonly ChatMessage[]
  stop(): Promise<void> | void
}

/**
 * One chat platform as the bot Ada sees it. Methods do one thing and create nothing the caller did not ask for: undo, waiting and
 * expectations belong to the tasks. A refusal is an ApiError. What the platform lacks is told by `can`, and its method rejects with
 * a plain Error that says so.
 */
export interface ChatAdapter extends Renderer {
  readonly can: Capabilities
  /** The longest text a message may have, in characters. */
  readonly longestMessage: number
  /** Whether a thread is a thing of its own, so that there is something to remove afterwards. */
  readonly threadsAreMade: boolean
  /** Well-formed ids that nothing has. */
  readonly nobodys: Readonly<Record<'person' | 'channel' | 'message', string>>
  /** What a message must hold, as the platform gives it back, once this content was sent; compared with `ChatMessage.markup`. */
  kept(content: Content): readonly string[]

  me(): Promise<ChatPerson>
  /** The account behind a person's name, Ada included. */
  person(name: string): Promise<ChatPerson>
  /** The channel all scenarios write to. */
  channel(): Promise<ChatChannel>
  fetchPerson(id: string): Promise<ChatPerson>
  fetchChannel(id: string): Promise<ChatChannel>
  /** By handle, else by display name, in any case. @throws UsageError where the name fits several */
  findPerson(name: string): Promise<ChatPerson | undefined>
  /** By its name, in any case. @throws UsageError where several have it */
  findChannel(name: string): Promise<ChatChannel | undefined>

  send(place: ChatPlace, content: Content, options?: SendOptions): Promise<ChatMessage>
  sendFile(place: ChatPlace, file: { name: string; bytes: Buffer }, content: Content): Promise<ChatMessage>
  fileContent(file: ChatFile): Promise<Buffer>
  /** Nothing once it is gone. */
  read(place: ChatPlace, id: string): Promise<ChatMessage | undefined>
  edit(message: ChatMessage, content: Content): Promise<ChatMessage>
  remove(message: ChatMessage): Promise<void>
  /** Newest first, whatever the wire's order. */
  history(place: ChatPlace, window: Window): Promise<ChatMessage[]>

  react(message: ChatMessage, reaction: Reaction): Promise<void>
  unreact(message: ChatMessage, reaction: Reaction): Promise<void>
  /** The thread below a message: made with this name where a thread is a thing of its own, elsewhere merely named. */
  thread(message: ChatMessage, name: string): Promise<ChatPlace>

  setPresence(presence: Presence, says: string): Promise<void>
  /** What the bot has set as its own presence, in the platform's own word; empty where it cannot be read. */
  ownPresence(): Promise<string>
  /** Nothing where it cannot be told. */
  presenceOf(person: ChatPerson): Promise<Presence | undefined>

  /** The conversation with these people and nobody else; asked for again, the same one. */
  direct(people: readonly ChatPerson[]): Promise<ChatPlace>

  /** Resolves once whatever is said in that place from now on will be heard. */
  listen(place: ChatPlace): Promise<ChatInbox>
  /** Sandbox only: says it in somebody else's name, through the control port. @throws live */
  speakAs(name: string, place: ChatPlace, content: Content): Promise<void>
  /** Closes what belongs to one scenario alone, such as a session of its own bot; what the process keeps stays. */
  close?(): Promise<void>
}
