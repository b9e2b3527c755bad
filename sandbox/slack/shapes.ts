import type { AppRow, ChannelRow, MessageRow, SlackData, UserRow } from './model'
import { fileShape } from './shapes-file'
import { SLACKBOT, type SlackStore } from './store'

type Shape = Record<string, unknown>

const COLORS = ['9f69e7', '4bbe2e', 'e7392d', '3c989f', '674b1b', 'e96699']
const MOST_REPLY_USERS = 5

export interface Sight {
  /** The e-mail address is shown to apps that may read it. */
  email?: boolean
  locale?: boolean
}

/** A person or bot as Slack describes one. */
export function userShape(user: UserRow, sight: Sight = {}): Shape {
  const { id, teamId, name, realName, deleted, isBot, isAdmin, isOwner, updated } = user
  return {
    id,
    team_id: teamId,
    name,
    deleted,
    color: COLORS[updated % COLORS.length],
    real_name: realName,
    tz: 'Etc/UTC',
    tz_label: 'UTC',
    tz_offset: 0,
    profile: profileShape(user, sight),
    is_admin: isAdmin,
    is_owner: isOwner,
    is_primary_owner: isOwner,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: isBot,
    is_app_user: false,
    is_email_confirmed: !isBot,
    updated,
    ...(sight.locale ? { locale: 'en-US' } : {}),
  }
}

export function profileShape(user: UserRow, sight: Sight = {}): Shape {
  const [first = '', ...rest] = user.realName.split(' ')
  return {
    title: user.title,
    phone: user.phone,
    skype: '',
    real_name: user.realName,
    real_name_normalized: user.realName,
    display_name: user.displayName,
    display_name_normalized: user.displayName,
    pronouns: user.pronouns,
    fields: Object.keys(user.fields).length > 0 ? user.fields : null,
    status_text: user.statusText,
    status_emoji: user.statusEmoji,
    status_expiration: user.statusExpiration,
    avatar_hash: avatarOf(user),
    ...images(user),
    first_name: first,
    last_name: rest.join(' '),
    team: user.teamId,
    ...(sight.email && user.email !== null ? { email: user.email } : {}),
    ...(user.botId !== null ? { api_app_id: user.appId, bot_id: user.botId } : {}),
    ...(user.isBot || user.id === SLACKBOT ? { always_active: user.alwaysActive } : {}),
  }
}

function avatarOf({ id }: UserRow): string {
  return Buffer.from(id).toString('hex').slice(0, 12)
}

function images(user: UserRow): Shape {
  const at = (size: number) => [`image_${size}`, `https://avatars.slack-edge.com/${avatarOf(user)}_${size}.png`]
  return Object.fromEntries([24, 32, 48, 72, 192, 512].map(at))
}

/** A conversation as one member sees it; direct ones have a shape of their own. */
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

/** What `return_im` and `conversations.info` add: where the viewer stands in the conversation. */
export function readMarks(store: SlackStore, channel: ChannelRow): Shape {
  const latest = store.messages(channel.id).at(-1)
  return {
    last_read: latest?.ts ?? '0000000000.000000',
    latest: latest ? messageShape(store, latest) : null,
    unread_count: 0,
    unread_count_display: 0,
  }
}

export function botProfile(app: AppRow): Shape {
  const { id, botId, name, botUserId, updated, teamId } = app
  return { id: botId, deleted: false, name, updated, app_id: id, user_id: botUserId, icons: {}, team_id: teamId }
}

/** A message as history shows it: its thread's figures are counted, never kept. */
export function messageShape(store: SlackStore, message: MessageRow, { metadata = false }: { metadata?: boolean } = {}): Shape {
  const { data } = store
  return {
    ...authorShape(data, message),
    type: 'message',
    ts: message.ts,
    ...(message.clientMsgId !== null ? { client_msg_id: message.clientMsgId } : {}),
    text: message.text,
    team: data.channels.get(message.channelId)?.teamId,
    ...(message.subtype !== null ? { subtype: message.subtype } : {}),
    ...threadShape(store, message),
    ...(message.edited ? { edited: message.edited } : {}),
    ...(message.reactions.length > 0 ? { reactions: message.reactions.map(reactionShape) } : {}),
    ...(message.fileIds.length > 0 ? { files: filesOf(store, message), upload: message.subtype === 'file_share' } : {}),
    ...(message.blocks ? { blocks: message.blocks } : {}),
    ...(message.attachments ? { attachments: message.attachments } : {}),
    ...(message.metadata && metadata ? { metadata: message.metadata } : {}),
    ...(message.subtype === 'tombstone' ? { hidden: true } : {}),
  }
}

export function reactionShape({ name, users }: { name: string; users: string[] }): Shape {
  return { name, users, count: users.length }
}

function filesOf(store: SlackStore, { fileIds }: MessageRow): Shape[] {
  return fileIds.flatMap((id) => {
    const file = store.data.files.get(id)
    return file ? [fileShape(store, file)] : []
  })
}

function authorShape(data: SlackData, message: MessageRow): Shape {
  const app = message.appId === null ? undefined : data.apps.get(message.appId)
  return {
    user: message.userId,
    ...(app ? { bot_id: app.botId, app_id: app.id, bot_profile: botProfile(app) } : {}),
    ...(message.username !== null ? { username: message.username } : {}),
    ...(message.icons ? { icons: message.icons } : {}),
  }
}

function threadShape(store: SlackStore, message: MessageRow): Shape {
  if (message.threadTs !== null) {
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
