import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { temporaryFolder } from '../../../../sandbox/kit/test/temporary'
import { compare, gapReport, IGNORED } from '../../../../support/services/connector/comparison'
import { checkFamilies } from '../../../../support/services/connector/families'
import { type Baseline, type CatalogRecord, readBaseline, readRecords } from '../../../../support/services/connector/output'

const table = (name: string, attributes: object = {}, custom?: object): CatalogRecord => ({
  typeName: 'Table',
  attributes: { name, columnCount: 6, ...attributes },
  ...(custom ? { customAttributes: { ...custom } } : {}),
})
const column = (name: string, tableName: string): CatalogRecord => ({ typeName: 'Column', attributes: { name, tableName } })
const expected = (...records: CatalogRecord[]): Baseline => {
  const types = [...new Set(records.map(({ typeName }) => typeName))]
  return Object.fromEntries(types.map((type) => [type, records.filter(({ typeName }) => typeName === type)]))
}
/** All attributes that refer to other records, with the same value. */
const everywhere = (value: number) =>
  Object.fromEntries(
    ['atlanSchema', 'database', 'table', 'view', 'materialisedView', 'parentTable', 'tablePartition'].map((name) => [
      name,
      value,
    ]),
  )
const kindsOf = (records: CatalogRecord[], baseline: Baseline, how = {}) =>
  compare(records, baseline, how).map(({ kind }) => kind)

describe('records beside their baseline', () => {
  const cases: [what: string, records: CatalogRecord[], baseline: Baseline, kinds: string[], how?: object][] = [
    // CON-087
    ['the same', [table('o')], expected(table('o')), []],
    // CON-088
    ['one is missing', [table('o')], expected(table('o'), table('p')), ['count_mismatch', 'missing']],
    // CON-089
    ['one too many', [table('o'), table('p')], expected(table('o')), ['count_mismatch', 'extra']],
    // CON-090
    ['one too many, leniently', [table('o'), table('p')], expected(table('o')), [], { strict: false }],
    // CON-092
    ['an attribute is missing', [table('o')], expected(table('o', { rowCount: 1 })), ['missing_attribute']],
    // CON-093
    ['too few', [], expected(table('o')), ['count_mismatch', 'missing']],
    // CON-094
    [
      'what differs from run to run is not compared',
      [table('o', { lastSyncRun: 'a' })],
      expected(table('o', { lastSyncRun: 'b' })),
      [],
    ],
    // CON-095
    [
      'a choice of one’s own replaces that',
      [table('o', { lastSyncRun: 'a' })],
      expected(table('o', { lastSyncRun: 'b', columnCount: 7 })),
      ['attribute_mismatch'],
      { ignored: new Set(['columnCount']) },
    ],
    // CON-096
    [
      'custom attributes, where the baseline has them',
      [table('o', {}, { a: 1 })],
      expected(table('o', {}, { a: 2 })),
      ['attribute_mismatch'],
    ],
    // CON-097
    ['an unexpected type', [table('o'), column('c', 'o')], expected(table('o')), ['count_mismatch', 'extra']],
    // CON-098
    ...[undefined, new Set<string>()].map((ignored): [string, CatalogRecord[], Baseline, string[], object] => [
      `references are never compared${ignored ? ', whatever is ignored' : ''}`,
      [table('o', everywhere(1))],
      expected(table('o', everywhere(2))),
      [],
      ignored ? { ignored } : {},
    ]),
    // CON-100
    ['an empty baseline', [table('o'), column('c', 'o')], {}, ['count_mismatch', 'extra', 'count_mismatch', 'extra']],
    // CON-101
    ['no records', [], expected(table('o'), table('p')), ['count_mismatch', 'missing', 'missing']],
    // CON-099
    [
      'several types, each on its own',
      [table('o'), column('x', 'o'), column('z', 'o')],
      expected(table('o'), table('p'), column('x', 'o'), column('y', 'o')),
      ['count_mismatch', 'missing', 'missing', 'extra'],
    ],
    ['columns go by their table', [column('id', 'a'), column('id', 'b')], expected(column('id', 'a'), column('id', 'b')), []],
  ]
  for (const [what, records, baseline, kinds, how] of cases) {
    test(what, () => void expect(kindsOf(records, baseline, how)).to.deep.equal(kinds))
  }

  // CON-091
  test('a value that differs is reported with its field, expected and actual', () => {
    expect(compare([table('o', { columnCount: 7 })], expected(table('o')))).to.deep.equal([
      { kind: 'attribute_mismatch', type: 'Table', record: 'o', field: 'attributes.columnCount', expected: 6, actual: 7 },
    ])
  })

  test('the attributes that are ignored unless others are chosen', () => {
    expect([...IGNORED].sort()).to.deep.equal([
      'connectionName',
      'connectionQualifiedName',
      'databaseQualifiedName',
      'lastSyncRun',
      'lastSyncRunAt',
      'lastSyncWorkflowName',
      'qualifiedName',
      'schemaQualifiedName',
      'tableQualifiedName',
      'tenantId',
      'viewQualifiedName',
    ])
    const all = (value: number) => Object.fromEntries([...IGNORED].map((name) => [name, value]))
    // The parent's name is a part of a record's own: it is left out here.
    expect(kindsOf([table('o', all(1))], expected(table('o', all(2))))).to.deep.equal([])
  })

  test('a record is named after the first parent that it has', () => {
    const named = (attributes: object) => ({ typeName: 'Column', attributes: { name: 'id', ...attributes } })
    for (const [attributes, record] of [
      [{ tableName: null, viewName: 'v' }, 'v/id'],
      [{ tableName: '', viewName: null, parentName: 'p' }, 'p/id'],
      [{ tableName: 't', viewName: 'v' }, 't/id'],
      [{}, 'id'],
    ] as const)
      expect(compare([], expected(named(attributes)))).to.deep.include({ kind: 'missing', type: 'Column', record })
  })

  // CON-102, CON-103, CON-104
  test('the report: none; else counts per kind, then lines by type', () => {
    expect(gapReport([], 'shop.json')).to.equal('no gaps to shop.json')
    const gaps = compare([table('o', { columnCount: 7 }), column('x', 'o')], expected(table('o'), table('p')))
    expect(gapReport(gaps, 'shop.json').split('\n')).to.deep.equal([
      'the records differ from shop.json (count_mismatch: 2, attribute_mismatch: 1, missing: 1, extra: 1):',
      '[COUNT_MISMATCH] Column: expected=0, actual=1',
      '[EXTRA] Column/o/x',
      '[COUNT_MISMATCH] Table: expected=2, actual=1',
      '[ATTRIBUTE_MISMATCH] Table/o -> attributes.columnCount: expected=6, actual=7',
      '[MISSING] Table/p',
    ])
  })
})

