import { randomUUID } from 'node:crypto'
import { crashed, detail } from '../service/errors'
import { type Form, type FormFile, formOf } from '../service/form'
import { bytesOf, envelope, invalidParameters } from '../service/http'
import { typeOfName } from '../service/media-types'
import { momentOf } from '../service/python'
import type { Routes } from '../service/service'

const OCTETS = 'application/octet-stream'
const LONGEST_SUFFIX = 16

/** Files for a run to read: stored under a name of the app's own, described in camelCase. */
export const fileRoutes: Routes = async (app, { service }) => {
  app.post('/workflows/v1/file', async (request) => {
    const form = formOf(bytesOf(request), request.headers['content-type'])
    const file = fileIn(form)
    const { objects } = service.infrastructure
    if (!objects) throw detail(503, 'Storage not configured')
    const data = described(file, (name) => textIn(form, name))
    objects.put(keyOf(data.key), file.content)
    return envelope(true, data, 'File uploaded successfully')
  })
}

function fileIn(form: Form): FormFile {
  const file = form.get('file')
  const loc: [string, string] = ['body', 'file']
  if (file === undefined) throw invalidParameters({ type: 'missing', loc, msg: 'Field required', input: null })
  if (typeof file !== 'string') return file
  const msg = "Value error, Expected UploadFile, received: <class 'str'>"
  throw invalidParameters({ type: 'value_error', loc, msg, input: file, ctx: { error: {} } })
}

function textIn(form: Form, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

function described({ content, name, type }: FormFile, field: (name: string) => string) {
  const id = randomUUID()
  const rawName = field('filename') || name || 'upload'
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

/** What follows the last dot of the last part, letters and digits only, at most sixteen of them, as they were written. */
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

/** @throws Refusal the plain 500 an app answers for a key its object store does not take */
function keyOf(key: string): string {
  const parts = key.replace(/^\//, '').split('/')
  if (parts.some((part) => ['', '.', '..'].includes(part))) throw crashed()
  return key
}
