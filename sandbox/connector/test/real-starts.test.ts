import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { type Owner, owner } from './support/source'

let ada: Owner
before(async () => {
  ada = await owner()
})
after(() => ada.sandbox.stop())

describe('what a start of the real app accepts', () => {
  test('credentials can be given by a reference as well as by their guid', async () => {
    const { body } = await ada.post('/dev/local-vault', ada.credentials)
    const run = await ada.run({
      credential_guid: '',
      credential_ref: { credential_guid: body.data.credential_guid },
    })
    expect(run.result.data.result.tables_extracted).to.be.greaterThan(16)
  })
})

describe('what a start of the real app refuses', () => {
  // CON-549
  for (const input of [
    { include_filter: { "a'b": [] } },
    { include_filter: { a: ['x;y'] } },
    { exclude_filter: { a: ['x--y'] } },
    { include_filter: '{"a": ["/* x"]}' },
    { include_filter: { a: ['x*/'] } },
    { include_filter: { a: ['nul\0'] } },
    { include_filter: { a: ['quo"te'] } },
    { include_filter: 'x;y' },
    { include_filter: '{"a"}' },
    { include_filter: '"a","b--"' },
    { include_filter: [1] },
    { include_filter: { a: null } },
    // CON-652
    { include_filter: { '^a$': '*' } },
    { include_filter: { a: [null] } },
    { include_filter: { a: { b: { c: { d: { e: { f: [] } } } } } } },
    { include_filter: { a: { b: 'c;d' } } },
    { 'include-filter': 'x;y' },
    { metadata: { 'temp-table-regex': 'x;y' }, temp_table_regex: '' },
    { temp_table_regex: "x'" },
    { temp_table_regex: null },
    { temp_table_regex: 7 },
    { connection: 'xyz' },
    { connection: '' },
    { connection: null },
    { connection: [1] },
    { connection: { attributes: null } },
    { connection: { attributes: { name: 7 } } },
    // CON-657
    { connection: { attributes: { qualifiedName: null } } },
    { credential_guid: 7 },
    { credential_guid: null },
    { credential_ref: 'x' },
    { correlation_id: 7 },
  ]) {
    test(JSON.stringify(input), async () => {
      const { status, body } = await ada.post('/start', input)
      expect([status, body]).to.deep.equal([500, { detail: 'Failed to start workflow' }])
    })
  }
})