describe('files', () => {
  const run = join('w', 'r', 'transformed')

  // CON-105, CON-106, CON-107, CON-148
  test('a baseline: names filled in; absent, or no object of lists: refused', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a.json'), '{"Table":[{"attributes":{"name":"{the shop}"}}]}')
    expect(readBaseline(join(folder, 'a.json'), { 'the shop': 's' })).to.deep.equal({ Table: [{ attributes: { name: 's' } }] })
    expect(() => readBaseline(join(folder, 'b.json'))).to.throw('There is no baseline')
    writeFileSync(join(folder, 'c.json'), '[1]')
    expect(() => readBaseline(join(folder, 'c.json'))).to.throw('must be a JSON object')
  })

  // CON-108
  test('records: JSON lines of every file below, blank lines skipped', () => {
    const folder = temporaryFolder()
    const below = join(folder, 'w', 'r', 'transformed', 'table')
    mkdirSync(below, { recursive: true })
    writeFileSync(join(below, 'b.json'), `${JSON.stringify(table('2'))}\n\n`)
    writeFileSync(join(below, 'a.json'), `${JSON.stringify(table('0'))}\n${JSON.stringify(table('1'))}\n`)
    expect(readRecords(folder, run).map(({ attributes }) => attributes.name)).to.deep.equal(['0', '1', '2'])
  })

  // CON-109, CON-110
  test('no folder, and an empty one', () => {
    const folder = temporaryFolder()
    expect(() => readRecords(folder, run)).to.throw('The run left no output')
    mkdirSync(join(folder, 'w', 'r', 'transformed'), { recursive: true })
    expect(() => readRecords(folder, run)).to.throw('No metadata records found in')
  })
})

describe('families', () => {
  const named = (typeName: string, name: string, more: object = {}): CatalogRecord => ({
    typeName,
    attributes: { name: name.split('/').at(-1), qualifiedName: name, connectionQualifiedName: 'c', ...more },
  })
  const whole = [
    named('Database', 'c/d'),
    named('Schema', 'c/d/s', { databaseQualifiedName: 'c/d' }),
    named('Table', 'c/d/s/t', { schemaQualifiedName: 'c/d/s' }),
    named('TablePartition', 'c/d/s/p', { schemaQualifiedName: 'c/d/s', tableQualifiedName: 'c/d/s/t' }),
    named('Column', 'c/d/s/t/x', { tableQualifiedName: 'c/d/s/t' }),
  ]

  // CON-139
  test('whole ones are fine', () => void expect(checkFamilies(whole)).to.deep.equal([]))

  // CON-137, CON-138
  test('an orphan is a failure that is named', () => {
    const [first] = checkFamilies(whole.filter(({ typeName }) => typeName !== 'Table'))
    expect(first).to.equal('ORPHAN: TablePartition c/d/s/p names c/d/s/t, which is not there')
    expect(checkFamilies([named('Column', 'c/x')])).to.deep.equal(['Column c/x names no parent'])
    expect(checkFamilies([...whole, named('Table', 'elsewhere/t', { schemaQualifiedName: 'c/d/s' })])).to.deep.equal([
      'Table elsewhere/t does not stand below c/d/s',
    ])
    expect(checkFamilies([table('o')])[0]).to.contain('lacks its name')
  })
})
