import { checkedTs, conversationFor, HISTORY, isVisible, microsOf, needs, READ, requireMember, scopesFor } from '../access'
import type { Args } from '../args'
import { type Call, type Methods, method, requireScope } from '../context'
import { refused } from '../errors'
import type { ChannelKind, MessageRow } from '../model'
import { limitOf, type Page, pageOf } from '../pages'
import { channelShape, messageShape, readMarks } from '../shapes'

const TYPES: ReadonlyMap<string, ChannelKind> = new Map([
  ['public_channel', 'public'],
  ['private_channel', 'private'],
  ['im', 'im'],
  ['mpim', 'mpim'],
])
const COMMERCIAL_PAGE = 15

export const readingMethods: Methods = {
  'conversations.list': method({ tier: 'T2', scopes: READ }, (call) => {
    return listed(call, () => true)
  }),
  /** Without the fields about membership, which `conversations.list` has. */
  'users.conversations': method({ tier: 'T3', scopes: READ }, (call) => {
    const who = call.args.text('user') ?? call.caller.user.id
    const { channels, ...rest } = listed(call, (members) => members.includes(who))
    return { channels: channels.map(({ is_member: _own, num_members: _count, ...channel }) => channel), ...rest }
  }),
  'conversations.info': method({ tier: 'T3', scopes: READ, needs: needs('read') }, (call) => {
    const channel = conversationFor(call, 'read')
    const { store, caller, args } = call
    const marks = channel.members.includes(caller.user.id) ? readMarks(store, channel) : {}
    const locale = args.flag('include_locale') ? { locale: 'en-US' } : {}
    const shape = channelShape(channel, caller.user.id, { members: args.flag('include_num_members') })
    return { channel: { ...shape, ...marks, ...locale } }
  }),
  'conversations.members': method({ tier: 'T4', scopes: READ, needs: needs('read') }, (call) => {
    const channel = conversationFor(call, 'read')
    const limit = limitOf(call.args, { fallback: 100, most: 1_000 })
    const page = pageOf(channel.members, call.args, { label: 'user', limit, key: (id) => id })
    return { members: page.items, response_metadata: { next_cursor: page.next } }
  }),
  'conversations.history': method({ tier: 'T3', scopes: HISTORY, needs: needs('history') }, (call) => {
    const channel = conversationFor(call, 'history')
    requireMember(call, channel)
    const between = windowOf(call.args)
    const shown = call.store
      .messages(channel.id)
      .filter((message) => (message.threadTs === undefined || message.broadcast) && between(message))
      .reverse()
    const reached = (message: MessageRow, ts: string): boolean => microsOf(message.ts) <= microsOf(ts)
    const page = pageOf(shown, call.args, { label: 'next_ts', limit: messagesLimit(call, 100), key: ({ ts }) => ts, reached })
    return { ...messagePage(call, page), pin_count: 0, channel_actions_ts: null, channel_actions_count: 0 }
  }),
  'conversations.replies': method({ tier: 'T3', scopes: HISTORY, needs: needs('history') }, (call) => {
    const channel = conversationFor(call, 'history')
    requireMember(call, channel)
    const { store, args } = call
    const named = store.message(channel.id, args.need('ts'))
    const parent = named?.threadTs ? store.message(channel.id, named.threadTs) : named
    if (!parent) throw refused('thread_not_found')
    const between = windowOf(args)
    const thread = [parent, ...store.repliesTo(channel.id, parent.ts).filter(between)]
    const reached = (message: MessageRow, ts: string): boolean => message !== parent && microsOf(message.ts) >= microsOf(ts)
    const page = pageOf(thread, args, { label: 'next_ts', limit: messagesLimit(call, 1_000), key: ({ ts }) => ts, reached })
    return messagePage(call, page)
  }),
}

function listed(call: Call, fits: (members: readonly string[]) => boolean) {
  const { store, caller, args } = call
  const limit = limitOf(args, { fallback: 100, most: 999, strict: true })
  const kinds = kindsIn(args)
  for (const kind of kinds) requireScope(caller, ...scopesFor(kind, 'read'))
  const all = store.channels(caller.team.id).filter((channel) => {
    return kinds.includes(channel.kind) && isVisible(channel, caller.user) && fits(channel.members)
  })
  const page = pageOf(all, args, { label: 'team', limit, key: ({ id }) => id })
  const skipArchived = args.flag('exclude_archived')
  // Filtered after paging, so pages may be shorter than requested, as Slack documents.
  const shown = page.items.filter(({ archived }) => !(skipArchived && archived))
  return {
    channels: shown.map((channel) => channelShape(channel, caller.user.id)),
    response_metadata: { next_cursor: page.next },
  }
}

function kindsIn(args: Args): ChannelKind[] {
  const names = args.has('types') ? args.list('types') : ['public_channel']
  return names.map((name) => {
    const kind = TYPES.get(name)
    if (!kind) throw refused('invalid_types')
    return kind
  })
}

/** The last page has no `response_metadata`. */
function messagePage(call: Call, { items, hasMore, next }: Page<MessageRow>): object {
  const metadata = call.args.flag('include_all_metadata')
  return {
    messages: items.map((message) => messageShape(call.store, message, { metadata })),
    has_more: hasMore,
    ...(next === '' ? {} : { response_metadata: { next_cursor: next } }),
  }
}

function messagesLimit({ caller, args }: Call, fallback: number): number {
  const limit = limitOf(args, { fallback, most: fallback === 100 ? 999 : 1_000 })
  return caller.app.commercial ? Math.min(limit, COMMERCIAL_PAGE) : limit
}

/** The messages between `oldest` and `latest`, both excluded unless `inclusive`. */
function windowOf(args: Args): (message: MessageRow) => boolean {
  const oldest = microsOf(checkedTs(args.text('oldest') ?? '0', 'invalid_ts_oldest'))
  const latestText = args.text('latest')
  const latest =
    latestText === undefined || latestText === 'now'
      ? Number.POSITIVE_INFINITY
      : microsOf(checkedTs(latestText, 'invalid_ts_latest'))
  const inclusive = args.flag('inclusive')
  return ({ ts }) => {
    const at = microsOf(ts)
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest
  }
}
