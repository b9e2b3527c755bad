import type { Discord, Viewer } from '../context'
import type { AttachmentRow, Emoji, MessageRow, ReactionRow } from '../model'
import { channelShape } from './channels'
import { stamp, stampOrNull } from './times'
import { partialMember, userShape } from './users'

const HAS_THREAD = 32

/** A message as one viewer sees it; a `nested` one (to which a reply refers) does not contain a further reference. */
export function messageShape(discord: Discord, message: MessageRow, viewer: Viewer, nested = false): Record<string, unknown> {
  const { store } = discord
  const thread = store.data.channels.get(message.id)
  return {
    id: message.id,
    channel_id: message.channelId,
    author: userShape(store.user(message.authorId)),
    ...(maySee(discord, message, viewer) ? written(discord, message) : UNSEEN),
    timestamp: stamp(message.at),
    edited_timestamp: stampOrNull(message.editedAt),
    tts: message.tts,
    mention_everyone: message.mentionsEveryone,
    mentions: message.mentions.map((id) => userShape(store.user(id))),
    mention_roles: message.mentionedRoles,
    pinned: message.pinnedAt !== null,
    type: message.type,
    flags: message.flags | (thread?.thread ? HAS_THREAD : 0),
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
    ...(message.reactions.length === 0 ? {} : { reactions: message.reactions.map((row) => reactionShape(row, viewer.id)) }),
    ...(thread?.thread ? { thread: channelShape(store, thread, viewer.id) } : {}),
    ...(message.position === null ? {} : { position: message.position }),
    ...references(discord, message, viewer, nested),
  }
}

const UNSEEN = { content: '', embeds: [], attachments: [], components: [] }

function written({ links }: Discord, message: MessageRow) {
  const attachments = message.attachments.map((file) =>
    attachmentShape(links.file(message.channelId, file.id, file.filename), file),
  )
  return {
    content: message.content,
    embeds: message.embeds.map((embed) => withPictures(embed, attachments)),
    attachments,
    components: message.components,
    ...(message.poll ? { poll: message.poll } : {}),
  }
}

/** Messages whose content a bot sees without the privileged intent: its own, direct ones, and those that mention it. */
function maySee({ store }: Discord, message: MessageRow, viewer: Viewer): boolean {
  if (viewer.seesContent || message.authorId === viewer.id || message.mentions.includes(viewer.id)) return true
  return store.data.channels.get(message.channelId)?.guildId === null
}

const attachmentShape = (url: string, { id, filename, size, contentType, description, picture }: AttachmentRow) => ({
  id,
  filename,
  size,
  url,
  proxy_url: url,
  content_type: contentType,
  ...(description === null ? {} : { description }),
  ...(picture ?? {}),
})

/** An embed may show a file of its message, as `attachment://name`. */
function withPictures(
  embed: Record<string, unknown>,
  files: readonly { filename: string; url: string; width?: number; height?: number }[],
): Record<string, unknown> {
  const pictures = ['image', 'thumbnail'].flatMap((place) => {
    const { url = '' } = (embed[place] ?? {}) as { url?: string }
    const file = files.find(({ filename }) => url === `attachment://${filename}`)
    return file
      ? [[place, { url: file.url, proxy_url: file.url, width: file.width ?? 0, height: file.height ?? 0 }] as const]
      : []
  })
  return pictures.length === 0 ? embed : { ...embed, ...Object.fromEntries(pictures) }
}

export const emojiShape = ({ id, name, animated }: Emoji) => ({ id, name, ...(animated ? { animated } : {}) })

const reactionShape = ({ emoji, users }: ReactionRow, viewerId: string) => ({
  emoji: emojiShape(emoji),
  count: users.length,
  count_details: { burst: 0, normal: users.length },
  burst_colors: [],
  me: users.includes(viewerId),
  me_burst: false,
})

function references(discord: Discord, message: MessageRow, viewer: Viewer, nested: boolean) {
  const { reference } = message
  if (!reference) return {}
  const target = reference.messageId === null ? undefined : discord.store.data.messages.get(reference.messageId)
  const shows = !nested && reference.type === 0 && (message.type === 19 || message.type === 21)
  return {
    message_reference: {
      type: reference.type,
      channel_id: reference.channelId,
      ...(reference.guildId === null ? {} : { guild_id: reference.guildId }),
      ...(reference.messageId === null ? {} : { message_id: reference.messageId }),
    },
    ...(shows ? { referenced_message: target ? messageShape(discord, target, viewer, true) : null } : {}),
    ...(message.snapshots.length > 0 ? { message_snapshots: message.snapshots } : {}),
  }
}

/** What a gateway event adds to a message of a guild: the author's membership, and that of every mentioned user. */
export function messageEvent(discord: Discord, message: MessageRow, viewer: Viewer): Record<string, unknown> {
  const { store } = discord
  const channel = store.data.channels.get(message.channelId)
  const guild = channel && store.guildOf(channel)
  const shape = { ...messageShape(discord, message, viewer), channel_type: channel?.type ?? 0 }
  if (!guild) return shape
  const memberOf = (id: string) => {
    const member = guild.members.get(id)
    return member ? { member: partialMember(member) } : {}
  }
  const mentions = message.mentions.map((id) => ({ ...userShape(store.user(id)), ...memberOf(id) }))
  return { ...shape, guild_id: guild.id, ...memberOf(message.authorId), mentions }
}
