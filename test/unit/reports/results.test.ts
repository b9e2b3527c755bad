import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { expect } from 'chai'
import type { Verdict } from '../../../support/reports/outcomes'
import { type RunResults, recordRun } from '../../../support/reports/results'

const DATES = { first: '2026-01-01T00:00:00.000Z', second: '2026-01-02T00:00:00.000Z', third: '2026-01-03T00:00:00.000Z' }

function run(runId: keyof typeof DATES, results: Record<string, Verdict>, scenarios = ['a', 'b']): RunResults {
  const at = DATES[runId]
  const steps = scenarios.map((key) => ({ key, rule: '', name: key, tags: [], steps: [] }))
  return {
    runId,
    at,
    features: [{ uri: 'features/x/y.feature', name: 'Y', description: '', rules: {}, scenarios: steps }],
    results: Object.fromEntries(
      Object.entries(results).map(([key, verdict]) => [key, { verdict, why: '', at, runId, target: 'sandbox' }]),
    ),
  }
}

const exists = (): boolean => true

describe('the record of all runs', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'results-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test('keeps what a filtered run did not touch', () => {
    recordRun(folder, run('first', { a: 'passed', b: 'failed' }), exists)
    const { results } = recordRun(folder, run('second', { a: 'failed' }), exists)
    expect(results.a?.last).to.include({ verdict: 'failed', runId: 'second' })
    expect(results.b?.last).to.include({ verdict: 'failed', runId: 'first', at: DATES.first })
  })

  test('remembers beside a skip when the scenario last ran', () => {
    recordRun(folder, run('first', { a: 'passed' }), exists)
    recordRun(folder, run('second', { a: 'skipped' }), exists)
    const { results } = recordRun(folder, run('third', { a: 'skipped' }), exists)
    expect(results.a?.last).to.include({ verdict: 'skipped', runId: 'third' })
    expect(results.a?.ran).to.include({ verdict: 'passed', runId: 'first' })
  })

  test('forgets scenarios and files that are gone', () => {
    recordRun(folder, run('first', { a: 'passed', b: 'passed' }), exists)
    expect(Object.keys(recordRun(folder, run('second', { a: 'passed' }, ['a']), exists).results)).to.deep.equal(['a'])
    expect(recordRun(folder, run('third', { a: 'passed' }), () => false).results).to.deep.equal({})
  })

  test('takes in runs of other machines once, and lets the newest win', () => {
    mkdirSync(join(folder, 'third'))
    writeFileSync(join(folder, 'third', 'results.json'), `${JSON.stringify(run('third', { a: 'passed' }))}\n`)
    mkdirSync(join(folder, 'broken-off'))
    writeFileSync(join(folder, 'broken-off', 'results.json'), '')
    const { results, runs } = recordRun(folder, run('second', { a: 'failed', b: 'passed' }), exists)
    expect(results.a?.last.runId).to.equal('third')
    expect(results.b?.last.runId).to.equal('second')
    expect(runs).to.deep.equal(['second', 'third'])
  })

  test('leaves no draft behind', () => {
    recordRun(folder, run('first', { a: 'passed' }), exists)
    expect(readdirSync(folder)).to.deep.equal(['results.json'])
  })
})
