import { type Call, type Caller, requireScope } from './context'
import { refused } from './errors'
import type { ChannelKind, ChannelRow, FileRow, MessageRow, UserRow } from './model'
import { SLACKBOT, type SlackStore } from './store'

type Family = 'read' | 'history' | 'write' | 'manage'

const PREFIX = { public: 'channels', private: 'groups', im: 'im', mpim: 'mpim' } as const
export const READ = ['channels:read', 'groups:read', 'im:read', 'mpim:read']
export const HISTORY = ['channels:history', 'groups:history', 'im:history', 'mpim:history']

/** The scopes for each kind of conversation; bots manage channels with a scope that users do not have. */
export function scopesFor(kind: ChannelKind, family: Family): string[] {
  if (kind === 'public' && (family === 'write' || family === 'manage')) return ['channels:manage', 'channels:write']
  return [`${PREFIX[kind]}:${family === 'manage' ? 'write' : family}`]
}

/** The scopes for the conversation of a call, where the caller can see it. */
export const needs =
  (family: Family) =>
  (call: Pick<Call, 'store' | 'caller' | 'args'>): string[] | undefined => {
    const channel = visible(call, call.args.text('channel') ?? '')
    return channel && scopesFor(channel.kind, family)
  }

/** Private and direct conversations are visible only to their members. */
export function isVisible(channel: ChannelRow, user: UserRow): boolean {
  return channel.kind === 'public' || channel.members.includes(user.id)
}

/** The conversation with that id, by default the one in the arguments, if the caller can see it. @throws channel_not_found */
export function conversation(call: Call, id = call.args.need('channel')): ChannelRow {
  const channel = visible(call, id)
  if (!channel) throw refused('channel_not_found')
  return channel
}

function visible({ store, caller }: Pick<Call, 'store' | 'caller'>, id: string): ChannelRow | undefined {
  const channel = store.channel(id)
  return channel?.teamId === caller.team.id && isVisible(channel, caller.user) ? channel : undefined
}

/** The same, and checks that the caller has the scope for its kind. @throws missing_scope */
export function conversationFor(call: Call, family: Family): ChannelRow {
  const channel = conversation(call)
  requireScope(call.caller, ...scopesFor(channel.kind, family))
  return channel
}

/** @throws not_in_channel for a public channel the caller has not joined */
export function requireMember(call: Call, channel: ChannelRow): void {
  if (!channel.members.includes(call.caller.user.id)) throw refused('not_in_channel')
}

/** A file that the caller uploaded, or that was shared where the caller can see it. */
export function readableFile(store: SlackStore, { team, user }: Caller, id: string): FileRow | undefined {
  const file = store.file(team.id, id)
  const isShared = file?.shares.some(({ channelId }) => {
    const channel = store.channel(channelId)
    return channel !== undefined && isVisible(channel, user)
  })
  return file?.userId === user.id || isShared ? file : undefined
}

/** A user whom the caller can see. @throws user_not_found, user_not_visible */
export function person(call: Call, id: string): UserRow {
  const user = call.store.member(call.caller.team.id, id)
  if (!user) throw refused('user_not_found')
  if (user.invisible) throw refused('user_not_visible')
  return user
}

/** Deleted thread parents are placeholders on which no method can act. */
export function isTombstone({ subtype }: MessageRow): boolean {
  return subtype === 'tombstone'
}

export function isSlackbot({ id }: UserRow): boolean {
  return id === SLACKBOT
}

/** Unix microseconds of a `ts`; exact, because they fit into a double. */
export function microsOf(ts: string): number {
  return Math.round(Number(ts) * 1_000_000)
}

/** @throws the given error for anything but `seconds.fraction` */
export function checkedTs(ts: string, error: string): string {
  if (!/^\d+(\.\d+)?$/.test(ts)) throw refused(error)
  return ts
}
