import { PresenceUpdateStatus } from 'discord-api-types/v10'
import type {
  ChatChannel,
  ChatMessage,
  ChatPerson,
  ChatPlace,
  CommonPresence,
  Details,
  Presence,
  Reaction,
  SendOptions,
} from '../../chat/adapter'
import type { Content } from '../../chat/content'
import type { NewMessage } from './client'
import type { DiscordChannel, DiscordMessage, DiscordThread, DiscordUser } from './contract'
import { plainText } from './plain-text'
import { render } from './render'

const CUSTOM = 'a custom emoji'

/** The suite's words for Discord's emoji and statuses. */
export const EMOJI: Readonly<Record<Reaction, string>> = {
  'thumbs up': '👍',
  'thumbs down': '👎',
  'party popper': '🎉',
  heart: '❤️',
  'an unknown emoji': 'no-such-emoji',
  /** Each guild has its own custom emoji: see `DiscordChat.emojiFor`. */
  [CUSTOM]: '',
}

const STATUS: Readonly<Record<CommonPresence, PresenceUpdateStatus>> = {
  available: PresenceUpdateStatus.Online,
  busy: PresenceUpdateStatus.DoNotDisturb,
  away: PresenceUpdateStatus.Idle,
  offline: PresenceUpdateStatus.Invisible,
}

/** @throws if Discord has no such status */
export function statusFor(presence: Presence): PresenceUpdateStatus {
  if (presence in STATUS) return STATUS[presence as CommonPresence]
  throw new Error(`Discord has no presence "${presence}".`)
}

export function presenceOf(status: string): Presence | undefined {
  if (status === 'offline') return 'offline'
  return (['available', 'busy', 'away', 'offline'] as const).find((presence) => STATUS[presence] === status)
}

export function toChatPerson({ id, username, global_name, bot }: DiscordUser): ChatPerson {
  return { id, name: username, displayName: global_name ?? username, isBot: bot === true }
}

export function toChatChannel({ id, name, topic }: DiscordChannel): ChatChannel {
  return { kind: 'channel', id, name: name ?? '', topic: topic ?? '' }
}

/** What a message may mention, or a reaction contain, by id alone. */
export interface Home {
  channel?: ChatChannel
  role?: Named
  emoji?: Named
}

export interface Named {
  id: string
  name: string
}

/** @param home with the names of the channel, of a role, and of an emoji of the guild */
export function toChatMessage(message: DiscordMessage, place: ChatPlace, { channel, role, emoji }: Home = {}): ChatMessage {
  const names = {
    person: (id: string) => nameIn(message.mentions, id),
    channel: (id: string) => (channel?.id === id ? channel.name : undefined),
    role: (id: string) => (role?.id === id ? role.name : undefined),
  }
  const replyTo = message.type === REPLY ? message.message_reference?.message_id : undefined
  return {
    id: message.id,
    place: { ...place, id: message.channel_id },
    author: message.author.id,
    text: plainText(message.content, names),
    markup: message.content,
    edited: message.edited_timestamp !== null,
    mentions: message.mentions.map(({ id }) => id),
    channels: [...message.content.matchAll(/<#(\d+)>/g)].map(([, id = '']) => id),
    mentionsEveryone: message.mention_everyone,
    reactions: (message.reactions ?? []).map((one) => {
      return { reaction: wordFor(one.emoji, emoji), count: one.count, mine: one.me }
    }),
    ...(replyTo === undefined ? {} : { replyTo }),
    files: message.attachments.map(({ id, filename, size, url }) => ({ id, name: filename, size, handle: url })),
    sentAt: Date.parse(message.timestamp),
    ...(message.edited_timestamp ? { times: { edited_timestamp: Date.parse(message.edited_timestamp) } } : {}),
    details: detailsOf(message),
  }
}

/** A thread also contains its starter messages, and a channel system messages. */
function detailsOf(message: DiscordMessage): Details {
  const { author, mentions, mention_roles, tts, pinned, type, flags, embeds, components, message_reference, thread } = message
  return {
    author: accountOf(author),
    mentions: byId(mentions.map(accountOf)),
    ...{ mention_roles, tts, pinned, type, flags, embeds, components },
    message_reference: message_reference && { ...message_reference },
    thread: thread && threadOf(thread),
    attachments: message.attachments.map(({ url, proxy_url, content_type }) => {
      const [own, proxy] = [new URL(url), new URL(proxy_url)]
      const isSame = own.pathname + own.search === proxy.pathname + proxy.search
      return { content_type, isSame, hosts: [own.host, proxy.host] }
    }),
  }
}

/** A user in the form that every part of the API returns. */
export function accountOf({ id, username, discriminator, global_name, avatar, bot, flags }: DiscordUser): Account {
  return { id, username, discriminator, global_name, avatar, bot: bot === true, flags }
}

/** The account as another part of the API must return it: some omit a user's flags. */
export function sameAccount(known: Account, shown: Account | undefined): Account {
  return shown?.flags === undefined ? { ...known, flags: undefined } : known
}

export interface Account {
  id: string
  username: string
  discriminator: string
  global_name: string | null
  avatar: string | null
  bot: boolean
  flags: number | undefined
}

export function byId(accounts: readonly Account[]): Account[] {
  return [...accounts].sort((one, other) => (one.id < other.id ? -1 : 1))
}

/** The settings of a thread that a scenario decides. */
export function threadOf({ id, type, guild_id, parent_id, owner_id, name, flags, thread_metadata }: DiscordThread): Details {
  const { archived, locked, auto_archive_duration } = thread_metadata
  return { id, type, guild_id, parent_id, owner_id, name, flags, archived, locked, auto_archive_duration }
}

/** Message types: default, reply, and the starter message of a thread. */
export const DEFAULT = 0
export const REPLY = 19
export const THREAD_STARTER = 21
/** The message flag for an existing thread. */
export const HAS_THREAD = 32
/** The type of a public thread in a text channel. */
export const PUBLIC_THREAD = 11
const VARIATION_SELECTOR = /\ufe0f/g

function nameIn(users: readonly DiscordUser[], id: string): string | undefined {
  const user = users.find((one) => one.id === id)
  return user && toChatPerson(user).displayName
}

/** Discord may or may not keep the variation selector of an emoji. */
function wordFor({ id, name }: { id: string | null; name: string | null }, custom: Named | undefined): string {
  if (id !== null) return id === custom?.id && name === custom.name ? CUSTOM : `<:${name}:${id}>`
  const bare = name?.replace(VARIATION_SELECTOR, '') ?? ''
  return Object.entries(EMOJI).find(([, own]) => own.replace(VARIATION_SELECTOR, '') === bare)?.[0] ?? bare
}

/** Notifies only the named users, whatever the text contains; everyone only if the content mentions everyone. */
export function bodyOf(content: Content, { replyTo, notify = [] }: SendOptions): NewMessage {
  const everyone = content.some(({ kind }) => kind === 'everyone')
  const roles = content.flatMap((piece) => (piece.kind === 'role' ? [piece.id] : []))
  return {
    content: render(content),
    allowed_mentions: {
      parse: everyone ? ['everyone'] : [],
      ...(notify.length > 0 ? { users: notify } : {}),
      ...(roles.length > 0 ? { roles } : {}),
    },
    ...(replyTo ? { message_reference: { message_id: replyTo.id } } : {}),
  }
}
