import { existsSync, readFileSync, statSync } from 'node:fs'
import { before, describe, test } from 'node:test'
import { expect } from 'chai'
import { type Shell, shell } from '../../support/connector'

const CONFIG = 'persistent-artifacts/apps/test'

let app: Shell
before(async () => {
  app = await shell()
})

const storeless = () => shell({ infrastructure: ({ objects: _none, ...made }) => made })

describe('configuration documents', () => {
  // CON-413, CON-414, CON-514, CON-265
  test('a post is echoed, stored under its type and id, and read again', async () => {
    const saved = await app.post('/config/nightly', { a: [1] })
    expect([saved.status, saved.body]).to.deep.equal([
      200,
      { success: true, data: { a: [1] }, message: 'Workflow configuration updated successfully' },
    ])
    expect(app.infrastructure.objects?.keys()).to.include(`${CONFIG}/workflows/nightly/config.json`)
    const read = await app.get('/config/nightly')
    expect([read.status, read.body]).to.deep.equal([
      200,
      { success: true, data: { a: [1] }, message: 'Workflow configuration fetched successfully' },
    ])
  })

  // CON-556
  test('a post replaces the whole', async () => {
    await app.post('/config/whole', { a: 1, b: 2 })
    await app.post('/config/whole', { b: 3 })
    expect((await app.get('/config/whole')).body.data).to.deep.equal({ b: 3 })
  })

  // CON-557
  test('types share nothing', async () => {
    await app.post('/config/shared?type=credentials', { secret: false })
    expect((await app.get('/config/shared')).status).to.equal(404)
    expect((await app.get('/config/shared?type=credentials')).body.data).to.deep.equal({ secret: false })
  })

  // CON-533
  for (const document of ['[1,2]', '"text"', '7', 'true']) {
    test(`any JSON: ${document}`, async () => {
      expect((await app.post('/config/any', document)).body.data).to.deep.equal(JSON.parse(document))
      expect((await app.get('/config/any')).body.data).to.deep.equal(JSON.parse(document))
    })
  }

  test('no JSON: a plain 500', async () => {
    const { status, text } = await app.post('/config/any', '{')
    expect([status, text]).to.deep.equal([500, 'Internal Server Error'])
  })

  // CON-412, CON-515, CON-558
  test('never saved, or emptied: 404 naming the id', async () => {
    expect((await app.post('/config/emptied', 'null')).body).to.deep.include({ success: true, data: null })
    for (const id of ['never', 'emptied']) {
      const { status, body } = await app.get(`/config/${id}`)
      expect([status, body]).to.deep.equal([404, { detail: `Config not found: ${id}` }])
    }
  })

  // CON-410, CON-411
  test('no object store: 503', async () => {
    const bare = await storeless()
    for (const answer of [await bare.get('/config/a'), await bare.post('/config/a', {})]) {
      expect([answer.status, answer.body]).to.deep.equal([503, { detail: 'No object store configured' }])
    }
  })

  const names: [what: string, id: string, status: number][] = [
    // CON-284
    ['letters, digits, dash and underscore', 'aZ09-_', 404],
    ['128 of them', 'a'.repeat(128), 404],
    // CON-280, CON-281
    ['a dot', 'a.b', 422],
    ['a blank', 'a%20b', 422],
    ['129 letters', 'a'.repeat(129), 422],
    ['a slash', 'a/b', 404],
    ['an encoded slash', 'a%2Fb', 404],
    ['nothing', '', 404],
  ]
  for (const [what, id, status] of names) {
    test(`an id of ${what}`, async () => {
      const read = await app.get(`/config/${id}`)
      expect(read.status).to.equal(status)
      if (status === 422) {
        expect((await app.post(`/config/${id}`, {})).status).to.equal(422)
        expect(read.body.detail[0]).to.include({ type: 'string_pattern_mismatch', input: decodeURIComponent(id) })
        expect(read.body.detail[0].loc).to.deep.equal(['path', 'config_id'])
      }
    })
  }

  // CON-282, CON-283
  test('a type of other signs: 422 on both', async () => {
    for (const answer of [await app.get('/config/a?type=a.b'), await app.post('/config/a?type=a/b', {})]) {
      expect([answer.status, answer.body.detail[0].loc]).to.deep.equal([422, ['query', 'type']])
    }
  })
})

describe('the local vault', () => {
  const credentials = { host: 'h', port: 5432, username: 'u', password: 'p', extra: { database: 'd' }, url: 'x' }

  // CON-347, CON-349, CON-350, CON-559
  test('secrets go to a file of their own, the rest to the configuration', async () => {
    const { status, body } = await app.post('/dev/local-vault', credentials)
    expect([status, body.success, body.message]).to.deep.equal([200, true, 'Credentials provisioned successfully'])
    const guid = body.data.credential_guid
    expect(guid).to.match(/^[0-9a-f]{32}$/)
    const { path } = app.infrastructure.secrets
    expect(JSON.parse(readFileSync(path, 'utf8'))[guid]).to.deep.equal({
      username: 'u',
      password: 'p',
      extra: { database: 'd' },
      url: 'x',
    })
    expect(statSync(path).mode & 0o777, 'who may read it').to.equal(0o600)
    expect((await app.get(`/config/${guid}?type=credentials`)).body.data).to.deep.equal({
      credentialSource: 'direct',
      host: 'h',
      port: 5432,
    })
  })

  // CON-348
  test('closed outside the local deployment', async () => {
    const away = await shell({ infrastructure: (made) => ({ ...made, deployment: 'production' }) })
    const { status, body } = await away.post('/dev/local-vault', credentials)
    expect([status, body]).to.deep.equal([403, { detail: 'Dev-only endpoint' }])
    expect(existsSync(away.infrastructure.secrets.path)).to.equal(false)
  })

  // CON-351, CON-352
  test('an empty object is taken; so is any without an object store', async () => {
    expect((await app.post('/dev/local-vault', {})).status).to.equal(200)
    const bare = await storeless()
    const { status, body } = await bare.post('/dev/local-vault', credentials)
    expect(status).to.equal(200)
    expect(bare.infrastructure.secrets.get(body.data.credential_guid)).to.include({ password: 'p' })
  })
})

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
