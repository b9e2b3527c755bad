import type { FileRow } from './model'
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
    is_public: sharesOf(store, file, 'public').length > 0,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    ...(file.altText ? { alt_txt: file.altText } : {}),
    ...addresses(store, file),
    permalink: `https://${domain}.slack.com/files/${file.userId}/${file.id}/${encodeURIComponent(file.name.toLowerCase())}`,
    comments_count: 0,
    ...places(store, file),
  }
}

/** Requires a token. */
function addresses({ origin }: SlackStore, { teamId, id, name }: FileRow): Shape {
  const at = `${origin}/files-pri/${teamId}-${id}`
  return { url_private: `${at}/${encodeURIComponent(name)}`, url_private_download: `${at}/download/${encodeURIComponent(name)}` }
}

function places(store: SlackStore, file: FileRow): Shape {
  const ids = (kind: 'public' | 'private' | 'im'): string[] => [
    ...new Set(sharesOf(store, file, kind).map(({ channelId }) => channelId)),
  ]
  const shared = (kind: 'public' | 'private' | 'im'): Shape =>
    Object.fromEntries(
      ids(kind).map((id) => [
        id,
        sharesOf(store, file, kind)
          .filter(({ channelId }) => channelId === id)
          .map(shareShape),
      ]),
    )
  return {
    channels: ids('public'),
    groups: ids('private'),
    ims: ids('im'),
    shares: {
      ...(ids('public').length > 0 ? { public: shared('public') } : {}),
      ...(ids('private').length + ids('im').length > 0 ? { private: { ...shared('private'), ...shared('im') } } : {}),
    },
  }
}

function shareShape({ ts }: { ts: string }): Shape {
  return { ts, reply_users: [], reply_users_count: 0, reply_count: 0 }
}

function sharesOf(store: SlackStore, file: FileRow, kind: 'public' | 'private' | 'im'): FileRow['shares'] {
  return file.shares.filter(({ channelId }) => {
    const found = store.channel(channelId)?.kind
    return found === kind || (kind === 'private' && found === 'mpim')
  })
}
