import { after, before, describe, test } from 'node:test'
import type { Envelope } from '@cucumber/messages'
import { expect } from 'chai'
import { Redactor } from '../../../support/config/redaction'
import { EnvelopeFilter } from '../../../support/reports/envelopes'
import { messagesIn } from '../../../support/reports/messages-file'
import { RunMessages } from '../../../support/reports/run-messages'
import type { RunReport, ScenarioReport } from '../../../support/reports/run-report'
import { TinyProject } from '../../support/tiny-project'

const CALL = {
  method: 'GET',
  url: 'http://localhost/things/1',
  status: 503,
  milliseconds: 4,
  requestBody: '',
  response: '{"detail":"later"}',
  curl: "curl -X GET 'http://localhost/things/1'",
  times: 1,
}

const project = new TinyProject({
  'features/colony/a.feature': `
Feature: Outcomes
  Background:
    Given it is fine
  Scenario: passes
    Given it is fine
  Rule: What breaks is reported
    Scenario: fails
      When the title is wrong
      Then it is fine
    Scenario: refused
      When a call is refused
    Scenario: slow
      When it takes too long
    Scenario: ambiguous
      When it means two things
    Scenario: unknown
      Given this step has "no" definition
  Scenario: flaky
    When it works the second time
  @gated
  Scenario: gated
    Given it is fine
  Scenario Outline: counting <what>
    Given it is fine
    Examples:
      | what  | how many |
      | posts | 1        |
      | posts | 2        |
      | polls | 1        |
`,
  'steps.js': `
const { After, AfterAll, Before, Given, setDefaultTimeout } = require('@cucumber/cucumber')
const { expect } = require('chai')
setDefaultTimeout(300)
const calls = Buffer.from(JSON.stringify({ earlier: 1, calls: [${JSON.stringify(CALL)}] }))
let tries = 0
Before({ tags: '@gated' }, function () { this.attach('{"reason":"closed","toSet":"OPEN=1"}', 'application/x.acceptance.skip'); return 'skipped' })
Given('it is fine', () => {})
Given('the title is wrong', () => expect('Two red gloves', 'the title').to.equal('One red glove'))
Given('a call is refused', function () {
  this.attach(calls, 'application/x.acceptance.calls+json')
  throw new Error('GET /things/1 returned 503: {"detail":"later"}\\n  curl -X GET x')
})
Given('it takes too long', () => new Promise((done) => setTimeout(done, 600)))
After(function ({ result }) { if (/timed out/.test(result.message)) this.attach(calls, 'application/x.acceptance.calls+json') })
Given('it means {word} things', () => {})
Given('it means two {word}', () => {})
Given('it works the second time', () => { if (++tries < 2) throw new Error('once') })
AfterAll({ name: 'Close what is open' }, () => { throw new Error('cannot close') })
`,
})
let envelopes: Envelope[] = []

before(async () => {
  await project.run(['--require', 'steps.js', '--retry', '1', '--format', 'message:reports/m.ndjson'])
  envelopes = messagesIn(`${project.folder}/reports/m.ndjson`)
})
after(() => project.remove())

function runReport(): RunReport {
  const filter = new EnvelopeFilter(new Redactor())
  const messages = new RunMessages()
  for (const envelope of structuredClone(envelopes)) {
    filter.pass(envelope)
    messages.see(envelope)
  }
  return messages.report()
}

function named(name: string): ScenarioReport {
  const found = runReport().scenarios.find((one) => one.name === name)
  if (!found) throw new Error(`no scenario ${name}`)
  return found
}

describe('the report of a run from its messages', () => {
  test('the last attempt of each scenario counts, with its reason', () => {
    const found = runReport().scenarios.map(({ name, verdict, why }) => [name, verdict, why])
    expect(found).to.deep.equal([
      ['passes', 'passed', ''],
      ['fails', 'failed', "AssertionError: the title: expected 'Two red gloves' to equal 'One red glove'"],
      ['refused', 'failed', 'GET /things/1 returned 503'],
      ['slow', 'failed', 'function timed out, ensure the promise resolves within 300 milliseconds'],
      ['ambiguous', 'failed', 'Several step definitions match this step: it means {word} things  (steps.js:16)'],
      ['unknown', 'failed', 'No step definition matches this step.'],
      ['flaky', 'passed', 'once'],
      ['gated', 'skipped', 'closed; to run it: OPEN=1'],
      ['counting posts (posts, 1)', 'passed', ''],
      ['counting posts (posts, 2)', 'passed', ''],
      ['counting polls (polls, 1)', 'passed', ''],
    ])
  })

  test('a scenario that passed at the second attempt is flaky, with the error of the first', () => {
    const flaky = runReport().scenarios.filter(({ isFlaky }) => isFlaky)
    expect(flaky.map(({ name, attempts, failures }) => [name, attempts, failures[0]?.message])).to.deep.equal([
      ['flaky', 2, 'once'],
    ])
  })

  test('a failure has its place, step, difference and own stack', () => {
    const { uri, line, rule, feature, failures } = named('fails')
    expect({ uri, line, rule, feature }).to.deep.equal({
      uri: 'features/colony/a.feature',
      line: 8,
      rule: 'What breaks is reported',
      feature: 'Outcomes',
    })
    expect(failures).to.have.length(1)
    expect(failures[0]).to.include({ step: 'When the title is wrong', type: 'AssertionError', definition: 'steps.js:9' })
    expect(failures[0]?.diff).to.deep.equal(['-Two red gloves', '+One red glove'])
    expect(failures[0]?.stack.join()).to.not.contain('node_modules')
  })

  test('the body of a refused call is among its calls, and not repeated', () => {
    const [failure] = named('refused').failures
    expect(failure?.message).to.equal('GET /things/1 returned 503')
    expect(failure?.calls).to.deep.equal({ earlier: 1, calls: [CALL] })
  })

  test('a step that ran out of time has the calls that the hook after it shows', () => {
    expect(named('slow').failures[0]?.calls?.calls[0]?.url).to.equal(CALL.url)
  })

  test('an undefined step brings the code to begin with', () => {
    expect(named('unknown').failures[0]).to.include({ status: 'undefined' })
    expect(named('unknown').failures[0]?.snippet).to.match(/^Given\('this step has \{string\} definition'/)
  })

  test('a hook that fails outside any scenario is also reported', () => {
    expect(runReport().failures.map(({ step, message }) => [step, message])).to.deep.equal([
      ['Hook: Close what is open', 'cannot close'],
    ])
  })

  test('sentences are kept with the patterns they matched', () => {
    const { matches, definitions } = runReport()
    expect(matches['it is fine']).to.equal('it is fine')
    expect(definitions.find(({ pattern }) => pattern === 'it is fine')).to.deep.equal({
      pattern: 'it is fine',
      file: 'steps.js',
      line: 8,
    })
  })

  test('features keep their text: background, rules, outlines as they were written', () => {
    const [feature] = runReport().features
    expect(feature?.background.map(({ text }) => text)).to.deep.equal(['it is fine'])
    expect(feature?.rules.map(({ name }) => name)).to.deep.equal(['', 'What breaks is reported'])
    const outline = feature?.rules[1]?.scenarios.at(-1)
    expect(outline?.name).to.equal('counting <what>')
    expect(outline?.examples[0]?.header).to.deep.equal(['what', 'how many'])
    expect(outline?.pickles.map(({ example }) => example?.row)).to.deep.equal([0, 1, 2])
  })
})
