import type { FastifyRequest } from 'fastify'
import { MalformedMultipart, type Part, parseMultipart } from '../../kit/multipart'
import { invalidField, refuse } from '../errors'
import { parseJson } from '../json'

export interface Upload {
  /** The number in `files[n]`, by which the body's attachments refer to it. */
  key: string
  filename: string
  contentType: string
  bytes: Buffer
}

const MEBI = 1_024 * 1_024
/** All files of a message together. */
const LARGEST_UPLOAD = 25 * MEBI
/** Allowance for the payload and the headers of the form's parts. */
export const LARGEST_BODY = LARGEST_UPLOAD + MEBI
const LARGEST_FILE = 10 * MEBI
const MOST_FILES = 10
const PAYLOAD = 'payload_json'

/**
 * The body of a request, as JSON or as a multipart form: there `payload_json` contains the JSON and `files[n]` the files; single
 * fields may also be parts of their own.
 * @throws 400/50109; 400/50035; 413/40005
 */
export function formOf({ body, headers }: FastifyRequest): { body: unknown; uploads: Upload[] } {
  if (!Buffer.isBuffer(body)) return { body, uploads: [] }
  const uploads: Upload[] = []
  const fields: Record<string, unknown> = {}
  let payload: unknown
  for (const part of partsOf(body, headers['content-type'])) {
    // The payload is JSON, whatever type the client declares for it.
    if (part.name === PAYLOAD) payload = parseJson(part.content.toString())
    else if (isFile(part)) uploads.push(fileOf(part, uploads.length))
    else fields[part.name] = part.content.toString()
  }
  const total = uploads.reduce((all, { bytes }) => all + bytes.length, 0)
  if (total > LARGEST_UPLOAD || uploads.some(({ bytes }) => bytes.length > LARGEST_FILE)) throw refuse('tooLarge')
  if (uploads.length > MOST_FILES)
    throw invalidField('files', 'BASE_TYPE_MAX_LENGTH', `Must be ${MOST_FILES} or fewer in length.`)
  return { body: payload ?? fields, uploads }
}

function partsOf(body: Buffer, contentType: string | undefined): Part[] {
  try {
    return parseMultipart(body, contentType)
  } catch (error) {
    throw error instanceof MalformedMultipart ? refuse('malformed') : error
  }
}

const isFile = ({ filename, type }: Part): boolean => filename !== undefined || type === 'application/octet-stream'

function fileOf({ name, filename, type, content }: Part, place: number): Upload {
  const key = /^files?\[(\d+)\]$/.exec(name)?.[1] ?? String(place)
  return { key, filename: safeName(filename), contentType: typeOf(filename, type ?? 'text/plain'), bytes: content }
}

/** Only the last segment of a path; blanks become underscores, other special characters are removed. */
export function safeName(filename: string | undefined): string {
  const name = (filename ?? '').split(/[\\/]/).at(-1) ?? ''
  return name.replaceAll(' ', '_').replace(/[^\p{L}\p{N}._-]/gu, '') || 'unknown'
}

const BY_ENDING: Readonly<Record<string, string>> = {
  txt: 'text/plain; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  png: 'image/png',
  gif: 'image/gif',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  pdf: 'application/pdf',
}

function typeOf(filename: string | undefined, declared: string): string {
  const ending = (filename ?? '').split('.').at(-1)?.toLowerCase() ?? ''
  return BY_ENDING[ending] ?? declared
}
