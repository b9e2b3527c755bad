import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { expect } from 'chai'
import { writeDocs } from '../../../tools/docs/write'

const ROOT = resolve(__dirname, '..', '..', '..')

const FEATURE = `Feature: Posting
  Rule: Anyone may post
    @smoke
    Scenario: A post | reads
      Given nothing
    Scenario Outline: Or not
      Given <x>
      Examples:
        | x |
        | 1 |
`

const CATALOGUE = {
  alpha: {
    'AAA-001': { says: 'posts are read', place: ['A post | reads', 'Or not'] },
    'AAA-002': { says: 'titles too', place: ['A post | reads'] },
    'AAA-003': { says: 'or not', place: ['Or not'] },
    'AAA-004': { says: 'the same', place: 'same as AAA-001' },
    'AAA-005': { says: 'elsewhere', place: 'not ours: the vendor tests it' },
    'AAA-006': { says: 'limits', place: 'conformance' },
    'AAA-007': { says: 'maths', place: 'unit' },
  },
}

describe('npm run docs', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'docs-'))
    write('features/alpha/posts.feature', FEATURE)
    write('sandbox/alpha/test/limits.test.ts', '// AAA-006\ntest("x", () => {})\n')
    write('test/unit/alpha/maths.test.ts', '  // AAA-007\n  // not about UTF-8 or SHA-256\n')
    write('docs/catalogue.json', JSON.stringify(CATALOGUE))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }

  const found = (check = false): string => writeDocs(folder, check).join('\n')

  function run(...args: string[]): { status: number | null; stderr: string } {
    const env = { ...process.env, TS_NODE_PROJECT: join(ROOT, 'tsconfig.json') }
    const command = ['--require', join(ROOT, 'node_modules/ts-node/register'), join(ROOT, 'tools/docs.ts'), ...args]
    return spawnSync(process.execPath, command, { cwd: folder, env, encoding: 'utf8' })
  }

  function changed(id: string, row: object | undefined): void {
    write('docs/catalogue.json', JSON.stringify({ alpha: { ...CATALOGUE.alpha, [id]: row } }))
  }

  test('writes the coverage, which is then not stale', () => {
    expect(found()).to.equal('')
    const text = readFileSync(join(folder, 'docs/coverage.md'), 'utf8')
    expect(text).to.contain('| [alpha](#alpha) | 7 | 3 | 1 | 1 | 1 | 1 |')
    expect(text).to.contain('| AAA-002 | titles too | scenario [A post \\| reads](../features/alpha/posts.feature) |')
    expect(text).to.contain('| AAA-006 | limits | conformance [limits.test.ts](../sandbox/alpha/test/limits.test.ts) |')
    expect(text).to.contain('| AAA-004 | the same | same as AAA-001 |')
    expect(found(true)).to.equal('')
  })

  test('the command writes, and its exit code shows a stale coverage', () => {
    expect(run()).to.include({ status: 0, stderr: '' })
    changed('AAA-005', { says: 'elsewhere', place: 'not ours: another reason' })
    expect(run('--check')).to.include({ status: 1 }).and.have.property('stderr').that.contains('docs/coverage.md is stale')
  })

  const faults: Record<string, [() => void, string]> = {
    'an id in no row': [() => write('test/unit/alpha/b.test.ts', '// AAA-999\n'), 'test/unit/alpha/b.test.ts:1 names AAA-999'],
    'no titles at all': [() => changed('AAA-001', { says: 'x', place: [] }), 'AAA-001 (alpha) has no place'],
    'a row without a place': [() => changed('AAA-001', { says: 'x' }), 'AAA-001 (alpha) has no place'],
    'a place of no known kind': [() => changed('AAA-005', { says: 'x', place: 'not ours:' }), 'AAA-005 (alpha) has no place'],
    'a row that says nothing': [() => changed('AAA-001', { says: ' ', place: ['Or not'] }), 'AAA-001 (alpha) says nothing'],
    'a scenario that is not there': [
      () => changed('AAA-008', { says: 'x', place: ['Or not', 'Or so'] }),
      'AAA-008 (alpha) has the place "Or so", but alpha has no scenario of that title',
    ],
    'a test of another kind': [
      () => changed('AAA-007', { says: 'x', place: 'conformance' }),
      'AAA-007 (alpha) has the place "conformance", but no such test names it',
    ],
    'the same as nothing': [
      () => changed('AAA-004', { says: 'x', place: 'same as AAA-100' }),
      'AAA-004 (alpha) is the same as AAA-100',
    ],
    'the same as itself': [
      () => changed('AAA-004', { says: 'x', place: 'same as AAA-004' }),
      'AAA-004 (alpha) is the same as AAA-004',
    ],
    'not ours, yet shown': [() => changed('AAA-007', { says: 'x', place: 'not ours: no' }), 'AAA-007 (alpha) is "not ours", but'],
    'ids written as a range': [
      () => write('test/unit/alpha/b.test.ts', '// AAA-001..003\n'),
      'test/unit/alpha/b.test.ts:1 has ids among other words',
    ],
    'ids in a feature': [
      () => write('features/alpha/b.feature', 'Feature: B\n  # AAA-001\n  Scenario: x\n    Given y\n'),
      'features/alpha/b.feature:2 has ids',
    ],
  }
  for (const [name, [arrange, sentence]] of Object.entries(faults)) {
    test(`fails on ${name}`, () => {
      arrange()
      expect(found()).to.contain(sentence)
    })
  }
})
