import type { Digest } from '../http/digest'
import type { Content, Renderer } from './content'

/** Capabilities in which the platforms differ; shown in the docs. */
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

/**
 * The four reactions of the suite, a custom emoji, and one that no platform has; each adapter maps them to its platform's names.
 */
export type Reaction = 'thumbs up' | 'thumbs down' | 'party popper' | 'heart' | 'a custom emoji' | 'an unknown emoji'

/** What most platforms have; `busy` is do-not-disturb where a platform has only one of the two. */
export type CommonPresence = 'available' | 'busy' | 'away' | 'offline'

/** An adapter throws for a presence that its platform does not have. */
export type Presence =
  | CommonPresence
  | 'do not disturb'
  | 'on the phone'
  | 'in a meeting'
  | 'be right back'
  | 'out of office'
  | 'off work'

/** A presence to be set; no platform has the unknown one. */
export type PresenceRequest = Presence | 'an unknown value'

/** A mention of a group, by the platform's own name without `@`. */
export type Audience = 'everyone' | 'channel' | 'here'

export interface ChatPerson {
  id: string
  /** The handle by which others search. */
  name: string
  displayName: string
  isBot: boolean
}

/** A place with messages: a channel or room, a thread, or a direct conversation. */
export interface ChatPlace {
  kind: 'channel' | 'thread' | 'direct'
  id: string
  /** The channel of a thread, where calls need it in addition to the id. */
  parent?: string
}

export interface ChatChannel extends ChatPlace {
  kind: 'channel'
  name: string
  topic: string
}

export interface ChatFile {
  /** The platform's id, the same in every read. */
  id: string
  name: string
  size: number
  /** What `fileDigest` needs to download it: a URL or an id. */
  handle: string
}

export interface NewFile {
  name: string
  /** Its media type. */
  type: string
  /** In bytes. */
  size: number
  /** Its bytes one after the other: those of a large file are one piece many times. */
  pieces: readonly Buffer[]
}

/** A file that was sent. */
type ExpectedFile = Omit<NewFile, 'pieces'> & Digest

export interface ChatMessage {
  id: string
  place: ChatPlace
  /** Id of its author. */
  author: string
  /** As a reader sees it: without markup, escapes resolved, mentions as the platform shows them. */
  text: string
  /** As the platform stores it. */
  markup: string
  edited: boolean
  /** Ids of the people it mentions. */
  mentions: readonly string[]
  /** Ids of the channels it mentions. */
  channels: readonly string[]
  mentionsEveryone: boolean
  /** By the suite's word if it is one of the four, else the platform's. */
  reactions: readonly { reaction: string; count: number; mine: boolean }[]
  /** The id of the message it replies to. */
  replyTo?: string
  files: readonly ChatFile[]
  /** Unix milliseconds. */
  sentAt: number
  /** Other times by the platform's names, in Unix milliseconds: each between its act and the read. */
  times?: Readonly<Record<string, number>>
  /** Further fields of the message, by the platform's names; compared with `ChatAdapter.expectedDetails`. */
  details?: Details
}

export type Details = Readonly<Record<string, unknown>>

/** The expected content of a message in every read, from the scenario and from what was sent; never from a response. */
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
  /** Ids of exactly the roles it mentions. */
  roles: readonly string[]
  hashtags: readonly string[]
  cashtags: readonly string[]
  edited: boolean
  /** The id of the message it replies to. */
  replyTo?: string
  files: readonly ExpectedFile[]
  /** Unix milliseconds on this machine's clock, before the call. */
  notBefore: number
  /** Differences from the platform's default details. */
  details?: Details
  /** Ids of the message and its files in the first response. */
  ids?: { message: string; files: readonly string[] }
}

/** How an act is carried out whose effect can be there already. */
export interface ActOptions {
  /** The scenario expects a refusal: what is found after a lost response was there before. */
  expectsRefusal?: boolean
}

export interface SendOptions {
  /** The message this is a reply to; undefined if the platform has no replies. */
  replyTo?: ChatMessage
  /** Ids of the users who are notified; the text notifies no other user. */
  notify?: readonly string[]
}

export interface Window {
  limit: number
  before?: ChatMessage
  after?: ChatMessage
  /** Messages before and after it; only where the platform has such a query. */
  around?: ChatMessage
}

/** The messages received on a live connection since it was opened, oldest first, without the bot's own. */
export interface ChatInbox {
  received(): readonly ChatMessage[]
  stop(): Promise<void> | void
}

/**
 * One chat platform as the bot Ada sees it. Methods do one thing and create nothing beyond the request: undo, waiting and
 * expectations belong to the tasks. A refusal is an ApiError. `can` contains what the platform lacks; such a
 * method rejects with a plain Error.
 */
