import { isTombstone, isVisible } from './access'
import type { Call, Slack } from './context'
import { refused } from './errors'
import type { ChannelRow, MessageRow } from './model'
import { directWith, isDirect, newMessage } from './rows'
import type { SlackStore } from './store'
import { kept, type Linking } from './text'

/** Slack's own messages about a channel, which cannot have replies. */
const WITHOUT_THREADS = /^channel_|^tombstone$/

type Draft = Partial<MessageRow> & Pick<MessageRow, 'userId' | 'text'>

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
  if (WITHOUT_THREADS.test(parent.subtype ?? '')) throw refused('cannot_reply_to_message')
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
