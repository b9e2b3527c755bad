import { randomUUID } from 'node:crypto'
import { invalid } from '../../kit/fastapi'
import { isMultipart, MalformedMultipart, type Part, parseMultipart } from '../../kit/multipart'
import { crashed, detail } from '../service/errors'
import { bytesOf, envelope } from '../service/http'
import { typeOfName } from '../service/media-types'
import { momentOf } from '../service/python'
import type { Routes } from '../service/route'

const OCTETS = 'application/octet-stream'
const LONGEST_SUFFIX = 16

/** Files for a run to read: stored under a generated name, described in camelCase. */
export const fileRoutes: Routes = async (app, { service }) => {
  app.post('/workflows/v1/file', async (request) => {
    const form = formOf(bytesOf(request), request.headers['content-type'])
    const file = fileIn(form)
    const { objects } = service.infrastructure
    if (!objects) throw detail(503, 'Storage not configured')
    const data = described(file, (name) => textIn(form, name))
    objects.putFile(keyOf(data.key), file.content)
    return envelope(true, data, 'File uploaded successfully')
  })
}

/** A form's parts by name; if a name is repeated, the last one counts. Undefined where the body is not a form. */
type Form = ReadonlyMap<string, string | Part>

function formOf(body: Buffer, contentType = ''): Form {
  if (/^application\/x-www-form-urlencoded/i.test(contentType)) return new Map(new URLSearchParams(body.toString('utf8')))
  if (!isMultipart(contentType)) return new Map()
  try {
    return new Map(
      parseMultipart(body, contentType).map((part) => [part.name, part.filename === undefined ? part.content.toString() : part]),
    )
  } catch (error) {
    throw error instanceof MalformedMultipart ? detail(400, error.message) : error
  }
}

function fileIn(form: Form): Part {
  const file = form.get('file')
  const loc = ['body', 'file']
  if (file === undefined) throw invalid({ type: 'missing', loc, msg: 'Field required', input: null })
  if (typeof file !== 'string') return file
  const msg = "Value error, Expected UploadFile, received: <class 'str'>"
  throw invalid({ type: 'value_error', loc, msg, input: file, ctx: { error: {} } })
}

function textIn(form: Form, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** Old browsers on Windows send whole paths. */
function withoutDrive(name = ''): string {
  return /^([a-z]:\\|\\\\)/i.test(name) ? (name.split('\\').at(-1) ?? name) : name
}

function described({ content, filename, type }: Part, field: (name: string) => string) {
  const id = randomUUID()
  const rawName = field('filename') || withoutDrive(filename) || 'upload'
  const extension = suffixOf(rawName)
  const fileName = extension ? `${id}.${extension}` : id
  const now = new Date()
  return {
    id,
    version: '1',
    isActive: true,
    createdAt: now.getTime(),
    updatedAt: now.getTime(),
    fileName,
    rawName,
    key: `${field('prefix') || 'workflow_file_upload'}/${fileName}`,
    extension,
    contentType: field('contentType') || type || typeOfName(rawName) || OCTETS,
    fileSize: content.length,
    isUploaded: true,
    uploadedAt: momentOf(now),
  }
}

/** The text after the last dot of the last part: letters and digits only, at most sixteen, in their original case. */
function suffixOf(name: string): string {
  const last = name.split('/').findLast((part) => part !== '' && part !== '.') ?? ''
  const at = last.lastIndexOf('.')
  return at <= 0
    ? ''
    : last
        .slice(at + 1)
        .replace(/[^a-zA-Z0-9]/g, '')
        .slice(0, LONGEST_SUFFIX)
}

/** @throws Refusal the plain 500 that an app returns for a key that its object store does not accept */
function keyOf(key: string): string {
  const parts = key.replace(/^\//, '').split('/')
  if (parts.some((part) => ['', '.', '..'].includes(part))) throw crashed()
  return key
}
