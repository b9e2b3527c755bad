import { before, describe, test } from 'node:test'
import { expect } from 'chai'
import { type Shell, shell } from './support/service'

let app: Shell
before(async () => {
  app = await shell()
})

const FILE = '/workflows/v1/file'

/** A form of one part, with the given head. */
const raw = (head: string) =>
  app.ask('POST', FILE, `--X\r\n${head}\r\n\r\nhello\r\n--X--\r\n`, { 'content-type': 'multipart/form-data; boundary=X' })

const storeless = () => shell({ infrastructure: ({ objects: _none, ...made }) => made })

describe('uploaded files', () => {
  const form = (name: string, fields: Record<string, string> = {}, type = ''): FormData => {
    const made = new FormData()
    for (const [key, value] of Object.entries(fields)) made.set(key, value)
    made.set('file', new Blob(['hello'], { type }), name)
    return made
  }
  const send = (to: Shell, body?: unknown) => to.ask('POST', FILE, body)

  // CON-387, CON-516
  test('described in camelCase, and stored under their key', async () => {
    const { status, body } = await send(app, form('report.csv', {}, 'text/csv'))
    expect([status, body.success, body.message]).to.deep.equal([200, true, 'File uploaded successfully'])
    const { id, createdAt, updatedAt, uploadedAt, ...rest } = body.data
    expect(id).to.match(/^[0-9a-f-]{36}$/)
    for (const at of [createdAt, updatedAt, Date.parse(uploadedAt)]) expect(at).to.be.closeTo(Date.now(), 5_000)
    expect(uploadedAt, 'a moment as Python writes it').to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/)
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
  test('a given name, prefix and type', async () => {
    const { data } = (await send(app, form('a.csv', { filename: 'b.json', prefix: 'mine', contentType: 'x/y' }))).body
    expect([data.rawName, data.extension, data.contentType]).to.deep.equal(['b.json', 'json', 'x/y'])
    expect(data.key).to.match(/^mine\/[0-9a-f-]{36}\.json$/)
  })

  const suffixes: [name: string, extension: string][] = [
    // CON-560
    ['a.tar.GZ', 'GZ'],
    ['plain', ''],
    // CON-389
    ['a.c$s/v', ''],
    ['a.d/b.cs!v', 'csv'],
    ['folder.x/.hidden', ''],
    ['a.', ''],
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

  const typed: [what: string, head: string, type: string][] = [
    ['as the part tells it', 'filename="a.csv"\r\nContent-Type: text/plain', 'text/plain'],
    ['letter for letter', 'filename="a.csv"\r\nContent-Type: Text/Plain; charset=utf-8', 'Text/Plain; charset=utf-8'],
    ['guessed where the part tells none', 'filename="a.csv"', 'text/csv'],
    ['guessed from within its packing', 'filename="a.csv.gz"', 'text/csv'],
    // CON-390
    ['octets where there is neither a type nor a suffix', 'filename="plain"', 'application/octet-stream'],
    ['octets where the name tells nothing', 'filename="a.b.unheard-of"', 'application/octet-stream'],
  ]
  for (const [what, head, type] of typed) {
    test(`the type ${what}`, async () => {
      expect((await raw(`Content-Disposition: form-data; name="file"; ${head}`)).body.data.contentType).to.equal(type)
    })
  }

  const named: [head: string, name: string][] = [
    ['filename=""', 'upload'],
    ['filename="a/b.csv"', 'a/b.csv'],
    ['filename="say \\"hi\\".csv"', 'say "hi".csv'],
    ['filename=plain.csv', 'plain.csv'],
    ['filename="é.csv"', 'é.csv'],
    ['filename="x"; filename*=utf-8\'\'%C3%A9.csv', 'é.csv'],
    ['filename="C:\\\\data\\\\b.csv"', 'b.csv'],
  ]
  for (const [head, name] of named) {
    test(`the name in ${head}`, async () => {
      expect((await raw(`Content-Disposition: form-data; name="file"; ${head}`)).body.data.rawName).to.equal(name)
    })
  }

  // CON-610
  test('a text instead of the file, or no form at all', async () => {
    const text = await raw('Content-Disposition: form-data; name="file"')
    expect([text.status, text.body.detail[0].type, text.body.detail[0].input]).to.deep.equal([422, 'value_error', 'hello'])
    const flat = await app.ask('POST', FILE, 'file=x', { 'content-type': 'application/x-www-form-urlencoded' })
    expect([flat.status, flat.body.detail[0].msg]).to.deep.equal([
      422,
      "Value error, Expected UploadFile, received: <class 'str'>",
    ])
    const broken = await app.ask('POST', FILE, 'nothing of the kind', { 'content-type': 'multipart/form-data; boundary=X' })
    expect([broken.status, broken.body]).to.deep.equal([400, { detail: 'Invalid multipart data.' }])
    const endless = await app.ask('POST', FILE, 'x', { 'content-type': 'multipart/form-data' })
    expect([endless.status, endless.body]).to.deep.equal([400, { detail: 'Missing boundary in multipart.' }])
  })

  for (const [prefix, status] of [
    ['/lead', 200],
    ['a b/é', 200],
    ['a//b', 500],
    ['a/', 500],
    ['../up', 500],
  ] as const) {
    test(`a prefix of ${prefix}`, async () => {
      const answer = await send(app, form('a.csv', { prefix }))
      expect(answer.status).to.equal(status)
      if (status === 500) expect(answer.text).to.equal('Internal Server Error')
      else expect(answer.body.data.key).to.equal(`${prefix}/${answer.body.data.fileName}`)
    })
  }

  // CON-561, CON-610
  test('no file: 422', async () => {
    const empty = new FormData()
    empty.set('prefix', 'x')
    for (const body of [empty, undefined]) {
      const { status, body: response } = await send(app, body)
      expect([status, response]).to.deep.equal([
        422,
        { detail: [{ type: 'missing', loc: ['body', 'file'], msg: 'Field required', input: null }] },
      ])
    }
  })

  // CON-386
  test('no store: 503', async () => {
    const { status, body } = await send(await storeless(), form('a.csv'))
    expect([status, body]).to.deep.equal([503, { detail: 'Storage not configured' }])
  })
})
