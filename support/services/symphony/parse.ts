import type { ChatChannel, ChatMessage, ChatPerson, ChatPlace, Presence } from '../../chat/adapter'
import type { Message, Room, User } from './contract'
import { understand } from './presentation'

/** The suite's words for Symphony's categories. */
export const CATEGORY: Readonly<Record<Presence, string>> = {
  available: 'AVAILABLE',
  busy: 'BUSY',
  away: 'AWAY',
  offline: 'OFFLINE',
  'do not disturb': 'DO_NOT_DISTURB',
  'on the phone': 'ON_THE_PHONE',
  'in a meeting': 'IN_A_MEETING',
  'be right back': 'BE_RIGHT_BACK',
  'out of office': 'OUT_OF_OFFICE',
  'off work': 'OFF_WORK',
}

/** Undefined for a category without a meaning, such as UNDEFINED. */
export function presenceIn(category: string): Presence | undefined {
  return (Object.keys(CATEGORY) as Presence[]).find((presence) => CATEGORY[presence] === category)
}

export function toChatPerson({ id, username, displayName, accountType }: User): ChatPerson {
  return { id: String(id), name: username, displayName, isBot: accountType === 'SYSTEM' }
}

export function toChatChannel({ roomAttributes, roomSystemInfo }: Room): ChatChannel {
  return { kind: 'channel', id: roomSystemInfo.id, name: roomAttributes.name, topic: roomAttributes.description ?? '' }
}

/** @throws ContractError if markup or entities are not well-formed */
export function toChatMessage(message: Message): ChatMessage {
  const { text, markup, mentions, hashtags, cashtags } = understand(message.message, message.data)
  return {
    id: message.messageId,
    place: placeOf(message),
    author: String(message.user.userId),
    text,
    markup,
    edited: Boolean(message.replacing),
    mentions,
    channels: [],
    mentionsEveryone: false,
    reactions: [],
    files: (message.attachments ?? []).map(({ id, name, size }) => {
      return { id, name, size, handle: [message.stream.streamId, message.messageId, id].join(' ') }
    }),
    sentAt: message.timestamp,
    details: {
      user: { username: message.user.username, displayName: message.user.displayName },
      streamType: message.stream.streamType,
      replacing: message.replacing ?? undefined,
      ...{ hashtags, cashtags },
    },
  }
}

function placeOf({ stream }: Message): ChatPlace {
  return { kind: stream.streamType === 'ROOM' ? 'channel' : 'direct', id: stream.streamId }
}
