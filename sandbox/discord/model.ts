/** The whole state of the Discord sandbox, as plain data. Ids are snowflakes in decimal; times are epoch milliseconds. */
export interface DiscordData {
  users: Map<string, UserRow>
  /** By the id of its bot user, which is also the application's id. */
  applications: Map<string, ApplicationRow>
  /** Bot token to bot user. */
  tokens: Map<string, string>
  guilds: Map<string, GuildRow>
  channels: Map<string, ChannelRow>
  messages: Map<string, MessageRow>
  /** Ids of a channel's messages, oldest first. */
  timelines: Map<string, string[]>
  /** Both users' ids, smaller first, to their direct channel. */
  directs: Map<string, string>
  presences: Map<string, PresenceRow>
  files: Map<string, { bytes: Uint8Array; contentType: string }>
  /** By their name in the control API. */
  groups: Map<string, GroupRow>
}

/** A group of people: their guild, its test channel, and a channel that the bot may not see. */
export interface GroupRow {
  guildId: string
  channelId: string
  hiddenId: string
  /** A person's name to the id of their user. */
  people: Map<string, string>
}

export interface UserRow {
  id: string
  username: string
  globalName: string | null
  avatar: string | null
  banner: string | null
  bot: boolean
  /** Accepts no direct messages. */
  dmsClosed: boolean
  /** Ids of users that this user has blocked. */
  blocked: string[]
}

export interface ApplicationRow {
  id: string
  name: string
  ownerId: string
  flags: number
}

export interface GuildRow {
  id: string
  name: string
  ownerId: string
  /** The first is @everyone, whose id is the guild's. */
  roles: RoleRow[]
  members: Map<string, MemberRow>
  emojis: (Emoji & { id: string })[]
}

export interface RoleRow {
  id: string
  name: string
  permissions: bigint
  position: number
  mentionable: boolean
  /** The bot to which this role belongs. */
  botId: string | null
}

export interface MemberRow {
  userId: string
  nick: string | null
  roles: string[]
  joinedAt: number
}

export interface Overwrite {
  id: string
  /** 0 role, 1 member. */
  type: 0 | 1
  allow: bigint
  deny: bigint
}

export interface ChannelRow {
  id: string
  type: number
  guildId: string | null
  parentId: string | null
  name: string
  topic: string | null
  nsfw: boolean
  position: number
  slowmode: number
  overwrites: Overwrite[]
  lastMessageId: string | null
  /** Direct conversations only: both parties. */
  recipients: string[]
  thread: ThreadRow | null
}

export interface ThreadRow {
  ownerId: string
  archived: boolean
  locked: boolean
  invitable: boolean
  autoArchive: number
  archiveAt: number
  createdAt: number
  messageCount: number
  totalSent: number
  /** User id to the time of joining. */
  members: Map<string, number>
}

export interface MessageRow {
  id: string
  channelId: string
  authorId: string
  type: number
  content: string
  at: number
  editedAt: number | null
  tts: boolean
  mentionsEveryone: boolean
  mentions: string[]
  mentionedRoles: string[]
  attachments: AttachmentRow[]
  embeds: Record<string, unknown>[]
  components: Record<string, unknown>[]
  poll: Record<string, unknown> | null
  pinnedAt: number | null
  flags: number
  nonce: string | number | null
  reference: ReferenceRow | null
  snapshots: { message: Record<string, unknown> }[]
  reactions: ReactionRow[]
  /** Within a thread. */
  position: number | null
}

export interface ReferenceRow {
  /** 0 reply or pointer, 1 forward. */
  type: 0 | 1
  channelId: string
  guildId: string | null
  messageId: string | null
}

export interface AttachmentRow {
  id: string
  filename: string
  size: number
  contentType: string
  description: string | null
  /** Of pictures alone, in pixels. */
  picture: { width: number; height: number } | null
}

export interface Emoji {
  id: string | null
  name: string
  animated: boolean
}

export interface ReactionRow {
  emoji: Emoji
  /** Ids of the users who reacted, in that order. */
  users: string[]
}

export interface PresenceRow {
  status: 'online' | 'dnd' | 'idle' | 'offline'
  activities: Record<string, unknown>[]
}
