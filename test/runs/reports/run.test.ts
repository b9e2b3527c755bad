import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { bareColony, type Wire } from '../../../sandbox/colony/test/support/server'
import { messagesIn } from '../../../support/reports/messages-file'
import type { Results, RunResults, ScenarioResults } from '../../../support/reports/results'
import { type Ended, startNode } from '../../support/runner'
import { SuiteCopy } from '../../support/suite-copy'
import { BROKEN_STEPS, brokenFeature } from './support/broken'

function results(suite: SuiteCopy): Results {
  return JSON.parse(readFileSync(join(suite.folder, 'reports', 'results.json'), 'utf8')) as Results
}

function resultOf(suite: SuiteCopy, title: string): ScenarioResults {
  const found = Object.entries(results(suite).results).find(([key]) => key.endsWith(title))
  return found?.[1] ?? {}
}

/** As another process does it that has nothing but the messages. */
function rewrite(suite: SuiteCopy, messages: readonly string[], folder: string): Promise<Ended> {
  const script = `
    const [{ writeReportsOf }, { mergedMessages }, { messagesIn }] = ['write-reports', 'merged-messages', 'messages-file']
      .map((file) => require('./support/reports/' + file))
    writeReportsOf(mergedMessages(${JSON.stringify(messages)}.map(messagesIn)), ${JSON.stringify(folder)})`
  return startNode(suite.folder, ['--require', './support/run/typescript.js', '--eval', script]).ended
}

function read(...parts: string[]): string {
  return readFileSync(join(...parts), 'utf8')
}

function runFolders(suite: SuiteCopy): string[] {
  const entries = readdirSync(join(suite.folder, 'reports'), { withFileTypes: true })
  return entries.flatMap(({ name }) => (/^\d{10}-/.test(name) ? [join(suite.folder, 'reports', name)] : [])).sort()
}

