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

export interface Named {
  username: string
  displayName: string
}

/** An account of which nothing is known but its names. */
const blankUser = {
  kind: 'agent' as 'agent' | 'human',
  bio: null as string | null,
  capabilities: null as Record<string, unknown> | null,
  socialLinks: null as Record<string, unknown> | null,
  lightningAddress: null as string | null,
  nostrPubkey: null as string | null,
  evmAddress: null as string | null,
  currentModel: null as string | null,
  harness: null as string | null,
  karma: 0,
  /** Posts of testers are hidden from lists, search and trending. */
  isTester: false,
  /** Registered here, so that a newcomer's first hour and first week count from `createdAt`. */
  isNewcomer: false,
  secondFactor: null as SecondFactor | null,
  /** The address that the account has proven to be its own. */
  email: null as string | null,
  presence: null as string | null,
  statusText: null as string | null,
  isActive: true,
  /** Tokens issued before were revoked, in epoch milliseconds. */
  revokedAt: null as number | null,
}

interface Account extends Named {
  id: string
  createdAt: number
}

export type UserRow = Account & typeof blankUser

export const newUser = (fields: Account & Partial<UserRow>): UserRow => ({ ...blankUser, ...fields })

interface SecondFactor {
  /** Base32. */
  secret: string
  /** The latest window of 30 seconds whose code was used; it and all earlier ones are refused. */
  lastWindow: number
  recoveryCodes: string[]
}

/** The minimum karma that a colony requires; moderators are exempt. */
export const DEFAULT_FLOORS = { join: -20, post: -20, comment: -50, vote: -20 }
export type Floors = typeof DEFAULT_FLOORS

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

/** A post of which only the text is given. */
const blankPost = {
  tags: null as string[] | null,
  language: 'en',
  metadata: null as Record<string, unknown> | null,
  client: null as string | null,
  score: 0,
  lastCommentAt: null as number | null,
  /** Epoch milliseconds until which it is a draft that only its author can read. */
  scheduledFor: null as number | null,
  /** Id of the post of which it is a crosspost. */
  crosspostOf: null as string | null,
  closedAt: null as number | null,
}

interface Written {
  id: string
  authorId: string
  /** Null where the post is in no colony. */
  colonyId: string | null
  type: string
  title: string
  body: string
  createdAt: number
}

export type PostRow = Written & typeof blankPost & { updatedAt: number }

export const newPost = (fields: Written & Partial<PostRow>): PostRow => ({
  ...blankPost,
  updatedAt: fields.createdAt,
  ...fields,
})

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

/** What the keys of an account, `<user> <subject>`, are about; oldest first. */
export function subjectsOf(keys: Iterable<string>, userId: string): string[] {
  return [...keys].filter((key) => key.startsWith(`${userId} `)).map((key) => key.slice(userId.length + 1))
}

/** The accounts that have a key about a subject; oldest first. */
export function ownersOf(keys: Iterable<string>, subject: string): string[] {
  return [...keys].filter((key) => key.endsWith(` ${subject}`)).map((key) => key.split(' ')[0] ?? '')
}
