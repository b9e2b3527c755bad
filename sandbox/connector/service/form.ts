import { detail } from './errors'

/** A file as it came in a form. */
export interface FormFile {
  content: Buffer
  /** As the sender wrote it, folders included; may be empty. */
  name: string
  /** As the sender wrote it; absent where it said nothing. */
  type?: string | undefined
}

/** What a form holds, by field; of a field that comes several times the last one counts. */
export type Form = ReadonlyMap<string, string | FormFile>

const NAMED = 'multipart/form-data'
const END = Buffer.from('\r\n\r\n')

/**
 * The fields of a form that was posted, files among them; nothing where the body is no form. The parts' own words are kept: an app
 * guesses a type only where a part tells none, which parsers that fill one in would hide.
 * @throws Refusal 400 where the body is not what its content type says
 */
export function formOf(body: Buffer, contentType = ''): Form {
  if (contentType.toLowerCase().startsWith('application/x-www-form-urlencoded'))
    return new Map(new URLSearchParams(body.toString('utf8')))
  if (!contentType.toLowerCase().startsWith(NAMED)) return new Map()
  const boundary = parameterOf(contentType, 'boundary')
  if (!boundary) throw detail(400, 'Missing boundary in multipart.')
  return new Map(partsOf(body, `--${boundary}`).map(fieldOf))
}

function partsOf(body: Buffer, delimiter: string): Buffer[] {
  const parts: Buffer[] = []
  let at = body.indexOf(delimiter)
  if (at !== 0 && body.subarray(0, at).toString() !== '\r\n') throw invalid()
  for (;;) {
    const from = at + delimiter.length
    if (body.subarray(from, from + 2).toString() === '--') return parts
    const next = body.indexOf(`\r\n${delimiter}`, from)
    if (next < 0 || body.subarray(from, from + 2).toString() !== '\r\n') throw invalid()
    parts.push(body.subarray(from + 2, next))
    at = next + 2
  }
}

function fieldOf(part: Buffer): [name: string, value: string | FormFile] {
  const end = part.indexOf(END)
  if (end < 0) throw invalid()
  const headers = new Map(part.subarray(0, end).toString('utf8').split('\r\n').map(headerOf))
  const disposition = headers.get('content-disposition') ?? ''
  const name = parameterOf(disposition, 'name')
  if (name === undefined) throw detail(400, 'The Content-Disposition header field "name" must be provided.')
  const content = Buffer.from(part.subarray(end + END.length))
  const file = extendedOf(disposition) ?? parameterOf(disposition, 'filename')
  if (file === undefined) return [name, content.toString('utf8')]
  return [name, { content, name: withoutDrive(file), type: headers.get('content-type') }]
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

/** A file's name beyond ASCII as older clients encode it. */
function extendedOf(disposition: string): string | undefined {
  const encoded = /;\s*filename\*=utf-8'[^']*'([^;]*)/i.exec(disposition)?.[1]
  return encoded === undefined ? undefined : decodeURIComponent(encoded.trim())
}

/** Old browsers on Windows send whole paths. */
function withoutDrive(name: string): string {
  return /^([a-z]:\\|\\\\)/i.test(name) ? (name.split('\\').at(-1) ?? name) : name
}

const invalid = () => detail(400, 'Invalid multipart data.')
