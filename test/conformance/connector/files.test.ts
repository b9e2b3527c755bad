import { before, describe, test } from 'node:test'
import { expect } from 'chai'
import { type Shell, shell } from '../../support/connector'

let app: Shell
before(async () => {
  app = await shell()
})

const storeless = () => shell({ infrastructure: ({ objects: _none, ...made }) => made })

describe('uploaded files', () => {
  const form = (name: string, fields: Record<string, string> = {}, type = ''): FormData => {
    const made = new FormData()
    for (const [key, value] of Object.entries(fields)) made.set(key, value)
    made.set('file', new Blob(['hello'], { type }), name)
    return made
  }
  const send = (to: Shell, body?: unknown) => to.ask('POST', '/workflows/v1/file', body)

  // CON-387, CON-516
  test('described in camel case, and in the store under their key', async () => {
    const { status, body } = await send(app, form('report.csv', {}, 'text/csv'))
    expect([status, body.success, body.message]).to.deep.equal([200, true, 'File uploaded successfully'])
    const { id, createdAt, updatedAt, uploadedAt, ...rest } = body.data
    expect(id).to.match(/^[0-9a-f-]{36}$/)
    for (const at of [createdAt, updatedAt, uploadedAt]) expect(at).to.be.closeTo(Date.now(), 5_000)
    expect(rest).to.deep.equal({
      version: '1',
      isActive: true,
      fileName: `${id}.csv`,
      rawName: 'report.csv',
      key: `workflow_file_upload/${id}.csv`,
      extension: 'csv',
      contentType: 'text/csv',
      fileSize: 5,
      isUploaded: true,
    })
    expect(Buffer.from(app.infrastructure.objects?.get(rest.key) ?? []).toString()).to.equal('hello')
  })

  // CON-388
  test('a name, a prefix and a type of one’s own', async () => {
    const { data } = (await send(app, form('a.csv', { filename: 'b.json', prefix: 'mine', contentType: 'x/y' }))).body
    expect([data.rawName, data.extension, data.contentType]).to.deep.equal(['b.json', 'json', 'x/y'])
    expect(data.key).to.match(/^mine\/[0-9a-f-]{36}\.json$/)
  })

  const suffixes: [name: string, extension: string][] = [
    // CON-560
    ['a.tar.GZ', 'GZ'],
    ['plain', ''],
    // CON-389
    ['a.c$s/../v', 'v'],
    ['b.j$s;on', 'json'],
    ['c.abcdefghijklmnopqrst', 'abcdefghijklmnop'],
  ]
  for (const [name, extension] of suffixes) {
    test(`the suffix of ${name}`, async () => {
      const { data } = (await send(app, form('x', { filename: name }))).body
      expect(data.extension).to.equal(extension)
      expect(data.fileName).to.equal(extension === '' ? data.id : `${data.id}.${extension}`)
    })
  }

  // CON-390
  test('octets where nothing tells the type', async () => {
    expect((await send(app, form('plain'))).body.data.contentType).to.equal('application/octet-stream')
  })

  // CON-561
  test('no file: 422', async () => {
    const empty = new FormData()
    empty.set('prefix', 'x')
    for (const body of [empty, undefined]) {
      const { status, body: told } = await send(app, body)
      expect([status, told.detail[0].type, told.detail[0].loc]).to.deep.equal([422, 'missing', ['body', 'file']])
    }
  })

  // CON-386
  test('no store: 503', async () => {
    const { status, body } = await send(await storeless(), form('a.csv'))
    expect([status, body]).to.deep.equal([503, { detail: 'Storage not configured' }])
  })
})
