import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { expect } from 'chai'
import type { FeatureText, PickleText } from '../../../support/reports/feature-book'
import { type Recorded, type Result, type RunResults, recordRun, type Target } from '../../../support/reports/results'
import type { Verdict } from '../../../support/reports/run-report'

const DATES = {
  first: '2026-01-01T00:00:00.000Z',
  second: '2026-01-02T00:00:00.000Z',
  third: '2026-01-03T00:00:00.000Z',
}
const URI = 'features/x/y.feature'

type RunId = keyof typeof DATES

function feature(scenarios: Record<string, string>, uri = URI): FeatureText {
  const pickles = Object.entries(scenarios).map(
    ([key, fingerprint]): PickleText => ({ key, name: key, line: 1, tags: [], fingerprint }),
  )
  const texts = pickles.map((pickle) => ({
    name: pickle.name,
    description: '',
    line: 1,
    tags: [],
    steps: [],
    examples: [],
    pickles: [pickle],
  }))
  const rule = { name: '', description: '', line: 1, background: [], scenarios: texts }
  return { uri, name: 'Y', description: '', tags: [], background: [], rules: [rule] }
}

const TEXT = feature({ a: 'steps of a', b: 'steps of b' })

function run(
  runId: RunId,
  results: Record<string, Verdict>,
  { target = 'sandbox', text = TEXT }: { target?: Target; text?: FeatureText } = {},
): RunResults {
  const at = DATES[runId]
  const result = (verdict: Verdict): Result[] => [{ verdict, why: '', at, runId, target, seconds: 1 }]
  return {
    ...{ version: 2, runId, at, seconds: 3, profiles: [], definitions: [], matches: {}, features: [text] },
    services: [{ service: 'x', target, backing: [] }],
    results: Object.fromEntries(Object.entries(results).map(([key, verdict]) => [key, result(verdict)])),
  }
}

