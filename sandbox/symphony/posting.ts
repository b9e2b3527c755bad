import type { Symphony } from './context'
import { badRequest, forbidden } from './errors'
import { normalise } from './messageml/message'
import type { MessageRow, StreamRow, UserRow } from './model'
import { messageShape } from './shapes'

/** The parts of a message, as sent in a form. */
export interface Draft {
  message: string
  data?: string
  files: readonly DraftFile[]
  previews: readonly DraftFile[]
}

export interface DraftFile {
  name: string
  bytes: Buffer
}

/** The message that a new one replaces, and whether readers are not notified. */
export interface Replacement {
  old: MessageRow
  silent: boolean
}

/** Posts a message of the author. @throws 400 for bad MessageML, 403 for a stream to which the author may not write */
export function post(
  symphony: Symphony,
  author: UserRow,
  stream: StreamRow,
  draft: Draft,
  replacement?: Replacement,
): MessageRow {
  const { store, feeds } = symphony
  mayWrite(symphony, author, stream)
  const message = { ...newMessage(symphony, author, stream, draft), ...inPlaceOf(replacement) }
  store.data.messages.set(message.id, message)
  if (replacement) replacement.old.replacedBy = message.id
  stream.lastMessageAt = message.at
  const payload = { messageSent: { message: messageShape(store, message) } }
  feeds.publish({ type: 'MESSAGESENT', by: author, payload, messageId: message.id }, stream.members.keys())
  return message
}

type Replacing = Pick<MessageRow, 'replacing' | 'initialId' | 'initialAt' | 'silent'>

function inPlaceOf(replacement: Replacement | undefined): Replacing {
  if (!replacement) return { replacing: null, initialId: null, initialAt: null, silent: true }
  const { old, silent } = replacement
  return { replacing: old.id, initialId: old.initialId ?? old.id, initialAt: old.initialAt ?? old.at, silent }
}

function newMessage(symphony: Symphony, author: UserRow, stream: StreamRow, draft: Draft): Omit<MessageRow, keyof Replacing> {
  const { store } = symphony
  const content = written(symphony, author, draft)
  const id = store.id(30)
  return {
    id,
    streamId: stream.id,
    authorId: author.id,
    at: store.now(),
    ...content,
    attachments: keepFiles(symphony, draft, { messageId: id, streamId: stream.id }),
    suppressedAt: null,
    replacedBy: null,
  }
}

function mayWrite({ store }: Symphony, author: UserRow, stream: StreamRow): void {
  store.joined(author, stream)
  if (!stream.active) throw forbidden('The room is deactivated')
  if (stream.room?.readOnly && !stream.members.get(author.id)?.owner)
    throw forbidden('Only owners may write to this read-only room')
}

function written({ store }: Symphony, author: UserRow, { message, data }: Draft) {
  return normalise(message, data, {
    byId: (id) => store.someone(author, id),
    byEmail: (email) => store.podOf(author.pod).find((user) => user.emailAddress.toLowerCase() === email.toLowerCase()),
  })
}

function keepFiles({ store }: Symphony, { files, previews }: Draft, of: { messageId: string; streamId: string }) {
  if (previews.length > 0 && previews.length !== files.length) throw badRequest('There must be one preview for each attachment')
  const keep = (bytes: Buffer): string => {
    const id = store.id(30)
    store.data.attachments.set(id, { ...of, bytes })
    return id
  }
  return files.map(({ name, bytes }, place) => {
    const preview = previews[place]
    const images = preview ? [{ id: keep(preview.bytes), dimension: 'original' }] : []
    return { id: keep(bytes), name, size: bytes.length, images }
  })
}
