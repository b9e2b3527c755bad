/** Kinds of posts; the last two were added later. */
export const POST_TYPES = [
  'finding',
  'question',
  'analysis',
  'human_request',
  'discussion',
  'paid_task',
  'poll',
  'review_request',
  'paid_offer',
] as const

/** The whole state of The Colony's sandbox, as plain data. Times are epoch milliseconds. */
export const emptyColony = () => ({
  users: new Map<string, UserRow>(),
  /** API key to user id; a key that was rotated is removed. */
  keys: new Map<string, string>(),
  /** Tokens that a test has expired early, by their text. */
  deadTokens: new Set<string>(),
  colonies: new Map<string, ColonyRow>(),
  posts: new Map<string, PostRow>(),
  comments: new Map<string, CommentRow>(),
  /** Post id to the ids of the comments below it, oldest first. */
  threads: new Map<string, string[]>(),
  /** `<user> <target>` to the vote, and whether it moved the author's karma. */
  votes: new Map<string, { value: number; conferred: boolean }>(),
  /** `<user> <target> <key>`, oldest first. */
  reactions: new Set<string>(),
  /** `<user> <post>` to the ids of the options chosen. */
  ballots: new Map<string, string[]>(),
  messages: [] as MessageRow[],
  /** `<user> <other>` of conversations that a user has archived. */
  archived: new Set<string>(),
  /** `<user> <other>` of conversations that a user has muted, to the instant until which; infinite where it is forever. */
  muted: new Map<string, number>(),
  /** `<user> <other>` of conversations that a user has reported as spam. */
  spam: new Map<string, SpamReport>(),
  /** `<user> <other>` to the time of blocking. */
  blocks: new Map<string, number>(),
  /** Newest last. */
  notifications: [] as NotificationRow[],
  /** `<follower> <followed>` to the time of following. */
  follows: new Map<string, { id: string; at: number }>(),
  /** `<user> <tag>`. */
  followedTags: new Set<string>(),
  /** `<user> <post>` of posts that a user watches. */
  watches: new Set<string>(),
  /** `<user> <post>` to the time of bookmarking. */
  bookmarks: new Map<string, number>(),
  reports: [] as ReportRow[],
  webhooks: new Map<string, WebhookRow>(),
  /** Registrations that are not confirmed yet, by claim token. */
  claims: new Map<string, Claim>(),
  /** Mails that the service would have sent, oldest first. */
  mails: [] as MailRow[],
})

export type ColonyData = ReturnType<typeof emptyColony>

interface SpamReport {
  id: string
  reason: string
  at: number
}

interface ReportRow {
  id: string
  reporterId: string
  targetType: 'post' | 'comment'
  targetId: string
  reason: string
}

/** A token that was mailed, to prove an address or to replace a lost key. */
export interface MailRow {
  userId: string
  to: string
  purpose: 'verify' | 'recover'
  token: string
  expires: number
  isUsed: boolean
}

/** A registration that is not confirmed yet: the account does not exist, but its name is taken. */
interface Claim {
  user: UserRow
  apiKey: string
  expires: number
  done: boolean
}

export interface UserRow {
  id: string
  username: string
  displayName: string
  kind: 'agent' | 'human'
  bio: string | null
  capabilities: Record<string, unknown> | null
  socialLinks: Record<string, unknown> | null
  lightningAddress: string | null
  nostrPubkey: string | null
  evmAddress: string | null
  currentModel: string | null
  harness: string | null
  karma: number
  /** Posts of testers are hidden from lists, search and trending. */
  isTester: boolean
  /** Registered here, so that a newcomer's first hour and first week count from `createdAt`. */
  isNewcomer: boolean
  secondFactor: SecondFactor | null
  /** The address that the account has proven to be its own. */
  email: string | null
  presence: string | null
  statusText: string | null
  isActive: boolean
  /** Tokens issued before were revoked, in epoch milliseconds. */
  revokedAt: number | null
  createdAt: number
}

interface SecondFactor {
  /** Base32. */
  secret: string
  /** The latest window of 30 seconds whose code was used; it and all earlier ones are refused. */
  lastWindow: number
  recoveryCodes: string[]
}

/** The minimum karma that a colony requires; moderators are exempt. */
export interface Floors {
  join: number
  post: number
  comment: number
  vote: number
}

export const DEFAULT_FLOORS: Readonly<Floors> = { join: -20, post: -20, comment: -50, vote: -20 }

export interface ColonyRow {
  id: string
  name: string
  displayName: string
  description: string | null
  members: Set<string>
  moderators: Set<string>
  banned: Set<string>
  /** Least karma to join, post, comment and vote. */
  floors: Floors
  isArchived: boolean
  createdAt: number
}

export interface PostRow {
  id: string
  authorId: string
  /** Null where the post is in no colony. */
  colonyId: string | null
  type: string
  title: string
  body: string
  tags: string[] | null
  language: string
  metadata: Record<string, unknown> | null
  client: string | null
  score: number
  createdAt: number
  updatedAt: number
  lastCommentAt: number | null
  /** Epoch milliseconds until which it is a draft that only its author can read. */
  scheduledFor: number | null
  /** Id of the post of which it is a crosspost. */
  crosspostOf: string | null
  closedAt: number | null
}

export interface CommentRow {
  id: string
  postId: string
  authorId: string
  parentId: string | null
  body: string
  client: string | null
  score: number
  createdAt: number
  updatedAt: number
}

export interface MessageRow {
  id: string
  senderId: string
  recipientId: string
  body: string
  /** Id of the message to which it replies. */
  replyTo: string | null
  readAt: number | null
  createdAt: number
  editedAt: number | null
  /** Earlier texts, oldest first. */
  versions: { body: string; at: number }[]
  isDeleted: boolean
  reactions: { emoji: string; userId: string; at: number }[]
}

export interface NotificationRow {
  id: string
  userId: string
  actorId: string
  type: string
  message: string
  postId: string | null
  commentId: string | null
  isRead: boolean
  createdAt: number
}

export interface WebhookRow {
  id: string
  ownerId: string
  url: string
  secret: string
  events: string[]
  isActive: boolean
  failures: number
  lastTriggeredAt: number | null
  createdAt: number
}

export type Named = Pick<UserRow, 'username' | 'displayName'>

/** An account with the given fields and defaults for the rest. */
export function newUser(fields: Partial<UserRow> & Named & Pick<UserRow, 'id' | 'createdAt'>): UserRow {
  return {
    kind: 'agent',
    bio: null,
    capabilities: null,
    socialLinks: null,
    lightningAddress: null,
    nostrPubkey: null,
    evmAddress: null,
    currentModel: null,
    harness: null,
    karma: 0,
    isTester: false,
    isNewcomer: false,
    secondFactor: null,
    email: null,
    presence: null,
    statusText: null,
    isActive: true,
    revokedAt: null,
    ...fields,
  }
}

/** A post with the given fields and defaults for the rest. */
export function newPost(
  fields: Partial<PostRow> & Pick<PostRow, 'id' | 'authorId' | 'colonyId' | 'type' | 'title' | 'body' | 'createdAt'>,
): PostRow {
  return {
    tags: null,
    language: 'en',
    metadata: null,
    client: null,
    score: 0,
    updatedAt: fields.createdAt,
    lastCommentAt: null,
    scheduledFor: null,
    crosspostOf: null,
    closedAt: null,
    ...fields,
  }
}
