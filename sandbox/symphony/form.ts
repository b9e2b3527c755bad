import type { FastifyRequest } from 'fastify'
import { badRequest } from './errors'
import type { Draft, DraftFile } from './posting'

/** Bytes of all attachments of one message together. */
export const LARGEST = 30 * 1024 * 1024

/** Reads the parts of a message: `message`, `data`, `version`, `attachment` and `preview`. @throws 400 */
export async function draftFrom(request: FastifyRequest): Promise<Draft> {
  if (!request.isMultipart()) throw badRequest('The message must be sent as multipart/form-data')
  const texts = new Map<string, string>()
  const files: Record<'attachment' | 'preview', DraftFile[]> = { attachment: [], preview: [] }
  let size = 0
  for await (const part of partsOf(request)) {
    if (part.type === 'field') texts.set(part.fieldname, String(part.value))
    else {
      const bytes = await part.toBuffer()
      size += bytes.length
      if (part.fieldname === 'attachment' || part.fieldname === 'preview')
        files[part.fieldname].push({ name: part.filename, bytes })
      else texts.set(part.fieldname, bytes.toString())
    }
  }
  if (size > LARGEST) throw badRequest(`The attachments are too large: ${size} bytes, the limit is ${LARGEST}`)
  const message = texts.get('message')
  if (message === undefined) throw badRequest('Error parsing message: the message cannot be null or empty')
  const data = texts.get('data')
  return { message, files: files.attachment, previews: files.preview, ...(data === undefined ? {} : { data }) }
}

/** @throws 400 where the body is not the form it says it is */
async function* partsOf(request: FastifyRequest) {
  try {
    yield* request.parts()
  } catch (error) {
    throw badRequest(`The form cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}