describe('a run that fails', () => {
  const suite = new SuiteCopy({ 'colony/broken.feature': brokenFeature(), 'colony/hooks.ts': BROKEN_STEPS })
  let run: Ended
  before(async () => {
    run = await suite.run(['--retry', '1'], {
      COLUMNS: '80',
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: join(suite.folder, 'summary.md'),
    })
  })
  after(() => suite.remove())

  test('shows each kind of failure with its cause', () => {
    expect(run.code, run.stderr).to.equal(1)
    expect(run.stdout).to.match(/AssertionError: the title: expected[\s\S]*\+ expected {2}- actual\n {5}-.*\n {5}\+One red glove/)
    expect(run.stdout).to.match(/ApiError: GET \/users\/me returned 403[\s\S]*GET {2}\/api\/v1\/users\/me {2}403/)
    expect(run.stdout).to.match(
      /ContractError: a health check breaks its contract: uptime[\s\S]*200[\s\S]*The last response:\n {5}\[/,
    )
    expect(run.stdout).to.match(/ConnectionError: GET http:\/\/127\.0\.0\.1:9\/ got no response \(ECONNREFUSED\)/)
    expect(run.stdout.match(/curl -X GET/g)).to.have.length(4)
    expect(run.stdout).to.not.match(/node_modules|node:internal|1 hook/)
  })

  test('ends with the reports, how to rerun it, and flaky scenarios', () => {
    expect(run.stdout).to.match(/Flaky, passed only when retried:\n {2}A second attempt succeeds \(attempt 2\)/)
    expect(run.stdout).to.match(/^Report {2}reports\/\d{10}-[0-9a-f]{6}\/index\.html$/m)
    expect(run.stdout).to.match(/^Rerun {3}npm run rerun$/m)
    expect(run.stdout).to.match(/^6 scenarios \(2 passed, 4 failed\)$/m)
    expect(run.stdout.trimEnd().split('\n').at(-1)).to.equal('live: 0 of 1 · sandbox: 1')
  })

  test('is annotated and summed up for GitHub', () => {
    expect(run.stdout.match(/^::error file=features\/colony\/broken\.feature,line=\d+,title=/gm)).to.have.length(4)
    expect(run.stdout).to.match(/^::warning file=features\/colony\/broken\.feature,line=\d+,title=A second attempt/m)
    const summary = readFileSync(join(suite.folder, 'summary.md'), 'utf8')
    expect(summary).to.contain('| The Colony | sandbox | 2 | 4 | 0 | 1 |').and.contain('### Failed (4)').and.contain('### Flaky')
  })

  test('reruns only failed scenarios', async () => {
    const again = await suite.tool('rerun')
    expect(again.code, again.stderr).to.equal(1)
    expect(again.stdout).to.match(/^4 scenarios \(4 failed\)$/m)
    const named = await suite.tool('rerun', ['--name', 'refused'])
    expect(named.stdout).to.match(/^1 scenario \(1 failed\)$/m)
  })

  test('is reported completely from its messages', async () => {
    const [first = ''] = runFolders(suite)
    const copy = join('elsewhere', basename(first))
    const { code, stderr } = await rewrite(suite, [join(first, 'messages.ndjson')], copy)
    expect([code, stderr]).to.deep.equal([0, ''])
    for (const name of ['junit.xml', 'index.html', 'report.html', 'results.json', 'messages.ndjson'])
      expect(read(suite.folder, copy, name), name).to.equal(read(first, name))
    expect(read(suite.folder, 'elsewhere', 'site', 'colony', 'broken.html')).to.contain('A refused call says what was refused')
  })
})

describe('runs one after the other', () => {
  const FEATURE = `
Feature: Two targets
  Scenario: The service answers both ways
    When the health is looked at
  Scenario: A sandbox fails where the service does not
    When the health is looked at, but not on a sandbox
`
  const suite = new SuiteCopy({ 'colony/targets.feature': FEATURE, 'colony/hooks.ts': BROKEN_STEPS })
  let colony: Wire
  before(async () => {
    colony = await bareColony()
  })
  after(async () => {
    await colony.stop()
    suite.remove()
  })

  test('keep live and sandbox side by side', async () => {
    const live = { COLONY_BASE_URL: colony.address, COLONY_TEST_API_KEY: colony.people.Ada?.apiKey ?? '' }
    expect((await suite.run(['--profile', 'live'], live)).code).to.equal(0)
    expect((await suite.run(['--profile', 'sandbox'], live)).code).to.equal(1)
    const { live: first, sandbox: second } = resultOf(suite, 'A sandbox fails where the service does not')
    expect(first?.last).to.include({ verdict: 'passed', target: 'live', address: colony.address })
    expect(second?.last).to.include({ verdict: 'failed', target: 'sandbox' })
    const page = readFileSync(join(suite.folder, 'reports', 'site', 'colony', 'targets.html'), 'utf8')
    expect(page).to.match(/Live passed<[\s\S]*Sandbox failed</)
  })

  test('survive a damaged results.json: one line, the same verdict, and all results are there again', async () => {
    const path = join(suite.folder, 'reports', 'results.json')
    for (const damage of ['', readFileSync(path, 'utf8').slice(0, 500), '{"features":{}}']) {
      writeFileSync(path, damage)
      const { code, stdout, stderr } = await suite.run(['--profile', 'sandbox', '--name', 'both ways'])
      expect([code, stderr]).to.deep.equal([0, ''])
      expect(stdout.match(/could not be read/g)).to.have.length(1)
      expect(stdout).to.match(/^live: 0 of 1 · sandbox: 1$/m)
      expect(resultOf(suite, 'The service answers both ways').live?.last.verdict).to.equal('passed')
      expect(resultOf(suite, 'A sandbox fails where the service does not').sandbox?.last.verdict).to.equal('failed')
    }
    expect(readdirSync(join(suite.folder, 'reports')).filter((name) => name.includes('broken'))).to.have.length(3)
  })

  test('an empty list for a rerun is nothing to do', async () => {
    const { code, stdout } = await suite.tool('rerun')
    expect([code, stdout]).to.deep.equal([0, 'Nothing failed in the last run.\n'])
  })

  test('a dry run changes no result', async () => {
    const before = JSON.stringify(results(suite))
    const { code, stdout } = await suite.run(['--dry-run'])
    expect(code, stdout).to.equal(0)
    expect(JSON.stringify(results(suite))).to.equal(before)
  })
})

describe('a run in shards', () => {
  const suite = new SuiteCopy({ 'colony/broken.feature': brokenFeature(), 'colony/hooks.ts': BROKEN_STEPS })
  after(() => suite.remove())

  test('is reported as a whole from the messages of its parts', async () => {
    // Each process tries the flaky one for the first time.
    for (const shard of ['1/3', '2/3', '3/3']) await suite.run(['--shard', shard])
    const messages = runFolders(suite).map((folder) => join(folder, 'messages.ndjson'))
    const folder = join('merged', '1795533520-07135c')
    const { code, stderr } = await rewrite(suite, messages, folder)
    expect([code, stderr]).to.deep.equal([0, ''])
    const { results: all, services } = JSON.parse(read(suite.folder, folder, 'results.json')) as RunResults
    expect(Object.keys(all)).to.have.length(6)
    expect(services.map(({ service, target }) => [service, target])).to.deep.equal([['colony', 'sandbox']])
    expect(read(suite.folder, folder, 'junit.xml')).to.match(/<testsuites [^>]*tests="6" failures="5"/)
    expect(read(suite.folder, 'merged', 'index.html')).to.contain('Failing now <span class="count">5')
    const merged = messagesIn(join(suite.folder, folder, 'messages.ndjson'))
    const count = (kind: 'gherkinDocument' | 'meta' | 'testRunStarted' | 'testRunFinished'): number =>
      merged.filter((envelope) => envelope[kind]).length
    const kinds = ['gherkinDocument', 'meta', 'testRunStarted', 'testRunFinished'] as const
    expect(kinds.map(count)).to.deep.equal([1, 1, 1, 1])
  })
})
