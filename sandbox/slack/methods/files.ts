import { z } from 'zod'
import { conversation, readableFile, requireMember } from '../access'
import { type Call, type Methods, method } from '../context'
import { invalidArguments, refused } from '../errors'
import type { ChannelRow, FileRow } from '../model'
import { announce, keptText, threadParent } from '../posting'
import { fileShape } from '../shapes-file'

const LARGEST = 1_024 ** 3
const LONGEST_ALT_TEXT = 1_000
const CHANNEL_ID = /^[CDG][A-Z0-9]{5,}$/

const uploads = z.array(z.looseObject({ id: z.string() })).min(1)

export const fileMethods: Methods = {
  'files.getUploadURLExternal': method({ tier: 'T4', scopes: ['files:write'], writes: true }, ({ store, caller, args }) => {
    const name = args.text('filename')
    const size = args.text('length')
    if (name === undefined || size === undefined) throw refused('missing_argument')
    if (!/^\d+$/.test(size) || Number(size) === 0) throw invalidArguments('must be greater than 0 [json-pointer:/length]')
    if (caller.team.filesDisabled) throw refused('file_uploads_disabled')
    if (Number(size) > LARGEST) throw refused('file_upload_size_restricted')
    const altText = args.text('alt_txt') ?? ''
    if (altText.length > LONGEST_ALT_TEXT) throw refused('alt_txt_too_large')
    const id = store.id('F')
    const ticket = store.secret()
    const who = { teamId: caller.team.id, userId: caller.user.id, created: store.now() }
    const blank = { title: name, content: null, done: false, deleted: false, shares: [] }
    store.data.files.set(id, { ...who, ...blank, id, name, altText, size: Number(size), ticket })
    return { upload_url: `${store.origin}/upload/v1/${ticket}`, file_id: id }
  }),
  'files.completeUploadExternal': method({ tier: 'T4', scopes: ['files:write'], writes: true }, (call) => {
    const { args, store } = call
    const complain = () => invalidArguments('must be an array of objects with an id [json-pointer:/files]')
    const named = args.json('files', complain)
    if (named === undefined) throw invalidArguments('missing required field: files')
    const { success, data: wanted } = uploads.safeParse(named)
    if (!success) throw complain()
    const files = wanted.map(({ id }) => uploaded(call, id))
    const channels = destinations(call)
    for (const [index, { title }] of wanted.entries()) {
      const file = files[index]
      if (file) Object.assign(file, { done: true, ...(typeof title === 'string' && title ? { title } : {}) })
    }
    for (const channel of channels) share(call, channel, files)
    return { files: files.map((file) => fileShape(store, file)) }
  }),
  'files.delete': method({ tier: 'T3', scopes: ['files:write'], writes: true }, ({ store, caller, args }) => {
    const file = store.file(caller.team.id, args.need('file'))
    if (!file?.done) throw refused('file_not_found')
    if (file.deleted) throw refused('file_deleted')
    if (file.userId !== caller.user.id) throw refused('cant_delete_file')
    Object.assign(file, { deleted: true, content: null })
    return {}
  }),
  /** Retired: the two calls above replace it. */
  'files.upload': method({ tier: 'T2' }, () => {
    throw refused('method_deprecated')
  }),
  'files.info': method({ tier: 'T4', scopes: ['files:read'] }, ({ store, caller, args }) => {
    const file = readableFile(store, caller, args.need('file'))
    if (!file?.done) throw refused('file_not_found')
    if (file.deleted) throw refused('file_deleted')
    return { file: fileShape(store, file), comments: [], response_metadata: { next_cursor: '' } }
  }),
}

/** @throws file_not_found before the bytes were uploaded, access_denied for another account's file */
function uploaded({ store, caller }: Call, id: string): FileRow {
  const file = store.file(caller.team.id, id)
  if (!file || file.deleted || file.content === null) throw refused('file_not_found')
  if (file.userId !== caller.user.id) throw refused('access_denied')
  return file
}

function destinations(call: Call): ChannelRow[] {
  const { store, args } = call
  const ids = [...new Set([...args.list('channel_id'), ...args.list('channels')])]
  return ids.map((id) => {
    if (!CHANNEL_ID.test(id)) throw refused('invalid_channel')
    const channel = conversation(call, id)
    requireMember(call, channel)
    if (channel.policy === 'no-files' || channel.policy === 'read-only' || channel.archived)
      throw refused('posting_to_channel_denied')
    if (args.has('thread_ts')) threadParent(store, channel, args.need('thread_ts'))
    return channel
  })
}

function share(call: Call, channel: ChannelRow, files: readonly FileRow[]): void {
  const { args, store, caller } = call
  const threadTs = args.text('thread_ts')
  const ts = store.ts()
  for (const file of files) file.shares.push({ channelId: channel.id, ts })
  announce(call, channel, {
    ts,
    userId: caller.user.id,
    appId: caller.token.kind === 'bot' ? caller.app.id : undefined,
    subtype: 'file_share',
    text: keptText(call, args.text('initial_comment') ?? ''),
    threadTs: threadTs && threadParent(store, channel, threadTs).ts,
    fileIds: files.map(({ id }) => id),
  })
}
