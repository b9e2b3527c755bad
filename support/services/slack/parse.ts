import type { ChatChannel, ChatFile, ChatMessage, ChatPerson, ChatPlace, Reaction } from '../../chat/adapter'
import type { SlackChannel, SlackMessage, SlackUser } from './contract'
import { channelsIn, mentionsEveryone, mentionsIn, plainOf } from './render'

/** Slack's short names of the four reactions. */
export const EMOJI: Readonly<Record<Reaction, string>> = {
  'thumbs up': 'thumbsup',
  'thumbs down': 'thumbsdown',
  'party popper': 'tada',
  heart: 'heart',
  'a custom emoji': 'custom_of_the_workspace',
  'an unknown emoji': 'no_such_emoji',
}

/** Slack may return another name of the same emoji. */
const WORDS: Readonly<Record<string, Reaction>> = {
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

/** The name of the time at which a message was edited. */
export const EDITED = 'the time of its edit'

/** @param me the id of the reading account: its reactions are marked */
export function toChatMessage(message: SlackMessage, place: ChatPlace, me: string): ChatMessage {
  const { ts, thread_ts, text, user, bot_id, edited, reactions = [], files = [], subtype, team, parent_user_id } = message
  const existing = files.filter(({ mode }) => mode !== 'tombstone')
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
    files: existing.map(({ id, name, size = 0, url_private = '' }) => {
      const handle = `${id} ${url_private}`
      return { id: handle, name: name ?? '', size, handle }
    }),
    sentAt: Number(ts) * 1_000,
    times: {
      ...(edited ? { [EDITED]: Number(edited.ts) * 1_000 } : {}),
      ...Object.fromEntries(existing.map(({ created = 0 }, at) => [`the time of its file ${at + 1}`, created * 1_000])),
    },
    details: {
      subtype,
      team,
      bot_id,
      'edited.user': edited?.user,
      thread_ts: thread_ts === ts ? undefined : thread_ts,
      parent_user_id,
      files: existing.map(({ title, mimetype, user: owner, permalink, url_private, channels, groups = [], ims = [] }) => {
        const shared = channels ? { in: [...channels, ...groups, ...ims] } : {}
        return { title, mimetype, user: owner, permalink, url_private, ...shared }
      }),
    },
  }
}

/** The two parts of a file's handle: its id, and the URL of its content. */
export function fileOf({ handle }: ChatFile): { id: string; url: string } {
  const [id = '', url = ''] = handle.split(' ')
  return { id, url }
}
