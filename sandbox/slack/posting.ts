import { isTombstone, isVisible } from './access'
import { checkedBlocks } from './blocks'
import type { Call, Slack } from './context'
import { invalidArguments, refused } from './errors'
import type { ChannelRow, MessageRow } from './model'
import { directWith, isDirect, isNotice, type NewMessage, newMessage } from './rows'
import type { SlackStore } from './store'
import { kept, type Linking } from './text'

type Draft = Omit<NewMessage, 'channelId'>

/** Adds a message to a conversation and sends its events. */
export function announce({ store, slack }: { store: SlackStore; slack: Slack }, channel: ChannelRow, draft: Draft): MessageRow {
  const message = store.addMessage(newMessage(store, { ...draft, channelId: channel.id }))
  if (isDirect(channel)) channel.openFor = [...channel.members]
  slack.events.posted(channel, message)
  return message
}

/** The channel of `chat.postMessage`: an id, a name with or without `#`, or a person. @throws channel_not_found */
export function target({ store, caller, args }: Call): ChannelRow {
  const wanted = args.need('channel')
  const mine = store.channels(caller.team.id).filter((channel) => isVisible(channel, caller.user))
  const byId = mine.find(({ id }) => id === wanted)
  if (byId) return byId
  const user = wanted.startsWith('@')
    ? store.members(caller.team.id).find(({ name }) => name === wanted.slice(1))
    : store.member(caller.team.id, wanted)
  if (user && !user.deleted && user.id !== caller.user.id) return directWith(store, caller.user, [user]).channel
  const name = wanted.replace(/^#/, '')
  const byName = mine.filter((channel) => channel.name === name && channel.kind !== 'im')
  const found = byName.find(({ archived }) => !archived) ?? byName[0]
  if (!found) throw refused('channel_not_found')
  return found
}

/** @throws the reason why the caller may not write there */
export function requireWritable({ caller }: Call, channel: ChannelRow, inThread: boolean): void {
  const isMember = channel.members.includes(caller.user.id)
  if (!isMember && !caller.token.scopes.includes('chat:write.public')) throw refused('not_in_channel')
  if (channel.archived) throw refused('is_archived')
  if (channel.policy === 'read-only') throw refused('restricted_action_read_only_channel')
  if (channel.policy === 'threads-only' && !inThread) throw refused('restricted_action_thread_only_channel')
  if (channel.policy === 'no-threads' && inThread) throw refused('restricted_action_non_threadable_channel')
}

/** The first message of the thread to reply in. @throws where there is none, or it takes no replies */
export function threadParent(store: SlackStore, channel: ChannelRow, ts: string): MessageRow {
  const named = store.message(channel.id, ts)
  const parent = named?.threadTs ? store.message(channel.id, named.threadTs) : named
  if (!parent || isTombstone(parent)) throw refused('thread_not_found')
  if (isNotice(parent)) throw refused('cannot_reply_to_message')
  if (parent.locked) throw refused('restricted_action_thread_locked')
  return parent
}

/** The text as it is stored: names are linked only if the call requests it. */
export function keptText({ store, caller, args }: Call, text: string): string {
  const links = args.flag('link_names') || args.text('parse') === 'full'
  return kept(text, links ? namesOf(store, caller.team.id) : undefined)
}

function namesOf(store: SlackStore, teamId: string): Linking {
  return {
    person: (name) => {
      const user = store.members(teamId).find((member) => member.name === name)
      return user && `<@${user.id}>`
    },
    channel: (name) => {
      const channel = store.channels(teamId).find((one) => one.name === name && one.kind === 'public')
      return channel && `<#${channel.id}|${channel.name}>`
    },
  }
}

const LONGEST_TEXT = 40_000
const LONGEST_MARKDOWN = 12_000
const MOST_ATTACHMENTS = 100

type Content = Pick<MessageRow, 'text' | 'blocks' | 'attachments'>

/**
 * The content of a message: text, blocks, attachments or Markdown.
 * @param before the message to be changed: its attachments are kept unless others are given, its blocks unless there is a new text
 * @throws no_text where there is no content, and the errors of each part
 */
export function contentOf(call: Call, before?: MessageRow): Content {
  const { args, store } = call
  const markdown = args.text('markdown_text')
  if (markdown !== undefined) return ofMarkdown(call, markdown)
  const text = cut(call, args.text('text') ?? '')
  const givenBlocks = args.json('blocks', () => refused('invalid_blocks_format'))
  const blocks = givenBlocks === undefined ? undefined : checkedBlocks(givenBlocks, () => store.letters(5))
  const attachments = attachmentsOf(call)
  if (text.trim() === '' && !blocks?.length && !attachments?.length) throw refused('no_text')
  const keptBlocks = before && text === '' ? before.blocks : undefined
  return {
    text: text === '' && before ? before.text : keptText(call, text),
    blocks: blocks === undefined ? keptBlocks : orNothing(blocks),
    attachments: attachments === undefined ? before?.attachments : orNothing(attachments),
  }
}

function orNothing<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined
}

function ofMarkdown(call: Call, markdown: string): Content {
  if (call.args.has('text') || call.args.has('blocks')) throw refused('markdown_text_conflict')
  if (markdown.length > LONGEST_MARKDOWN) throw refused('msg_too_long')
  const block = { type: 'markdown', text: markdown, block_id: call.store.letters(5) }
  return { text: keptText(call, markdown), blocks: [block], attachments: undefined }
}

/** A text that is too long is truncated, with a warning. */
function cut(call: Call, text: string): string {
  if (text.length <= LONGEST_TEXT) return text
  call.warn('message_truncated')
  return text.slice(0, LONGEST_TEXT)
}

function attachmentsOf({ args }: Call): Record<string, unknown>[] | undefined {
  const complain = () => invalidArguments('must be an array of objects [json-pointer:/attachments]')
  const value = args.json('attachments', complain)
  if (value === undefined) return undefined
  if (!Array.isArray(value) || value.some((one) => typeof one !== 'object' || one === null)) throw complain()
  if (value.length > MOST_ATTACHMENTS) throw refused('too_many_attachments')
  return value.map((one, index) => ({ id: index + 1, ...(one as object) }))
}

/** @throws invalid_metadata_format unless it contains an event type and an object */
export function metadataOf({ args }: Call): MessageRow['metadata'] {
  const value = args.json('metadata', () => refused('invalid_metadata_format'))
  if (value === undefined) return undefined
  const { event_type, event_payload } = (value ?? {}) as { event_type?: unknown; event_payload?: unknown }
  if (typeof event_type !== 'string' || typeof event_payload !== 'object' || event_payload === null)
    throw refused('invalid_metadata_format')
  return { event_type, event_payload }
}
