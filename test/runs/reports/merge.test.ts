import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import type { Results, RunResults } from '../../../support/reports/results'
import type { Ended } from '../../support/runner'
import { SuiteCopy } from '../../support/suite-copy'
import { BROKEN_STEPS, brokenFeature } from './support/broken'

const OTHER = `
Feature: More of it
  @smoke
  Scenario Outline: A health check with <what> passes
    When the health is looked at
    Examples:
      | what |
      | one |
      | two |
      | three |
`
const FEATURES = { 'colony/broken.feature': brokenFeature(), 'colony/other.feature': OTHER, 'colony/hooks.ts': BROKEN_STEPS }

const read = (...path: string[]): string => readFileSync(join(...path), 'utf8')
const resultsIn = <T>(...path: string[]): T => JSON.parse(read(...path, 'results.json')) as T

/** The only run below a folder of reports that is none of these. */
function runIn(folder: string, others: readonly string[] = []): string {
  const runs = readdirSync(folder).filter((name) => /^\d{10}-/.test(name) && !others.includes(name))
  expect(runs, folder).to.have.length(1)
  return runs[0] ?? ''
}

/** What was found of each scenario, without what is new in every run. */
function verdicts({ results }: Pick<RunResults, 'results'>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(results)
      .map(([key, all]) => [key, all.map(({ verdict, why, target, isFlaky }) => ({ verdict, why, target, isFlaky }))] as const)
      .sort(([one], [other]) => one.localeCompare(other)),
  )
}

/** Cases, failures and texts of a JUnit report without times, ids and ports. */
const junitOf = (...path: string[]): string =>
  read(...path, 'junit.xml')
    .replaceAll(/\d{10}-[0-9a-f]{6}/g, 'RUN')
    .replaceAll(/127\.0\.0\.1:\d{2,}/g, 'HOST')
    .replaceAll(/ (?:time|timestamp)="[^"]*"/g, '')
    .replaceAll(/\d+ ms/g, 'MS')
    .replaceAll(/req_[0-9a-f]{32}/g, 'REQUEST')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'UUID')

describe('reports of three shards', () => {
  const suite = new SuiteCopy(FEATURES)
  const RETRIES = ['--retry', '1', '--retry-tag-filter', 'not @needs:second-account']
  let whole: Ended
  let wholeRun = ''
  let merged: Ended
  let mergedRun = ''

  /** Runs as on a machine of its own: its reports go where the merge finds them. */
  async function onMachine(name: string, args: string[]): Promise<Ended> {
    const before = readdirSync(join(suite.folder, 'reports'))
    const ended = await suite.run(args)
    const run = runIn(join(suite.folder, 'reports'), before)
    cpSync(join(suite.folder, 'reports', run), join(suite.folder, name, run), { recursive: true })
    return ended
  }

  before(async () => {
    whole = await suite.run(RETRIES)
    wholeRun = runIn(join(suite.folder, 'reports'))
    for (const index of [1, 2, 3]) await onMachine(`machine-${index}`, [...RETRIES, '--shard', `${index}/3`])
    merged = await suite.tool('report-merge', ['machine-1', 'machine-2', 'machine-3', '--into', 'merged'])
    mergedRun = runIn(join(suite.folder, 'merged'))
  })
  after(() => suite.remove())

  test('are those of the undivided run, scenario by scenario', () => {
    const one = resultsIn<RunResults>(suite.folder, 'reports', wholeRun)
    const other = resultsIn<RunResults>(suite.folder, 'merged', mergedRun)
    expect(Object.keys(one.results)).to.have.length(9)
    expect(verdicts(other)).to.deep.equal(verdicts(one))
    expect(other.features).to.deep.equal(one.features)
    expect(other.matches).to.deep.equal(one.matches)
    expect(junitOf(suite.folder, 'merged', mergedRun)).to.equal(junitOf(suite.folder, 'reports', wholeRun))
  })

  test('end with the same exit code and the same totals', () => {
    expect([merged.code, whole.code], merged.stdout + merged.stderr).to.deep.equal([1, 1])
    const totals = /^9 scenarios .*$/m.exec(whole.stdout)?.[0]
    expect(merged.stdout).to.contain(totals).and.to.contain('live: 0 of 1 · sandbox: 1')
    expect(merged.stdout).to.match(/Flaky, passed only when retried:\n {2}A second attempt succeeds \(attempt 2\)/)
  })

  test('merged again, or beside their parts, change nothing', async () => {
    const before = resultsIn<Results>(suite.folder, 'merged')
    await suite.tool('report-merge', ['machine-3', 'machine-1', 'machine-2', 'machine-2', '--into', 'merged'])
    const { runs, results } = resultsIn<Results>(suite.folder, 'merged')
    expect([Object.keys(runs), results]).to.deep.equal([[mergedRun], before.results])
    await suite.tool('report-merge', ['machine-1', 'machine-2', 'machine-3'])
    const own = resultsIn<Results>(suite.folder, 'reports')
    expect(Object.keys(own.runs).sort()).to.deep.equal([wholeRun, mergedRun].sort())
    for (const { sandbox } of Object.values(own.results)) {
      expect(sandbox?.last.runId).to.equal(mergedRun)
      expect(sandbox?.history.map(([, runId]) => runId)).to.deep.equal([mergedRun, wholeRun])
    }
  })

  test('one that is missing is named and fails', async () => {
    const { code, stdout } = await suite.tool('report-merge', ['machine-1', 'machine-3', '--into', 'two'])
    expect(code).to.equal(1)
    expect(stdout).to.match(/Shard 2\/3 is missing: \d of 9 scenarios have no result\./)
    expect(read(suite.folder, 'two', runIn(join(suite.folder, 'two')), 'junit.xml')).to.contain('Shard 2/3 is missing')
  })

  test('one that was cut off is named, and what is left of it counts for nothing', async () => {
    const run = runIn(join(suite.folder, 'machine-2'))
    cpSync(join(suite.folder, 'machine-2'), join(suite.folder, 'killed'), { recursive: true })
    const path = join(suite.folder, 'killed', run, 'messages.ndjson')
    writeFileSync(path, read(path).slice(0, -2_000))
    const { code, stdout } = await suite.tool('report-merge', ['machine-1', 'killed', 'machine-3', '--into', 'cut'])
    expect(code).to.equal(1)
    expect(stdout).to.contain('Shard 2/3 is missing').and.to.contain(`killed/${run}: this run is not complete.`)
  })

  test('shards that divided the suite differently are no whole', async () => {
    await onMachine('other', [...RETRIES, '--tags', 'not @smoke', '--shard', '2/3'])
    const { code, stdout } = await suite.tool('report-merge', ['machine-1', 'other', 'machine-3', '--into', 'mixed'])
    expect(code).to.equal(1)
    expect(stdout).to.contain('The shards divided the suite differently')
  })

  test('nothing to merge is said in one line', async () => {
    const { code, stderr } = await suite.tool('report-merge', ['features', '--into', 'none'])
    expect([code, stderr]).to.deep.equal([
      2,
      'There is no messages.ndjson in features: give the folders of runs (reports/<run id>), or folders above them.\n',
    ])
  })
})

