import type { FastifyRequest } from 'fastify'
import { Refusal } from '../../kit/refusal'
import { invalidField, refuse } from '../errors'
import { parseJson } from '../json'

export interface Upload {
  /** The number in `files[n]`, by which the body's attachments speak of it. */
  key: string
  filename: string
  contentType: string
  bytes: Buffer
}

export interface Form {
  body: unknown
  uploads: Upload[]
}

/** Requests of 25 MiB are still taken. */
export const LARGEST_REQUEST = 25 * 1_024 * 1_024
const MOST_FILES = 10
const LARGEST_FILE = 10 * 1_024 * 1_024
const PAYLOAD = 'payload_json'
/** One more than is allowed, to be refused by name, and the payload. */
const LIMITS = { fileSize: LARGEST_FILE, files: MOST_FILES + 2 }

/** The payload counts as one too, whatever type a client declares for it: its bytes are wanted as they came. */
const isPartAFile = (field?: string, type?: string, filename?: string): boolean =>
  field === PAYLOAD || filename !== undefined || type === 'application/octet-stream'

/**
 * What a request says, as JSON or as a multipart form: there the JSON stands in `payload_json`, files in `files[n]`, and single
 * fields may stand for themselves.
 * @throws 400/50109; 400/50035; 413/40005
 */
export async function formOf(request: FastifyRequest): Promise<Form> {
  if (!request.isMultipart()) return { body: request.body, uploads: [] }
  const uploads: Upload[] = []
  const fields: Record<string, unknown> = {}
  let payload: unknown
  try {
    for await (const part of request.parts({ limits: LIMITS, isPartAFile })) {
      if (part.type === 'field') fields[part.fieldname] = part.value
      else if (part.fieldname === PAYLOAD) payload = parseJson(String(await part.toBuffer()))
      else uploads.push(await fileOf(part, uploads.length))
      if (sizeOf(uploads) > LARGEST_REQUEST) throw refuse('tooLarge')
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw refuse(tooLarge(error) ? 'tooLarge' : 'malformed')
  }
  if (uploads.length > MOST_FILES)
    throw invalidField('files', 'BASE_TYPE_MAX_LENGTH', `Must be ${MOST_FILES} or fewer in length.`)
  return { body: payload ?? fields, uploads }
}

const sizeOf = (uploads: readonly Upload[]): number => uploads.reduce((all, { bytes }) => all + bytes.length, 0)

interface Part {
  fieldname: string
  filename: string
  mimetype: string
  toBuffer(): Promise<Buffer>
}

async function fileOf(part: Part, place: number): Promise<Upload> {
  const { fieldname, filename, mimetype } = part
  const bytes = await part.toBuffer()
  const key = /^files?\[(\d+)\]$/.exec(fieldname)?.[1] ?? String(place)
  return { key, filename: safeName(filename), contentType: typeOf(filename, mimetype), bytes }
}

/** Blanks become underscores; what a path would take for a folder goes. */
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

const tooLarge = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /TOO_LARGE|FILES_LIMIT|LIMIT/.test(String(error.code))
