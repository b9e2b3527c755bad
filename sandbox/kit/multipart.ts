/** One part of a form, as it was sent. */
export interface Part {
  name: string
  /** A part of the body's own memory, not a copy. */
  content: Buffer
  /** Absent where the part is no file; may be empty. */
  filename: string | undefined
  /** Absent where the sender gave none. */
  type: string | undefined
}

/** Why a body is not a valid form. */
export class MalformedMultipart extends Error {}

const END_OF_HEADERS = Buffer.from('\r\n\r\n')
const INVALID = 'Invalid multipart data.'

export function isMultipart(contentType = ''): boolean {
  return /^multipart\/form-data\b/i.test(contentType)
}

/** The parts of a multipart form in their order. @throws MalformedMultipart */
export function parseMultipart(body: Buffer, contentType = ''): Part[] {
  const boundary = parameterOf(contentType, 'boundary')
  if (!boundary) throw new MalformedMultipart('Missing boundary in multipart.')
  return split(body, `--${boundary}`).map(partOf)
}

function split(body: Buffer, delimiter: string): Buffer[] {
  const parts: Buffer[] = []
  let at = body.indexOf(delimiter)
  if (at !== 0 && body.subarray(0, at).toString() !== '\r\n') throw new MalformedMultipart(INVALID)
  for (;;) {
    const from = at + delimiter.length
    if (body.subarray(from, from + 2).toString() === '--') return parts
    const next = body.indexOf(`\r\n${delimiter}`, from)
    if (next < 0 || body.subarray(from, from + 2).toString() !== '\r\n') throw new MalformedMultipart(INVALID)
    parts.push(body.subarray(from + 2, next))
    at = next + 2
  }
}

function partOf(part: Buffer): Part {
  const end = part.indexOf(END_OF_HEADERS)
  if (end < 0) throw new MalformedMultipart(INVALID)
  const headers = new Map(part.subarray(0, end).toString('utf8').split('\r\n').map(headerOf))
  const disposition = headers.get('content-disposition') ?? ''
  const name = parameterOf(disposition, 'name')
  if (name === undefined) throw new MalformedMultipart('The Content-Disposition header field "name" must be provided.')
  return {
    name,
    content: part.subarray(end + END_OF_HEADERS.length),
    filename: extendedOf(disposition) ?? parameterOf(disposition, 'filename'),
    type: headers.get('content-type'),
  }
}

function headerOf(line: string): [name: string, value: string] {
  const at = line.indexOf(':')
  return [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()]
}

/** A parameter of a header, quoted or not. */
function parameterOf(header: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}=(?:"((?:\\\\.|[^"\\\\])*)"|([^;]*))`, 'i').exec(header)
  return found?.[1]?.replace(/\\(["\\])/g, '$1') ?? found?.[2]?.trim()
}

/** A file name beyond ASCII as older clients encode it. */
function extendedOf(disposition: string): string | undefined {
  const encoded = /;\s*filename\*=utf-8'[^']*'([^;]*)/i.exec(disposition)?.[1]
  if (encoded === undefined) return undefined
  try {
    return decodeURIComponent(encoded.trim())
  } catch {
    throw new MalformedMultipart(INVALID)
  }
}
