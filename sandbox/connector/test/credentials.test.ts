import { before, describe, test } from 'node:test'
import { expect } from 'chai'
import { extraOf, normalised, objectOf, pairsOf } from '../service/credentials'
import { type Shell, shell } from './support/service'

let app: Shell
let seen: readonly { key: string; value: string }[]
before(async () => {
  app = await shell({
    handler: {
      auth: async (_input, { credentials }) => {
        seen = credentials
        return { status: 'success' }
      },
    },
  })
})

const pairs = (fields: Record<string, string>) => Object.entries(fields).map(([key, value]) => ({ key, value }))

describe('the three forms of credentials', () => {
  const forms: [what: string, body: object, found: Record<string, string>][] = [
    // CON-310
    ['pairs, as they are', { credentials: pairs({ host: 'h', 'extra.a': 'b' }) }, { host: 'h', 'extra.a': 'b' }],
    // CON-311, CON-312
    ['none: an empty list, an empty object, nothing at all', { credentials: [] }, {}],
    ['an empty object', { credentials: {} }, {}],
    ['nothing at all', {}, {}],
    // CON-314, CON-321, CON-327
    ['an object', { credentials: { host: 'h', username: 'u' } }, { host: 'h', username: 'u' }],
    // CON-315, CON-328, CON-488
    [
      'extra is hoisted',
      { credentials: { host: 'h', extra: { database: 'd', ssl: true } } },
      { host: 'h', 'extra.database': 'd', 'extra.ssl': 'true' },
    ],
    [
      'extra as the JSON of an object is hoisted just so',
      { credentials: { extra: '{"database": "d", "more": {"n": [1]}}' } },
      { 'extra.database': 'd', 'extra.more': '{"n": [1]}' },
    ],
    // CON-316, CON-329
    ['nulls are dropped', { credentials: { host: 'h', port: null, extra: { a: null } } }, { host: 'h' }],
    // CON-317
    [
      'what is no text becomes JSON as Python writes it',
      { credentials: { port: 5432, ssl: false, more: { timeout: 30, list: [1, 'é'] } } },
      { port: '5432', ssl: 'false', more: '{"timeout": 30, "list": [1, "\\u00e9"]}' },
    ],
    // CON-318, CON-331, CON-489, CON-509
    ['any other extra is dropped silently', { credentials: { host: 'h', extra: 'no object' } }, { host: 'h' }],
    ['a list as extra, too', { credentials: { host: 'h', extra: [1] } }, { host: 'h' }],
    ['null as extra', { credentials: { host: 'h', extra: null } }, { host: 'h' }],
    ['the JSON of a list as extra', { credentials: { host: 'h', extra: '[1]' } }, { host: 'h' }],
    // CON-322, CON-326
    [
      'flat, at the top',
      {
        ...{ host: 'h', port: 1, username: 'u', password: 'p', extra: { database: 'd' } },
        ...{ authType: 'basic', connectorType: 'sql', connectorConfigName: 'c', database: 'lost' },
      },
      {
        ...{ host: 'h', port: '1', username: 'u', password: 'p', 'extra.database': 'd' },
        ...{ authType: 'basic', connectorType: 'sql', connectorConfigName: 'c' },
      },
    ],
    // CON-323
    [
      'flat without extra, where credentials are null',
      { credentials: null, host: 'h', authType: 'basic' },
      { host: 'h', authType: 'basic' },
    ],
    ['flat: a database at the top is lost', { host: 'h', database: 'd' }, { host: 'h' }],
    // CON-325
    ['flat: no key that is known', { hostname: 'h' }, {}],
  ]
  for (const [what, body, found] of forms) {
    test(what, async () => {
      expect((await app.post('/auth', body)).status).to.equal(200)
      expect([...seen].sort((a, b) => a.key.localeCompare(b.key))).to.deep.equal(
        pairs(found).sort((a, b) => a.key.localeCompare(b.key)),
      )
    })
  }
})

test('what stood in extra comes last', async () => {
  await app.post('/auth', { credentials: { extra: { a: 1 }, host: 'h' } })
  expect(seen.map(({ key }) => key)).to.deep.equal(['host', 'extra.a'])
})

test('a pair has a key and a value, and nothing else', async () => {
  await app.post('/auth', { credentials: [{ key: 'a', value: 'b', other: 1 }] })
  expect(seen).to.deep.equal([{ key: 'a', value: 'b' }])
})

describe('what a conversion does not change', () => {
  // CON-319, CON-332, CON-487
  test('the body it was given', () => {
    const body = Object.freeze({ credentials: Object.freeze({ host: 'h', extra: Object.freeze({ a: 1 }) }), metadata: { b: 2 } })
    expect(normalised(body).credentials).to.have.length(2)
    expect(body.credentials).to.deep.equal({ host: 'h', extra: { a: 1 } })
    const given = Object.freeze([Object.freeze({ key: 'host', value: 'h' })])
    expect(normalised({ credentials: given }).credentials, 'pairs are the same ones').to.equal(given)
  })

  // CON-320, CON-324
  test('all other fields', () => {
    expect(normalised({ credentials: { host: 'h' }, metadata: { b: 2 } }).metadata).to.deep.equal({ b: 2 })
    const flat = normalised({ host: 'h', metadata: { b: 2 }, timeout_seconds: 3 })
    expect(flat)
      .to.deep.include({ metadata: { b: 2 }, timeout_seconds: 3 })
      .and.not.have.property('host')
  })

  // CON-330
  test('an empty object is an empty list', () => void expect(pairsOf({})).to.deep.equal([]))

  // CON-508
  test('handler and run receive the same parameters, wherever they were', () => {
    const flat = objectOf(pairsOf({ host: 'h', extra: { database: 'd' } }))
    const text = objectOf(pairsOf({ host: 'h', extra: '{"database":"d"}' }))
    expect(flat)
      .to.deep.equal(text)
      .and.deep.equal({ host: 'h', extra: { database: 'd' } })
    expect(extraOf(flat.extra)).to.deep.equal({ database: 'd' })
  })
})
