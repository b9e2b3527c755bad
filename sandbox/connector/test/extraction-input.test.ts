import { describe, test } from 'node:test'
import { expect } from 'chai'
import { scopeOf } from '../postgres/filters'
import { extractionInput } from '../postgres/input'

const givenOf = (fields: Record<string, unknown>) => extractionInput(fields).given

describe('the input of an extraction', () => {
  const read: [what: string, fields: Record<string, unknown>, given: object][] = [
    ['nothing', {}, {}],
    ['defaults are not given', { connection: {}, include_filter: '', extraction_method: '', credential_ref: null }, {}],
    [
      'fields inside metadata stand in for those the top level lacks',
      { metadata: { 'include-filter': { a: [] }, 'exclude-filter': { b: [] } }, exclude_filter: { c: [] } },
      { include_filter: { a: [] }, exclude_filter: { c: [] } },
    ],
    ['or left empty', { metadata: { 'temp-table-regex': '^tmp_' }, temp_table_regex: '' }, { temp_table_regex: '^tmp_' }],
    ['hyphens at the top level do, too', { 'include-filter': { a: [] } }, { include_filter: { a: [] } }],
    ['a connection as text', { connection: '{"typeName":"Connection"}' }, { connection: { typeName: 'Connection' } }],
    ['its short form', { connection: { name: 'test_conn' } }, { connection: { name: 'test_conn' } }],
    ['an agent that is none', { agent_json: 'agent_json' }, {}],
    ['a list of schemas, in any database', { include_filter: ['^a$'] }, { include_filter: { '.*': ['^a$'] } }],
    ['a tree of ticked boxes', { include_filter: { db: { a: {}, b: { t: {} } } } }, { include_filter: { db: ['a', 'b'] } }],
    // CON-651, CON-653
    ['the newer name of a table pattern', { exclude_table_regex: '^a' }, { exclude_table_regex: '^a', temp_table_regex: '^a' }],
    [
      'which an explicit one beats',
      { exclude_table_regex: '^a', temp_table_regex: '^b' },
      { exclude_table_regex: '^a', temp_table_regex: '^b' },
    ],
    ['null, which is not given', { exclude_table_regex: null }, {}],
    ['null beside the older name', { exclude_table_regex: null, temp_table_regex: '^b' }, { temp_table_regex: '^b' }],
    [
      'its key of a form, inside metadata',
      { metadata: { 'exclude-table-regex': '^a' } },
      { exclude_table_regex: '^a', temp_table_regex: '^a' },
    ],
    ['the name of a workflow', { workflow_slug: 'w' }, { workflow_slug: 'w' }],
    ['quoted patterns between commas', { temp_table_regex: '"^a","^b"' }, { temp_table_regex: '^a|^b' }],
    ['keys it does not know', { unheard_of: 1 }, {}],
  ]
  for (const [what, fields, given] of read) {
    test(what, () => void expect(givenOf(fields)).to.deep.equal(given))
  }
})

describe('filters as patterns of database and schema', () => {
  const scopes: [what: string, filter: unknown, pattern: string][] = [
    ['none', undefined, '.*'],
    ['an empty one', {}, '.*'],
    ['a star, which is no regular expression', '*', '*'],
    ['every schema of a database', { '^db$': [] }, '^db\\..*$'],
    ['one schema', { '^db$': ['^sch$'] }, '^db\\.sch$'],
    ['several', { '^a$': ['^x$', '^y$'], '^b$': [] }, '^a\\.x$|^a\\.y$|^b\\..*$'],
    ['the JSON of one, which is a text like any other', '{"^db$": ["^sch$"]}', '{"^db$": ["^sch$"]}'],
    ['a pattern that is no JSON', '^db\\.s', '^db\\.s'],
    ['a list', ['^sch$'], '^.*\\.sch$'],
  ]
  for (const [what, filter, pattern] of scopes) {
    test(what, () => void expect(scopeOf(filter, undefined, '').include).to.equal(pattern))
  }
})
