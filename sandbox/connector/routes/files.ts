import { randomUUID } from 'node:crypto'
import multipart from '@fastify/multipart'
import { detail } from '../service/errors'
import { envelope, invalidParameter } from '../service/http'
import type { Routes } from '../service/service'

interface Upload {
  content: Buffer
  name: string
  partType: string
  fields: Record<string, string>
}

const TYPES: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  csv: 'text/csv',
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html',
  pdf: 'application/pdf',
  zip: 'application/zip',
  png: 'image/png',
  gz: 'application/gzip',
}
const OCTETS = 'application/octet-stream'
const LONGEST_SUFFIX = 16

/** Files for a run to read: stored under a name of the app's own, described in camelCase. */
export const fileRoutes: Routes = async (app, { service }) => {
  await app.register(multipart)
  app.post('/workflows/v1/file', async (request) => {
    const upload = request.isMultipart() ? await received(request.parts()) : undefined
    if (!upload) throw invalidParameter({ type: 'missing', loc: ['body', 'file'], msg: 'Field required', input: null })
    const { objects } = service.infrastructure
    if (!objects) throw detail(503, 'Storage not configured')
    const data = described(upload)
    objects.put(data.key, upload.content)
    return envelope(true, data, 'File uploaded successfully')
  })
}

async function received(parts: AsyncIterable<Part>): Promise<Upload | undefined> {
  const fields: Record<string, string> = {}
  let file: Omit<Upload, 'fields'> | undefined
  for await (const part of parts) {
    if (part.type === 'field') fields[part.fieldname] = String(part.value)
    else if (part.fieldname === 'file') file = { content: await part.toBuffer(), name: part.filename, partType: part.mimetype }
    else await part.toBuffer()
  }
  return file && { ...file, fields }
}

type Part =
  | { type: 'field'; fieldname: string; value: unknown }
  | { type: 'file'; fieldname: string; filename: string; mimetype: string; toBuffer(): Promise<Buffer> }

function described({ content, name, partType, fields }: Upload) {
  const id = randomUUID()
  const rawName = fields.filename || name || id
  const extension = suffixOf(rawName)
  const fileName = extension ? `${id}.${extension}` : id
  const now = Date.now()
  return {
    id,
    version: '1',
    isActive: true,
    createdAt: now,
    updatedAt: now,
    fileName,
    rawName,
    key: `${fields.prefix || 'workflow_file_upload'}/${fileName}`,
    extension,
    contentType: fields.contentType || typeOf(partType, extension),
    fileSize: content.length,
    isUploaded: true,
    uploadedAt: now,
  }
}

/** The part's own type, else a guess from the name. The parser calls plain text what came without a type, as Python's clients send it. */
function typeOf(partType: string, extension: string): string {
  if (partType && partType !== 'text/plain') return partType
  return TYPES[extension.toLowerCase()] ?? OCTETS
}

/** What follows the last dot, letters and digits only, at most sixteen of them, as they were written. */
function suffixOf(name: string): string {
  const at = name.lastIndexOf('.')
  return at <= 0
    ? ''
    : name
        .slice(at + 1)
        .replace(/[^a-zA-Z0-9]/g, '')
        .slice(0, LONGEST_SUFFIX)
}
