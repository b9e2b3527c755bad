import type { FastifyRequest } from 'fastify'
import { isMultipart, MalformedMultipart, type Part, parseMultipart } from '../kit/multipart'
import { badRequest } from './errors'
import type { Draft, DraftFile } from './posting'

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
