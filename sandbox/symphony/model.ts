/** The whole state of Symphony's sandbox, as plain data. Times are epoch milliseconds. */
export interface SymphonyData {
  users: Map<number, UserRow>
  /** By token. */
  sessions: Map<string, SessionRow>
  streams: Map<string, StreamRow>
  /** In the order they were sent. */
  messages: Map<string, MessageRow>
  attachments: Map<string, AttachmentRow>
  feeds: Map<string, FeedRow>
}

/** Entitlements of service accounts; a user has those that its pod's administrator granted. */
export const ENTITLEMENTS = [
  'canCreatePrivateRoom',
  'canCreatePublicRoom',
  'isExternalRoomEnabled',
  'canUpdateMessage',
  'updatePresence',
  'certificateAuthentication',
  'agentAccess',
  'contactInfo',
] as const
export type Entitlement = (typeof ENTITLEMENTS)[number]

export const ROLES = ['USER_PROVISIONING', 'CONTENT_MANAGEMENT'] as const
type Role = (typeof ROLES)[number]

export const CATEGORIES = [
  'UNDEFINED',
  'AVAILABLE',
  'BUSY',
  'DO_NOT_DISTURB',
  'ON_THE_PHONE',
  'BE_RIGHT_BACK',
  'IN_A_MEETING',
  'AWAY',
  'OUT_OF_OFFICE',
  'OFF_WORK',
  'OFFLINE',
] as const
export type Category = (typeof CATEGORIES)[number]

export interface UserRow {
  id: number
  /** Users see only users of their own pod. */
  pod: string
  username: string
  firstName: string
  lastName: string
  displayName: string
  emailAddress: string
  title: string
  company: string
  department: string
  location: string
  accountType: 'NORMAL' | 'SYSTEM'
  active: boolean
  /** PEM of the registered RSA public key; service accounts only. */
  publicKey: string | null
  entitlements: Entitlement[]
  roles: Role[]
  presence: { category: Category; timestamp: number }
}

export interface SessionRow {
  kind: 'session' | 'keyManager'
  userId: number
  expires: number
}

/** The attributes of a room that its creator does not give. */
export const ROOM_DEFAULTS = {
  name: '',
  description: '',
  keywords: [] as { key: string; value: string }[],
  membersCanInvite: true,
  discoverable: false,
  public: false,
  readOnly: false,
  copyProtected: false,
  crossPod: false,
  viewHistory: true,
  multiLateralRoom: false,
  scheduledMeeting: false,
  groupChat: false,
}

export type RoomAttributes = typeof ROOM_DEFAULTS & { pinnedMessageId?: string; subType?: string }

export type Room = StreamRow & { room: RoomAttributes }

export interface StreamRow {
  id: string
  pod: string
  type: 'IM' | 'MIM' | 'ROOM'
  members: Map<number, { owner: boolean; joinDate: number }>
  createdBy: number
  createdAt: number
  active: boolean
  lastMessageAt: number
  room: RoomAttributes | null
}

export interface MessageRow {
  id: string
  streamId: string
  authorId: number
  at: number
  /** PresentationML. */
  presentation: string
  /** EntityJSON. */
  data: string
  /** The text that a reader sees. */
  text: string
  hashtags: string[]
  cashtags: string[]
  mentions: number[]
  attachments: { id: string; name: string; size: number; images: { id: string; dimension: string }[] }[]
  suppressedAt: number | null
  replacing: string | null
  replacedBy: string | null
  initialId: string | null
  initialAt: number | null
  silent: boolean
}

interface AttachmentRow {
  streamId: string
  messageId: string
  bytes: Uint8Array
}

export interface FeedRow {
  id: string
  version: 1 | 2
  owner: number
  tag: string | null
  createdAt: number
  lastReadAt: number
  /** Number of the latest delivered batch. */
  batch: number
  queue: QueuedEvent[]
}

export interface QueuedEvent {
  event: Record<string, unknown>
  /** The batch in which it was last delivered; absent before that. */
  batch?: number
  givenAt?: number
}
