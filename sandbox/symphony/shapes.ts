import type { MessageRow, Room, StreamRow, UserRow } from './model'
import type { SymphonyStore } from './store'

/** Creation time of the sandbox's accounts. */
const ACCOUNTS_MADE = 1_700_000_000_000

/** A user as the pod's calls show it (V2); fields that only contacts may see are left out for others. */
export function userShape(user: UserRow, viewer: UserRow) {
  const { id, firstName, lastName, displayName, username, company, accountType } = user
  const open = { id, firstName, lastName, displayName, username, company, accountType, avatars: [] }
  if (id !== viewer.id && !viewer.entitlements.includes('contactInfo')) return open
  const { emailAddress, title, location, department, roles } = user
  return { ...open, emailAddress, title, location, department, roles }
}

/** A user as messages and events show it (V4). */
export function authorShape(user: UserRow | undefined) {
  if (!user) return {}
  const { id, firstName, lastName, displayName, emailAddress, username } = user
  return { userId: id, firstName, lastName, displayName, email: emailAddress, username }
}

export function streamShape(stream: StreamRow) {
  return {
    streamId: stream.id,
    streamType: stream.type,
    ...(stream.room ? { roomName: stream.room.name } : {}),
    external: stream.room?.crossPod ?? false,
    crossPod: stream.room?.crossPod ?? false,
  }
}

export function messageShape(store: SymphonyStore, message: MessageRow) {
  const stream = store.data.streams.get(message.streamId)
  const { replacing, replacedBy, initialId, initialAt } = message
  return {
    messageId: message.id,
    timestamp: message.at,
    message: message.presentation,
    data: message.data,
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    user: authorShape(store.user(message.authorId)),
    stream: stream ? streamShape(stream) : { streamId: message.streamId },
    externalRecipients: false,
    userAgent: 'Agent-24.12.0-Linux-5.15',
    originalFormat: 'com.symphony.messageml.v2',
    sid: `sid-${message.authorId}`,
    silent: message.silent,
    ...(replacing ? { replacing } : {}),
    ...(replacedBy ? { replacedBy } : {}),
    ...(initialId ? { initialMessageId: initialId, initialTimestamp: initialAt } : {}),
  }
}

/** A list of messages; an empty one is a response without a body. */
export function messagesShape(store: SymphonyStore, messages: readonly MessageRow[]) {
  return messages.length > 0 ? messages.map((message) => messageShape(store, message)) : undefined
}

export function roomDetail({ id, room, createdAt, createdBy, active }: Room) {
  return {
    roomAttributes: room,
    roomSystemInfo: { id, creationDate: createdAt, createdByUserId: createdBy, active },
  }
}

/** A stream as in `/v2/streams/{id}/info` and the list of streams. */
export function streamInfo(stream: StreamRow) {
  const members = { streamAttributes: { members: [...stream.members.keys()] } }
  return {
    id: stream.id,
    crossPod: stream.room?.crossPod ?? false,
    origin: 'INTERNAL',
    active: stream.active,
    lastMessageDate: stream.lastMessageAt,
    streamType: { type: stream.type },
    ...(stream.room ? { roomAttributes: { name: stream.room.name } } : members),
  }
}

/** A room as in events about it. */
export function roomProperties(store: SymphonyStore, stream: Room) {
  const { name, description, keywords, crossPod, copyProtected, readOnly, discoverable, membersCanInvite } = stream.room
  return {
    name,
    description,
    creatorUser: authorShape(store.user(stream.createdBy)),
    createdDate: stream.createdAt,
    external: crossPod,
    public: stream.room.public,
    canViewHistory: stream.room.viewHistory,
    ...{ keywords, crossPod, copyProtected, readOnly, discoverable, membersCanInvite },
  }
}

/** A stream as in `/v1/im/{id}/info`, with the fields that official clients read. */
export function conversationInfo(stream: StreamRow) {
  const { id, createdAt, active } = stream
  return { ...streamInfo(stream), V1IMAttributes: {}, IMSystemInfo: { id, creationDate: createdAt, active } }
}

/** A user as administrators see one. */
export function adminShape(user: UserRow) {
  const { id, firstName, lastName, displayName, username, emailAddress, company, title, location, department } = user
  const named = { firstName, lastName, displayName, userName: username, emailAddress, companyName: company }
  return {
    userAttributes: { ...named, title, location, department, accountType: user.accountType },
    userSystemInfo: { id, status: user.active ? 'ENABLED' : 'DISABLED', createdDate: ACCOUNTS_MADE },
    features: [],
    apps: [],
    groups: [],
    roles: ['INDIVIDUAL', ...user.roles],
  }
}

export function presenceShape(user: UserRow) {
  return { category: user.presence.category, userId: user.id, timestamp: user.presence.timestamp }
}