const CURED_STEPS = `
import { When } from '@cucumber/cucumber'
When('it works on a good day', () => {
  if (process.env.GOOD_DAY !== '1') throw new Error('not a good day')
})
`
const WEATHER = `
Feature: Weather
  Scenario: It works in sunshine only
    When it works on a good day
  Scenario: The health is looked at in any weather
    When it works on a good day
`

describe('a rerun beside its shards', () => {
  const suite = new SuiteCopy({ 'colony/weather.feature': WEATHER, 'colony/hooks.ts': CURED_STEPS })
  after(() => suite.remove())

  test('counts once, by its last attempt, and the whole is green', async () => {
    const shard = { CI_NODE_TOTAL: '2' }
    expect((await suite.run([], { ...shard, CI_NODE_INDEX: '1' })).code).to.equal(1)
    const again = await suite.tool('rerun', [], { ...shard, CI_NODE_INDEX: '1', GOOD_DAY: '1' })
    expect(again.code, again.stdout).to.equal(0)
    expect((await suite.run([], { ...shard, CI_NODE_INDEX: '2', GOOD_DAY: '1' })).code).to.equal(0)
    const { code, stdout } = await suite.tool('report-merge', ['reports', '--into', 'merged'])
    expect(code, stdout).to.equal(0)
    expect(stdout)
      .to.contain('2 scenarios (2 passed)')
      .and.to.match(/\(attempt 2\)[\s\S]*first failed with not a good day/)
  })

  test('a shard that was started again counts by its later run', async () => {
    const folder = new SuiteCopy({ 'colony/weather.feature': WEATHER, 'colony/hooks.ts': CURED_STEPS })
    for (const [shard, day] of [
      ['1/2', '0'],
      ['2/2', '1'],
      ['1/2', '1'],
    ] as const)
      await folder.run(['--shard', shard], { GOOD_DAY: day })
    const { code, stdout } = await folder.tool('report-merge', ['reports', '--into', 'merged'])
    folder.remove()
    expect(code, stdout).to.equal(0)
    expect(stdout).to.contain('2 scenarios (2 passed)')
  })

  test('a service that must run live is missed by the merge, since no shard alone can tell', async () => {
    const folder = new SuiteCopy({ 'colony/other.feature': OTHER, 'colony/hooks.ts': BROKEN_STEPS })
    for (const shard of ['1/2', '2/2']) {
      const { code, stderr } = await folder.run(['--shard', shard], { ACCEPTANCE_REQUIRE: 'colony' })
      expect(code, stderr).to.equal(0)
    }
    const { code, stdout } = await folder.tool('report-merge', ['reports', '--into', 'merged'])
    folder.remove()
    expect(code).to.equal(1)
    expect(stdout).to.contain('ACCEPTANCE_REQUIRE names colony, which did not run live')
  })
})
