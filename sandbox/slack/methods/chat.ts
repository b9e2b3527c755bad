import { conversation, isTombstone } from '../access'
import { type Call, type Methods, method, requireScope } from '../context'
import { refused } from '../errors'
import type { ChannelRow, MessageRow } from '../model'
import { announce, contentOf, metadataOf, requireWritable, target, threadParent } from '../posting'
import { newMessage } from '../rows'
import { messageShape } from '../shapes'
import { SLACKBOT } from '../store'

const LONGEST_UPDATE = 4_000

export const chatMethods: Methods = {
  'chat.postMessage': method({ tier: 'special', scopes: ['chat:write'], writes: true }, (call) => {
    const { store, caller, args } = call
    const channel = target(call)
    const threadTs = args.text('thread_ts')
    requireWritable(call, channel, threadTs !== undefined)
    const look = disguise(call)
    const content = contentOf(call)
    const metadata = metadataOf(call)
    const parent = threadTs === undefined ? undefined : threadParent(store, channel, threadTs)
    const twin = earlierTwin(call, channel)
    if (twin) return { ...posted(call, twin), is_duplicate: true }
    const broadcast = parent !== undefined && args.flag('reply_broadcast')
    const message = announce(call, channel, {
      userId: caller.user.id,
      appId: caller.token.kind === 'bot' ? caller.app.id : undefined,
      threadTs: parent?.ts,
      broadcast,
      subtype: broadcast ? 'thread_broadcast' : undefined,
      clientMsgId: args.text('client_msg_id'),
      metadata,
      ...content,
      ...look,
    })
    return posted(call, message)
  }),
  'chat.update': method({ tier: 'T3', scopes: ['chat:write'], writes: true }, (call) => {
    const { store, caller, args, slack } = call
    const channel = conversation(call)
    const message = own(call, channel, 'cant_update_message')
    if (channel.archived) throw refused('is_inactive')
    if ((args.text('text') ?? '').length > LONGEST_UPDATE) throw refused('msg_too_long')
    const before = messageShape(store, message)
    const content = contentOf(call, message)
    const ts = store.ts()
    Object.assign(message, content, { edited: { user: caller.user.id, ts } })
    const metadata = metadataOf(call)
    if (metadata) message.metadata = metadata
    if (message.threadTs !== undefined && args.flag('reply_broadcast'))
      Object.assign(message, { broadcast: true, subtype: 'thread_broadcast' })
    slack.events.changed(channel, before, message, ts)
    return { channel: channel.id, ts: message.ts, text: message.text, message: messageShape(store, message) }
  }),
  'chat.delete': method({ tier: 'T3', scopes: ['chat:write'], writes: true }, (call) => {
    const { store, slack } = call
    const channel = conversation(call)
    const message = own(call, channel, 'cant_delete_message')
    const before = messageShape(store, message)
    if (store.repliesTo(channel.id, message.ts).length > 0) bury(call, message)
    else drop(call, channel, message)
    slack.events.deleted(channel, before, message.ts, store.ts())
    return { channel: channel.id, ts: message.ts }
  }),
  'chat.getPermalink': method({ tier: 'special' }, (call) => {
    const { store, caller, args } = call
    const channel = conversation(call)
    const message = store.message(channel.id, args.need('message_ts'))
    if (!message) throw refused('message_not_found')
    return { channel: channel.id, permalink: permalinkOf(caller.team.domain, message) }
  }),
}

function posted({ store }: Call, message: MessageRow): object {
  return { channel: message.channelId, ts: message.ts, message: messageShape(store, message, { metadata: true }) }
}

/** A message that is sent twice with the same client id is posted once. */
function earlierTwin({ store, caller, args }: Call, channel: ChannelRow): MessageRow | undefined {
  const id = args.text('client_msg_id')
  if (id === undefined) return undefined
  return store.messages(channel.id).find(({ clientMsgId, userId }) => clientMsgId === id && userId === caller.user.id)
}

/** A custom name or picture for a message needs an additional scope. */
function disguise({ caller, args }: Call): Pick<MessageRow, 'username' | 'icons'> {
  const username = args.text('username')
  const emoji = args.text('icon_emoji')
  const url = args.text('icon_url')
  if (username === undefined && emoji === undefined && url === undefined) return {}
  requireScope(caller, 'chat:write.customize')
  const icons = { ...(emoji === undefined ? {} : { emoji }), ...(url === undefined ? {} : { image_64: url }) }
  return { username, icons: Object.keys(icons).length > 0 ? icons : undefined }
}

/** A message of the caller. @throws message_not_found, or the given error for another account's */
function own(call: Call, channel: ChannelRow, othersError: string): MessageRow {
  const message = call.store.message(channel.id, call.args.need('ts'))
  if (!message || isTombstone(message)) throw refused('message_not_found')
  const isOwn = message.userId === call.caller.user.id && !message.subtype?.startsWith('channel_')
  if (!isOwn) throw refused(othersError)
  return message
}

/** Replies are kept when their parent is deleted: a placeholder takes its place. */
function bury({ store }: Call, message: MessageRow): void {
  const { channelId, ts, threadTs, broadcast, locked, clientMsgId } = message
  const place = { channelId, ts, threadTs, broadcast, locked, clientMsgId }
  const messages = store.messages(channelId)
  const placeholder = { ...place, subtype: 'tombstone', userId: SLACKBOT, text: 'This message was deleted.' }
  messages[messages.indexOf(message)] = newMessage(store, placeholder)
}

/** Deleting the last reply also removes the placeholder of its parent. */
function drop({ store }: Call, channel: ChannelRow, message: MessageRow): void {
  const messages = store.messages(channel.id)
  messages.splice(messages.indexOf(message), 1)
  const parent = message.threadTs === undefined ? undefined : store.message(channel.id, message.threadTs)
  if (parent && isTombstone(parent) && store.repliesTo(channel.id, parent.ts).length === 0)
    messages.splice(messages.indexOf(parent), 1)
}

export function permalinkOf(domain: string, { channelId, ts, threadTs }: MessageRow): string {
  const link = `https://${domain}.slack.com/archives/${channelId}/p${ts.replace('.', '')}`
  return threadTs === undefined ? link : `${link}?thread_ts=${threadTs}&cid=${channelId}`
}
