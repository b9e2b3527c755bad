import { before, describe, test } from 'node:test'
import { expect } from 'chai'
import { type Shell, shell } from './support/service'

const CONFIG = 'persistent-artifacts/apps/test'

let app: Shell
before(async () => {
  app = await shell()
})

const storeless = () => shell({ infrastructure: ({ objects: _none, ...made }) => made })

describe('configuration documents', () => {
  // CON-413, CON-414, CON-514
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
  test('a POST replaces the whole document', async () => {
    await app.post('/config/whole', { a: 1, b: 2 })
    await app.post('/config/whole', { b: 3 })
    expect((await app.get('/config/whole')).body.data).to.deep.equal({ b: 3 })
  })

  // CON-557
  test('types are independent', async () => {
    await app.post('/config/shared?type=credentials', { secret: false })
    expect((await app.get('/config/shared')).status).to.equal(404)
    expect((await app.get('/config/shared?type=credentials')).body.data).to.deep.equal({ secret: false })
  })

  // CON-533, CON-265
  for (const document of ['[1,2]', '"text"', '7', 'true']) {
    test(`any JSON: ${document}`, async () => {
      const [saved, read] = [await app.post('/config/any', document), await app.get('/config/any')]
      expect([saved.status, saved.text]).to.deep.equal([
        200,
        `{"success":true,"data":${document},"message":"Workflow configuration updated successfully"}`,
      ])
      expect([read.status, read.text]).to.deep.equal([
        200,
        `{"success":true,"data":${document},"message":"Workflow configuration fetched successfully"}`,
      ])
    })
  }

  test('no JSON: a plain 500', async () => {
    const { status, text } = await app.post('/config/any', '{')
    expect([status, text]).to.deep.equal([500, 'Internal Server Error'])
  })

  // CON-412, CON-515, CON-558
  test('not saved, or emptied: 404 with the id', async () => {
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

  const mismatch = (place: string, field: string, input: string) => ({
    detail: [
      {
        type: 'string_pattern_mismatch',
        loc: [place, field],
        msg: "String should match pattern '^[a-zA-Z0-9_\\-]{1,128}$'",
        input: decodeURIComponent(input),
        ctx: { pattern: '^[a-zA-Z0-9_\\-]{1,128}$' },
      },
    ],
  })
  const names: [what: string, id: string, status: number][] = [
    // CON-284
    ['letters, digits, dash and underscore', 'aZ09-_', 200],
    ['128 of them', 'a'.repeat(128), 200],
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
      const saved = await app.post(`/config/${id}`, { of: id })
      const read = await app.get(`/config/${id}`)
      expect([saved.status, read.status]).to.deep.equal([status, status])
      if (status === 200) expect(read.body.data).to.deep.equal({ of: id })
      if (status === 404) expect([saved.body, read.body]).to.deep.equal([{ detail: 'Not Found' }, { detail: 'Not Found' }])
      if (status === 422) for (const { body } of [saved, read]) expect(body).to.deep.equal(mismatch('path', 'config_id', id))
    })
  }

  test('both at once: one 422 with both errors', async () => {
    const { body } = await app.get('/config/a.b?type=c.d')
    expect(body.detail.map(({ loc }: { loc: string[] }) => loc.join('.'))).to.deep.equal(['path.config_id', 'query.type'])
  })

  // CON-282, CON-283
  test('a type with other characters: 422 on both', async () => {
    const [read, saved] = [await app.get('/config/a?type=a.b'), await app.post('/config/a?type=a/b', {})]
    expect([read.status, read.body]).to.deep.equal([422, mismatch('query', 'type', 'a.b')])
    expect([saved.status, saved.body]).to.deep.equal([422, mismatch('query', 'type', 'a/b')])
  })
})
