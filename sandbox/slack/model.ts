/** Rows of one Slack sandbox: plain data, so that injected faults can copy all of it. Times are Unix seconds unless said otherwise. */

export interface TeamRow {
  id: string
  /** The group of people for which it was created: a scenario's, a run's, the seed's. */
  group: string
  name: string
  domain: string
  /** `users.list` without a limit is refused, as it is in workspaces with very many people. */
  requiresLimit: boolean
  /** Who may create and archive channels, by the workspace's settings. */
  restricted: boolean
  /** No more files may be uploaded. */
  filesDisabled: boolean
}

export interface AppRow {
  id: string
  teamId: string
  name: string
  botId: string
  botUserId: string
  updated: number
  /** Distributed commercially outside the Marketplace: history and replies once a minute, fifteen messages a page. */
  commercial: boolean
}

export type TokenKind = 'bot' | 'user' | 'app'
export const TOKEN_STATES = ['good', 'revoked', 'expired', 'inactive'] as const
type TokenState = (typeof TOKEN_STATES)[number]

export interface TokenRow {
  token: string
  kind: TokenKind
  teamId: string
  appId: string
  userId: string
  scopes: string[]
  state: TokenState
}

/** What a user is before anything is set. */
export const NEW_USER = {
  displayName: '',
  email: null as string | null,
  title: '',
  phone: '',
  pronouns: '',
  statusText: '',
  statusEmoji: '',
  statusExpiration: 0,
  /** Custom profile fields by their id. */
  fields: {} as Record<string, { value: string; alt: string }>,
  isBot: false,
  isAdmin: false,
  isOwner: false,
  deleted: false,
  /** Users whom the app may not see, such as guests of other workspaces. */
  invisible: false,
  presence: 'active' as 'active' | 'away',
  manualAway: false,
  botId: null as string | null,
  appId: null as string | null,
  alwaysActive: false,
}

export type UserRow = typeof NEW_USER & { id: string; teamId: string; name: string; realName: string; updated: number }

export type ChannelKind = 'public' | 'private' | 'im' | 'mpim'
/** Posting rules that the workspace's owners set for a channel. */
export const POLICIES = ['open', 'read-only', 'threads-only', 'no-threads', 'no-files'] as const
type Policy = (typeof POLICIES)[number]

export interface ChannelRow {
  id: string
  teamId: string
  kind: ChannelKind
  name: string
  members: string[]
  creator: string
  created: number
  /** Unix milliseconds. */
  updated: number
  topic: Note
  purpose: Note
  archived: boolean
  /** The channel that has all users as members. */
  general: boolean
  policy: Policy
  /** Direct conversations: the users for whom it is open. */
  openFor: string[]
}

interface Note {
  value: string
  creator: string
  last_set: number
}

export interface Reaction {
  name: string
  users: string[]
}

export interface MessageRow {
  channelId: string
  ts: string
  /** Slackbot for a tombstone. */
  userId: string
  appId?: string | undefined
  subtype?: string | undefined
  text: string
  blocks?: unknown[] | undefined
  attachments?: unknown[] | undefined
  threadTs?: string | undefined
  /** A reply that is also shown in the channel. */
  broadcast: boolean
  locked: boolean
  edited?: { user: string; ts: string } | undefined
  reactions: Reaction[]
  fileIds: string[]
  metadata?: { event_type: string; event_payload: unknown } | undefined
  username?: string | undefined
  icons?: Record<string, string> | undefined
  clientMsgId?: string | undefined
}

export interface FileRow {
  id: string
  teamId: string
  userId: string
  name: string
  title: string
  altText: string
  /** Announced size in bytes. */
  size: number
  content: Uint8Array | null
  ticket: string
  created: number
  done: boolean
  deleted: boolean
  /** Messages in which it was shared: channel and `ts`. */
  shares: { channelId: string; ts: string }[]
}

export interface SlackData {
  teams: Map<string, TeamRow>
  apps: Map<string, AppRow>
  tokens: Map<string, TokenRow>
  users: Map<string, UserRow>
  channels: Map<string, ChannelRow>
  /** By channel, oldest first. */
  messages: Map<string, MessageRow[]>
  files: Map<string, FileRow>
  /** Custom emoji by workspace. */
  emoji: Map<string, string[]>
}
