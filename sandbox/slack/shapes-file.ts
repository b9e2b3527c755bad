import type { ChannelKind, FileRow } from './model'
import type { SlackStore } from './store'

type Shape = Record<string, unknown>

/** By extension: Slack's short and long name of the type, and its media type. */
const TYPES: Readonly<Record<string, [string, string, string]>> = {
  txt: ['text', 'Plain Text', 'text/plain'],
  md: ['markdown', 'Markdown (raw)', 'text/markdown'],
  csv: ['csv', 'CSV', 'text/csv'],
  json: ['json', 'JSON', 'application/json'],
  js: ['javascript', 'JavaScript/JSON', 'text/javascript'],
  ts: ['typescript', 'TypeScript', 'text/plain'],
  py: ['python', 'Python', 'text/x-python'],
  html: ['html', 'HTML', 'text/html'],
  png: ['png', 'PNG', 'image/png'],
  jpg: ['jpg', 'JPEG', 'image/jpeg'],
  jpeg: ['jpg', 'JPEG', 'image/jpeg'],
  gif: ['gif', 'GIF', 'image/gif'],
  pdf: ['pdf', 'PDF', 'application/pdf'],
  zip: ['zip', 'Zip', 'application/zip'],
}
const UNKNOWN = ['binary', 'Binary', 'application/octet-stream'] as const
const TEXTUAL = /^text\/|json$/

export function mediaTypeOf(name: string): string {
  return typeOf(name)[2]
}

function typeOf(name: string): readonly [string, string, string] {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  return (Object.hasOwn(TYPES, extension) ? TYPES[extension] : undefined) ?? UNKNOWN
}

/** A file as Slack describes one; a deleted file is only a tombstone. */
export function fileShape(store: SlackStore, file: FileRow): Shape {
  if (file.deleted) return { id: file.id, mode: 'tombstone' }
  const [filetype, pretty, mimetype] = typeOf(file.name)
  const { domain } = store.team(file.teamId)
  const open = sharedIn(store, file, 'public')
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype,
    filetype,
    pretty_type: pretty,
    user: file.userId,
    user_team: file.teamId,
    editable: TEXTUAL.test(mimetype),
    size: file.size,
    mode: TEXTUAL.test(mimetype) ? 'snippet' : 'hosted',
    is_external: false,
    external_type: '',
    is_public: Object.keys(open).length > 0,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    ...(file.altText ? { alt_txt: file.altText } : {}),
    ...addresses(store, file),
    permalink: `https://${domain}.slack.com/files/${file.userId}/${file.id}/${encodeURIComponent(file.name.toLowerCase())}`,
    comments_count: 0,
    ...places(open, sharedIn(store, file, 'private', 'mpim'), sharedIn(store, file, 'im')),
  }
}

/** Requires a token. */
function addresses({ origin }: SlackStore, { teamId, id, name }: FileRow): Shape {
  const at = `${origin}/files-pri/${teamId}-${id}`
  return { url_private: `${at}/${encodeURIComponent(name)}`, url_private_download: `${at}/download/${encodeURIComponent(name)}` }
}

/** Where it was shared: conversations by kind, with the messages in each. */
function places(open: Shares, closed: Shares, direct: Shares): Shape {
  const shares = { ...closed, ...direct }
  return {
    channels: Object.keys(open),
    groups: Object.keys(closed),
    ims: Object.keys(direct),
    shares: {
      ...(Object.keys(open).length > 0 ? { public: open } : {}),
      ...(Object.keys(shares).length > 0 ? { private: shares } : {}),
    },
  }
}

type Shares = Record<string, Shape[]>

function sharedIn(store: SlackStore, { shares }: FileRow, ...kinds: ChannelKind[]): Shares {
  const found: Shares = {}
  for (const { channelId, ts } of shares) {
    const kind = store.channel(channelId)?.kind
    if (!kind || !kinds.includes(kind)) continue
    found[channelId] ??= []
    found[channelId].push({ ts, reply_users: [], reply_users_count: 0, reply_count: 0 })
  }
  return found
}
