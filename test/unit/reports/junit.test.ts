import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { DOMParser, type Element } from '@xmldom/xmldom'
import { expect } from 'chai'
import { validateXML } from 'xmllint-wasm'
import { renderJunit } from '../../../support/reports/junit'
import type { RunReport } from '../../../support/reports/run-report'
import { ASSERTION, report, scenario } from './support/sample'

const SCHEMA = readFileSync(join(__dirname, 'junit.xsd'), 'utf8')
const NASTY = 'a <b> & "c" \'d\' ]]> \u0000\u001b[31m red\u001b[0m é 😀'
const CLEAN = NASTY.replaceAll('\u0000', '').replaceAll('\u001b', '')

async function faults(xml: string): Promise<string[]> {
  const { errors } = await validateXML({ xml: [{ fileName: 'junit.xml', contents: xml }], schema: [SCHEMA] })
  return errors.map(({ message }) => message)
}

function parsed(run: RunReport): Element {
  const onError = (_level: string, message: string): never => {
    throw new Error(message)
  }
  const { documentElement } = new DOMParser({ onError }).parseFromString(renderJunit(run), 'text/xml')
  if (!documentElement) throw new Error('no document')
  return documentElement
}

function all(root: Element, name: string): Element[] {
  return [...root.getElementsByTagName(name)]
}

const RUN = report(
  [
    scenario('colony', 'passed', { name: 'Fine' }),
    scenario('colony', 'failed', { name: 'Broken', why: 'AssertionError: the title' }),
    scenario('colony', 'passed', { name: 'Flaky', isFlaky: true, attempts: 2, failures: [ASSERTION] }),
    scenario('cocalc', 'skipped', { name: 'Later', why: 'it takes minutes; to run it: ACCEPTANCE_SLOW=1' }),
    scenario('slack', 'skipped', { name: NASTY, why: NASTY }),
  ],
  {
    failures: [
      { step: 'Hook: Close what is open', status: 'failed', type: 'Error', message: 'cannot close', diff: [], stack: [] },
    ],
  },
)

describe('a JUnit report', () => {
  test('is valid against the schema of Jenkins for any result', async () => {
    expect(await faults(renderJunit(RUN))).to.deep.equal([])
    expect(await faults(renderJunit(report([])))).to.deep.equal([])
  })

  test('the schema finds errors', async () => {
    expect(await faults(renderJunit(RUN).replace('<testcase ', '<testcase line="3" '))).to.not.deep.equal([])
    expect(await faults(renderJunit(RUN).replace(/ name="Fine"/, ''))).to.not.deep.equal([])
  })

  test('counts', () => {
    const root = parsed(RUN)
    const counts = ['tests', 'failures', 'errors', 'time'].map((name) => root.getAttribute(name))
    expect(counts).to.deep.equal(['6', '2', '0', '1.250'])
    expect(all(root, 'testsuite').map((suite) => [suite.getAttribute('name'), suite.getAttribute('tests')])).to.deep.equal([
      ['colony.Writing posts', '3'],
      ['cocalc.Writing posts', '1'],
      ['slack.Writing posts', '1'],
      ['run', '1'],
    ])
  })

  test('has separate class, file and line, message, type and stack', () => {
    const root = parsed(RUN)
    const broken = all(root, 'testcase').find((one) => one.getAttribute('name') === 'Broken')
    expect(broken?.getAttribute('classname')).to.equal('colony.Writing posts')
    const failure = broken && all(broken, 'failure')[0]
    expect(failure?.getAttribute('type')).to.equal('AssertionError')
    expect(failure?.getAttribute('message')).to.match(/^AssertionError: the title: expected/)
    expect(failure?.textContent).to.match(
      /^features\/colony\/posts\.feature:12\nThen Ada can read .*\n\n\+ expected - actual\n-Two red/,
    )
    expect(failure?.textContent).to.contain('at support/services/colony/tasks/posts.ts:48:18')
    expect(all(root, 'testsuite')[0]?.getAttribute('file')).to.equal('features/colony/posts.feature')
  })

  test('has the calls and the command that repeats the last one in system-out', () => {
    const out = all(parsed(RUN), 'system-out')[1]?.textContent
    expect(out).to.match(/^features\/colony\/posts\.feature:12\n/)
    expect(out).to.contain('POST https://colony.example.org/api/v1/posts -> 201 in 12 ms')
    expect(out).to.match(/\ncurl -X GET 'https:[^\n]*$/)
  })

  test('contains the reasons of skips, and flaky scenarios', () => {
    const root = parsed(RUN)
    const [later, nasty] = all(root, 'skipped')
    expect(later?.getAttribute('message')).to.equal('it takes minutes; to run it: ACCEPTANCE_SLOW=1')
    expect(nasty?.textContent).to.equal(CLEAN)
    expect(all(root, 'flakyFailure')[0]?.getAttribute('type')).to.equal('AssertionError')
    expect(all(root, 'system-out')[2]?.textContent).to.contain('Flaky: passed at attempt 2.')
  })

  test('contains the target of each service', () => {
    const properties = all(parsed(RUN), 'property').map((one) => [one.getAttribute('name'), one.getAttribute('value')])
    expect(properties).to.deep.include.members([
      ['target.colony', 'live'],
      ['address.colony', 'https://colony.example.org/api/v1'],
      ['backing.cocalc', 'PostgreSQL 17.10, embedded; Redis, emulated'],
      ['target.slack', 'not run'],
      ['targets', 'live: 1 of 3 (colony) · sandbox: 1 · not run: 1 (slack)'],
    ])
  })

  test('no two cases share class and name', () => {
    const twice = ['Anyone may read', 'Only its author may change it', 'Only its author may change it']
    const scenarios = twice.map((rule) => scenario('colony', 'passed', { rule }))
    const names = all(parsed(report(scenarios)), 'testcase').map((one) => one.getAttribute('name'))
    expect(names).to.deep.equal([
      'A post reads as it was written (Anyone may read)',
      'A post reads as it was written (Only its author may change it)',
      'A post reads as it was written (Only its author may change it) (2)',
    ])
    const both = [scenario('colony', 'passed'), scenario('colony', 'passed', { target: 'sandbox' })]
    expect(all(parsed(report(both)), 'testcase').map((one) => one.getAttribute('name'))).to.deep.equal([
      'A post reads as it was written (live)',
      'A post reads as it was written (sandbox)',
    ])
  })

  test('a dot in a title parts no class', () => {
    const [suite] = all(parsed(report([scenario('colony', 'passed', { feature: 'Version 1.2' })])), 'testsuite')
    expect(suite?.getAttribute('name')).to.equal('colony.Version 1·2')
  })
})
