import type { FastifyRequest } from 'fastify'
import { isMultipart, MalformedMultipart, type Part, parseMultipart } from '../kit/multipart'
import type { Symphony } from './context'
import { badRequest, forbidden } from './errors'
import { normalise } from './messageml/message'
import type { MessageRow, StreamRow, UserRow } from './model'
import { messageShape } from './shapes'
import { mayRead } from './store'

/** The parts of a message, as sent in a form. */
export interface Draft {
  message: string
  data?: string
  files: readonly DraftFile[]
  previews: readonly DraftFile[]
}

interface DraftFile {
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
  mayWrite(author, stream)
  const content = written(symphony, author, draft)
  const id = store.id(30)
  const message: MessageRow = {
    id,
    streamId: stream.id,
    authorId: author.id,
    at: store.now(),
    ...content,
    attachments: keepFiles(symphony, draft, { messageId: id, streamId: stream.id }),
    suppressedAt: null,
    replacedBy: null,
    ...inPlaceOf(replacement),
  }
  store.data.messages.set(id, message)
  if (replacement) replacement.old.replacedBy = id
  stream.lastMessageAt = message.at
  const payload = { messageSent: { message: messageShape(store, message) } }
  feeds.publish({ type: 'MESSAGESENT', by: author, payload, messageId: id }, stream.members.keys())
  return message
}

function inPlaceOf(replacement: Replacement | undefined) {
  if (!replacement) return { replacing: null, initialId: null, initialAt: null, silent: true }
  const { old, silent } = replacement
  return { replacing: old.id, initialId: old.initialId ?? old.id, initialAt: old.initialAt ?? old.at, silent }
}

function mayWrite(author: UserRow, stream: StreamRow): void {
  mayRead(author, stream)
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

/** Bytes of all attachments of one message together. */
export const LARGEST = 30 * 1024 * 1024

/** Reads the parts of a message: `message`, `data`, `version`, `attachment` and `preview`. @throws 400 */
export function draftFrom({ body, headers }: FastifyRequest): Draft {
  if (!isMultipart(headers['content-type'])) throw badRequest('The message must be sent as multipart/form-data')
  const parts = partsOf(body as Buffer | undefined, headers['content-type'])
  const size = parts.filter(({ filename }) => filename !== undefined).reduce((all, { content }) => all + content.length, 0)
  if (size > LARGEST) throw badRequest(`The attachments are too large: ${size} bytes, the limit is ${LARGEST}`)
  const textOf = (name: string): string | undefined => parts.findLast((part) => part.name === name)?.content.toString()
  const [message, data] = [textOf('message'), textOf('data')]
  if (message === undefined) throw badRequest('Error parsing message: the message cannot be null or empty')
  const [files, previews] = [filesIn(parts, 'attachment'), filesIn(parts, 'preview')]
  return { message, files, previews, ...(data === undefined ? {} : { data }) }
}

function filesIn(parts: readonly Part[], name: string): DraftFile[] {
  return parts.flatMap((part) =>
    part.name === name && part.filename !== undefined
      ? [{ name: part.filename.split(/[\\/]/).at(-1) ?? '', bytes: part.content }]
      : [],
  )
}

/** @throws 400 where the body is not a valid form */
function partsOf(body: Buffer | undefined, contentType: string | undefined): Part[] {
  try {
    return parseMultipart(body ?? Buffer.alloc(0), contentType)
  } catch (error) {
    throw error instanceof MalformedMultipart ? badRequest(`The form cannot be read: ${error.message}`) : error
  }
}
