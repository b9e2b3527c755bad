import type { ChatChannel, ChatFile, ChatMessage, ChatPerson, ChatPlace, Reaction } from '../../chat/adapter'
import type { SlackChannel, SlackMessage, SlackUser } from './contract'
import { channelsIn, mentionsEveryone, mentionsIn, plainOf } from './render'

/** Slack's short names of the four reactions. */
export const EMOJI: Readonly<Record<Reaction, string>> = {
  'thumbs up': 'thumbsup',
  'thumbs down': 'thumbsdown',
  'party popper': 'tada',
  heart: 'heart',
  'an unknown emoji': 'no_such_emoji',
}

/** Slack may answer with another name of the same emoji. */
export const WORDS: Readonly<Record<string, Reaction>> = {
  thumbsup: 'thumbs up',
  '+1': 'thumbs up',
  thumbsdown: 'thumbs down',
  '-1': 'thumbs down',
  tada: 'party popper',
  heart: 'heart',
}

export function toChatPerson({ id, name, real_name, is_bot, profile }: SlackUser): ChatPerson {
  return { id, name, displayName: profile.display_name || profile.real_name || real_name || name, isBot: is_bot }
}

export function toChatChannel({ id, name, topic }: SlackChannel): ChatChannel {
  return { kind: 'channel', id, name, topic: topic.value }
}

/** @param me the id of whoever reads: their reactions are marked */
export function toChatMessage(message: SlackMessage, place: ChatPlace, me: string): ChatMessage {
  const { ts, thread_ts, text, user, bot_id, edited, reactions = [], files = [] } = message
  return {
    id: ts,
    place,
    author: user ?? bot_id ?? '',
    text: plainOf(text),
    markup: text,
    edited: edited !== undefined,
    mentions: mentionsIn(text),
    channels: channelsIn(text),
    mentionsEveryone: mentionsEveryone(text),
    reactions: reactions.map(({ name, users, count }) => ({ reaction: WORDS[name] ?? name, count, mine: users.includes(me) })),
    ...(thread_ts !== undefined && thread_ts !== ts ? { replyTo: thread_ts } : {}),
    files: files
      .filter(({ mode }) => mode !== 'tombstone')
      .map(({ id, name, size = 0, url_private = '' }) => ({ name: name ?? '', size, handle: `${id} ${url_private}` })),
    sentAt: Number(ts) * 1_000,
  }
}

/** The two that a file's handle holds: its id, and the address of its content. */
export function fileOf({ handle }: ChatFile): { id: string; url: string } {
  const [id = '', url = ''] = handle.split(' ')
  return { id, url }
}