export interface ChatAdapter extends Renderer {
  readonly can: Capabilities
  /** Maximum length of a message's text in characters. */
  readonly longestMessage: number
  /** The largest file a message may have, in bytes. */
  readonly largestFile: number
  /** Whether a thread is a resource of its own, which is deleted afterwards. */
  readonly createsThreads: boolean
  /** Well-formed ids that do not exist. */
  readonly unknownIds: Readonly<Record<'person' | 'channel' | 'message', string>>
  /** The parts that a message with this content must contain, in this order; compared with `ChatMessage.markup`. */
  expectedMarkup(content: Content): readonly string[]
  /** The complete text that a reader of this content must see; compared with `ChatMessage.text`. */
  expectedText(content: Content): string
  /** A text without differences that the platform introduces, such as other notations of emoji. */
  comparable?(text: string): string
  /**
   * The exact expected `ChatMessage.details`, by accounts, place and content.
   * @param message for ids that the platform generates
   */
  expectedDetails(expected: ExpectedMessage, message: ChatMessage): Promise<Details>

  me(): Promise<ChatPerson>
  /** The account behind a person's name, Ada included. */
  person(name: string): Promise<ChatPerson>
  /** The channel to which all scenarios write. */
  channel(): Promise<ChatChannel>
  fetchPerson(id: string): Promise<ChatPerson>
  fetchChannel(id: string): Promise<ChatChannel>
  /** By handle, else by display name, in any case. @throws UsageError if several match */
  findPerson(name: string): Promise<ChatPerson | undefined>
  /** By its name, in any case. @throws UsageError if several have it */
  findChannel(name: string): Promise<ChatChannel | undefined>

  send(place: ChatPlace, content: Content, options?: SendOptions): Promise<ChatMessage>
  sendFiles(place: ChatPlace, files: readonly NewFile[], content: Content): Promise<ChatMessage>
  /** Downloads a file, and returns its digest. */
  fileDigest(file: ChatFile): Promise<Digest>
  /** For platforms on which a file is announced with its size before its content is sent. @param size bytes */
  announceFile?(name: string, size: number): Promise<void>
  /** Undefined once it is deleted. */
  read(place: ChatPlace, id: string): Promise<ChatMessage | undefined>
  edit(message: ChatMessage, content: Content): Promise<ChatMessage>
  delete(message: ChatMessage, options?: ActOptions): Promise<void>
  /** Newest first, whatever the order of the response. */
  history(place: ChatPlace, window: Window): Promise<ChatMessage[]>

  react(message: ChatMessage, reaction: Reaction, options?: ActOptions): Promise<void>
  unreact(message: ChatMessage, reaction: Reaction, options?: ActOptions): Promise<void>
  /** The thread below a message: created with this name where a thread is a separate resource, otherwise only referenced. */
  thread(message: ChatMessage, name: string): Promise<ChatPlace>

  setPresence(presence: PresenceRequest, status: string): Promise<void>
  /** Sets another user's presence: on a sandbox through the control API, live with their own token if there is one. @returns whether it was set */
  setPresenceAs(name: string, presence: Presence): Promise<boolean>
  /** The bot's presence, in the platform's own word; empty if it cannot be read. */
  ownPresence(): Promise<string>
  /** Undefined where the platform does not return it. */
  presenceOf(person: ChatPerson): Promise<Presence | undefined>
  /** The text beside a presence, if the platform has one; empty if none is set. */
  statusTextOf?(person: ChatPerson): Promise<string>

  /** The conversation with exactly these people; a second call returns the same one. */
  direct(people: readonly ChatPerson[]): Promise<ChatPlace>
  /** Ids of all who can read a direct conversation, the bot included. */
  members(place: ChatPlace): Promise<readonly string[]>
  /** The email address of a person, where the platform shows it. */
  emailOf?(person: ChatPerson): Promise<string | undefined>

  /** A role that any member may mention, if the platform has roles. */
  mentionableRole?(): Promise<{ id: string; name: string }>

  /** Resolves once every later message of that place will be received. */
  listen(place: ChatPlace): Promise<ChatInbox>
  /** Whether `sendAs` can send as this person. */
  canSendAs(name: string): Promise<boolean>
  /** Sends as another user: on a sandbox through the control API, live with their own token if there is one. */
  sendAs(name: string, place: ChatPlace, content: Content): Promise<void>
  /** Closes what belongs only to one scenario, such as a session of its own bot; shared connections stay open. */
  close?(): Promise<void>
}
