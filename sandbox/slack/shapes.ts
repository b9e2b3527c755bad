import type { AppRow, ChannelRow, MessageRow, SlackData } from './model'
import { richText } from './rich-text'
import { isNotice } from './rows'
import { fileShape } from './shapes-file'
import { SLACKBOT, type SlackStore } from './store'

type Shape = Record<string, unknown>

const MOST_REPLY_USERS = 5

/** A conversation as one member sees it; direct ones have a different shape. */
export function channelShape(channel: ChannelRow, viewer: string, { members = true }: { members?: boolean } = {}): Shape {
  if (channel.kind === 'im') return directShape(channel, viewer)
  const isPrivate = channel.kind !== 'public'
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: !isPrivate,
    is_group: isPrivate,
    is_im: false,
    is_mpim: channel.kind === 'mpim',
    is_private: isPrivate,
    created: channel.created,
    is_archived: channel.archived,
    is_general: channel.general,
    unlinked: 0,
    is_shared: false,
    is_org_shared: false,
    is_pending_ext_shared: false,
    pending_shared: [],
    context_team_id: channel.teamId,
    updated: channel.updated,
    creator: channel.creator,
    is_ext_shared: false,
    shared_team_ids: [channel.teamId],
    is_member: channel.members.includes(viewer),
    topic: channel.topic,
    purpose: channel.purpose,
    previous_names: [],
    ...(channel.kind === 'mpim' ? { is_open: channel.openFor.includes(viewer), priority: 0 } : {}),
    ...(members ? { num_members: channel.members.length } : {}),
  }
}

function directShape(channel: ChannelRow, viewer: string): Shape {
  return {
    id: channel.id,
    created: channel.created,
    is_archived: false,
    is_im: true,
    is_org_shared: false,
    context_team_id: channel.teamId,
    updated: channel.updated,
    user: channel.members.find((id) => id !== viewer) ?? viewer,
    is_user_deleted: false,
    is_open: channel.openFor.includes(viewer),
    priority: 0,
  }
}

/** Fields that `return_im` and `conversations.info` add: how far the viewer has read the conversation. */
export function readMarks(store: SlackStore, channel: ChannelRow): Shape {
  const latest = store.messages(channel.id).at(-1)
  return {
    last_read: latest?.ts ?? '0000000000.000000',
    latest: latest ? messageShape(store, latest) : null,
    unread_count: 0,
    unread_count_display: 0,
  }
}

export function botShape({ id, botId, name, botUserId, updated }: AppRow): Shape {
  return { id: botId, deleted: false, name, updated, app_id: id, user_id: botUserId, icons: {} }
}

/** A message as history shows it: the figures of its thread are computed, not stored. */
export function messageShape(store: SlackStore, message: MessageRow, { metadata = false }: { metadata?: boolean } = {}): Shape {
  const { data } = store
  const reactions = message.reactions.map((reaction) => ({ ...reaction, count: reaction.users.length }))
  return {
    ...authorShape(data, message),
    type: 'message',
    ts: message.ts,
    client_msg_id: message.clientMsgId,
    text: message.text,
    team: data.channels.get(message.channelId)?.teamId,
    subtype: message.subtype,
    ...threadShape(store, message),
    edited: message.edited,
    ...(reactions.length > 0 ? { reactions } : {}),
    ...(message.fileIds.length > 0 ? { files: filesOf(store, message), upload: message.subtype === 'file_share' } : {}),
    ...blocksOf(message),
    attachments: message.attachments,
    ...(metadata ? { metadata: message.metadata } : {}),
    ...(message.subtype === 'tombstone' ? { hidden: true } : {}),
  }
}

/** The blocks it was sent with, or the one that Slack creates from its text; Slack's own messages have none. */
function blocksOf(message: MessageRow): Shape {
  const { blocks, text, ts } = message
  if (blocks) return { blocks }
  return text === '' || isNotice(message) ? {} : { blocks: richText(text, ts.slice(-5)) }
}

function filesOf(store: SlackStore, { fileIds }: MessageRow): Shape[] {
  return fileIds.flatMap((id) => {
    const file = store.data.files.get(id)
    return file ? [fileShape(store, file)] : []
  })
}

function authorShape(data: SlackData, message: MessageRow): Shape {
  const app = message.appId && data.apps.get(message.appId)
  return {
    user: message.userId,
    ...(app ? { bot_id: app.botId, app_id: app.id, bot_profile: { ...botShape(app), team_id: app.teamId } } : {}),
    username: message.username,
    icons: message.icons,
  }
}

function threadShape(store: SlackStore, message: MessageRow): Shape {
  if (message.threadTs !== undefined) {
    const parent = store.message(message.channelId, message.threadTs)
    const root = message.broadcast && parent ? { root: messageShape(store, parent) } : {}
    return { thread_ts: message.threadTs, parent_user_id: parent?.userId ?? SLACKBOT, ...root }
  }
  const replies = store.repliesTo(message.channelId, message.ts)
  if (replies.length === 0) return message.locked ? { is_locked: true } : {}
  const users = [...new Set(replies.map(({ userId }) => userId))]
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    latest_reply: replies.at(-1)?.ts,
    reply_users: users.slice(0, MOST_REPLY_USERS),
    is_locked: message.locked,
    subscribed: false,
  }
}