describe('the results of all runs', () => {
  let folder: string
  const record = (
    one: RunResults,
    rebuild?: (path: string) => RunResults | undefined,
    exists = (_uri: string) => true,
  ): Recorded => recordRun(folder, one, { exists, ...(rebuild ? { rebuild } : {}) })

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'results-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  function leave(runId: string, text: string): void {
    mkdirSync(join(folder, runId), { recursive: true })
    writeFileSync(join(folder, runId, 'results.json'), text)
  }

  test('keep results that a filtered run did not change', () => {
    record(run('first', { a: 'passed', b: 'failed' }))
    const { results } = record(run('second', { a: 'failed' })).results
    expect(results.a?.sandbox?.last).to.include({ verdict: 'failed', runId: 'second' })
    expect(results.b?.sandbox?.last).to.include({ verdict: 'failed', runId: 'first', at: DATES.first })
  })

  test('keep both targets side by side: a sandbox run does not overwrite a live one', () => {
    record(run('first', { a: 'failed' }, { target: 'live' }))
    const { results } = record(run('second', { a: 'passed' })).results
    expect(results.a?.live?.last).to.include({ verdict: 'failed', runId: 'first' })
    expect(results.a?.sandbox?.last).to.include({ verdict: 'passed', runId: 'second' })
  })

  test('remember the last runs of each target, the newest first', () => {
    record(run('second', { a: 'passed' }))
    record(run('third', { a: 'failed' }))
    const { results } = record(run('first', { a: 'skipped' })).results
    expect(results.a?.sandbox?.last.runId).to.equal('third')
    expect(results.a?.sandbox?.history.map(([verdict, runId]) => [verdict, runId])).to.deep.equal([
      ['failed', 'third'],
      ['passed', 'second'],
      ['skipped', 'first'],
    ])
  })

  test('remember beside a skip when the scenario last ran', () => {
    record(run('first', { a: 'passed' }))
    record(run('second', { a: 'skipped' }))
    const { results } = record(run('third', { a: 'skipped' })).results
    expect(results.a?.sandbox?.last).to.include({ verdict: 'skipped', runId: 'third' })
    expect(results.a?.sandbox?.ran).to.include({ verdict: 'passed', runId: 'first' })
  })

  test('forget scenarios and files that are gone', () => {
    record(run('first', { a: 'passed', b: 'passed' }))
    const { results } = record(run('second', { a: 'passed' }, { text: feature({ a: 'steps of a' }) })).results
    expect(Object.keys(results)).to.deep.equal(['a'])
    const gone = recordRun(folder, run('third', { a: 'passed' }), { exists: () => false })
    expect(gone.results.results).to.deep.equal({})
  })

  test('follow a scenario whose title changes, by its steps', () => {
    record(run('first', { a: 'failed', b: 'passed' }))
    const text = feature({ 'a, said better': 'steps of a', b: 'steps of b' })
    const { results } = record(run('second', { b: 'passed' }, { text })).results
    expect(results['a, said better']?.sandbox?.last).to.include({ verdict: 'failed', runId: 'first' })
    expect(Object.keys(results)).to.have.members(['a, said better', 'b'])
  })

  test('follow a scenario whose file moves', () => {
    record(run('first', { a: 'failed', b: 'passed' }))
    const moved = feature({ 'moved a': 'steps of a', 'moved b': 'steps of b' }, 'features/x/z.feature')
    const { results } = record(run('second', {}, { text: moved }), undefined, (uri) => uri !== URI).results
    expect(results['moved a']?.sandbox?.last).to.include({ verdict: 'failed', runId: 'first' })
  })

  test('do not guess between two scenarios of the same steps', () => {
    record(run('first', { a: 'failed', b: 'passed' }, { text: feature({ a: 'same', b: 'same' }) }))
    const { results } = record(run('second', {}, { text: feature({ c: 'same', d: 'same' }) })).results
    expect(results).to.deep.equal({})
  })

  test('take in runs of other machines once, and let the newest win', () => {
    leave('third', `${JSON.stringify(run('third', { a: 'passed' }))}\n`)
    const { results, runs } = record(run('second', { a: 'failed', b: 'passed' })).results
    expect(results.a?.sandbox?.last.runId).to.equal('third')
    expect(results.b?.sandbox?.last.runId).to.equal('second')
    expect(Object.keys(runs)).to.have.members(['second', 'third'])
  })

  test('say which features changed', () => {
    record(run('first', { a: 'passed' }))
    const other = feature({ c: 'steps of c' }, 'features/x/z.feature')
    expect([...record(run('second', { c: 'passed' }, { text: other })).changed]).to.deep.equal(['features/x/z.feature'])
  })

  test('leave no draft behind', () => {
    record(run('first', { a: 'passed' }))
    expect(readdirSync(folder)).to.deep.equal(['results.json'])
  })

  for (const [what, text] of [
    ['empty', () => ''],
    ['cut in the middle', (whole: string) => whole.slice(0, whole.length / 2)],
    ['foreign', () => '{"features":{}}'],
    ['of an older kind', () => '{"runs":[],"features":{},"results":{}}'],
    ['no JSON at all', () => '\u0000\u0000 what was here?'],
  ] as const) {
    test(`a file that is ${what} is set aside in one line, and made anew from the runs`, () => {
      record(run('first', { a: 'failed', b: 'passed' }, { target: 'live' }))
      leave('first', JSON.stringify(run('first', { a: 'failed', b: 'passed' }, { target: 'live' })))
      const path = join(folder, 'results.json')
      const damaged = text(readFileSync(path, 'utf8'))
      writeFileSync(path, damaged)
      const { results, notes } = record(run('second', { a: 'passed' }))
      expect(notes).to.have.length(1)
      expect(notes[0]).to.contain('results.json could not be read: it is now results.json.broken')
      expect(readFileSync(`${path}.broken`, 'utf8')).to.equal(damaged)
      expect(results.results.a?.live?.last).to.include({ verdict: 'failed', runId: 'first' })
      expect(results.results.a?.sandbox?.last).to.include({ verdict: 'passed', runId: 'second' })
      expect(record(run('third', { a: 'passed' })).notes).to.deep.equal([])
    })
  }

  test('a second damaged file does not overwrite the first that was set aside', () => {
    for (const text of ['one', 'two']) {
      writeFileSync(join(folder, 'results.json'), text)
      record(run('first', { a: 'passed' }))
    }
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
    expect([read('results.json.broken'), read('results.json.broken-2')]).to.deep.equal(['one', 'two'])
  })

  test('a damaged file of a run is made anew from its messages, where those are whole', () => {
    leave('first', '{"runId":"first","at":')
    leave('third', '')
    const rebuild = (path: string): RunResults | undefined => (path.endsWith('first') ? run('first', { a: 'failed' }) : undefined)
    const { results, notes } = record(run('second', { b: 'passed' }), rebuild)
    expect(notes).to.have.length(1)
    expect(notes[0]).to.match(/first\/results\.json and .*third\/results\.json could not be read, and was renamed to \.broken\.$/)
    expect(results.results.a?.sandbox?.last.runId).to.equal('first')
    expect(record(run('second', { b: 'passed' }), rebuild).notes).to.deep.equal([])
  })
})
