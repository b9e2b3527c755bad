import { after, before, test } from 'node:test'
import type { Envelope } from '@cucumber/messages'
import { expect } from 'chai'
import { Redactor } from '../../../support/config/redaction'
import { EnvelopeFilter } from '../../../support/reports/envelopes'
import { Outcomes } from '../../../support/reports/outcomes'
import { TinyProject } from '../../support/tiny-project'

const project = new TinyProject({
  'features/a.feature': `
Feature: Outcomes
  Scenario: passes
    Given it is fine
  Scenario: fails
    When it breaks
    Then it is fine
  Scenario: unknown
    Given nobody wrote this
  Scenario: flaky
    When it works the second time
  @gated
  Scenario: gated
    Given it is fine
`,
  'steps.js': `
const { Before, Given } = require('@cucumber/cucumber')
let tries = 0
Before({ tags: '@gated' }, function () { this.attach('{"reason":"closed","toSet":"OPEN=1"}', 'application/x.acceptance.skip'); return 'skipped' })
Given('it is fine', () => {})
Given('it breaks', () => { throw new Error('first line\\nsecond') })
Given('it works the second time', () => { if (++tries < 2) throw new Error('once') })
`,
})
let envelopes: Envelope[] = []

before(async () => {
  const { reports } = await project.run(['--require', 'steps.js', '--retry', '1', '--format', 'message:reports/m.ndjson'])
  envelopes = (reports['m.ndjson'] ?? '')
    .trim()
    .split('\n')
    .map((line): Envelope => JSON.parse(line))
})
after(() => project.remove())

test('the last attempt of each scenario counts, with its reason', () => {
  const filter = new EnvelopeFilter(new Redactor())
  const outcomes = new Outcomes()
  for (const envelope of envelopes) {
    filter.pass(envelope)
    outcomes.see(envelope)
  }
  expect(outcomes.all().map(({ pickle, verdict, why }) => [pickle.name, verdict, why])).to.deep.equal([
    ['passes', 'passed', ''],
    ['fails', 'failed', 'first line'],
    ['unknown', 'failed', 'undefined'],
    ['flaky', 'passed', ''],
    ['gated', 'skipped', 'closed; to run it: OPEN=1'],
  ])
})
