import { generateKeyPairSync } from 'node:crypto'
import { TinyProject } from './tiny-project'

const CONFIGURED = 'sk-live-9f8e7d6c5b4a"<&>'
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJlLW9mLWFkYQ'
const PEM = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
}).privateKey

const PLUGIN = `
import { Redactor } from ${TinyProject.ours('support/config/redaction')}
import { EnvelopeFilter } from ${TinyProject.ours('support/reports/envelopes')}
import { guardStreams } from ${TinyProject.ours('support/reports/streams')}
export default {
  type: 'plugin',
  coordinator({ on, operation }: any) {
    if (operation !== 'runCucumber') return
    const redactor = new Redactor([process.env.KEY!, process.env.PEM!, process.env.SHORT!])
    const restore = guardStreams(redactor)
    const filter = new EnvelopeFilter(redactor)
    on('message', (envelope: any) => filter.pass(envelope))
    return () => { process.once('exit', restore) }
  },
}
`

const CONFIG = `
require('ts-node/register')
module.exports = {
  default: {
    plugin: ['./plugin.js'],
    requireModule: ['ts-node/register'],
    require: ['steps.ts'],
    worldParameters: { key: process.env.KEY },
    format: [process.env.CONSOLE ?? 'progress', ['html', 'reports/report.html'], ['junit', 'reports/junit.xml'],
      ['message', 'reports/messages.ndjson'], ['json', 'reports/report.json'], ['usage-json', 'reports/usage.json'],
      ['rerun', 'reports/rerun.txt'], ['summary', 'reports/summary.txt'], ['pretty', 'reports/pretty.txt']],
  },
}
`

const FEATURE = `
Feature: Leaking ${CONFIGURED}
  The narrative has ${CONFIGURED}.
  Scenario: in the title ${CONFIGURED}
    Given a step with ${CONFIGURED}
    And a text
      """
      doc ${CONFIGURED}
      """
    And a table
      | ${CONFIGURED} |
  Scenario Outline: example <key>
    Given a step with <key>
    Examples:
      | key |
      | ${CONFIGURED} |
  Scenario Outline: failing with <what>
    When it fails with <what>
    Examples:
      | what |
      | message |
      | cause |
      | object |
      | axios |
      | diff |
      | jwt |
      | pem |
      | basic |
      | late |
  Scenario: attaching
    Then everything is attached
  @gated
  Scenario: behind a gate
    Given a step with nothing
    And a step with nothing
  Scenario: excused
    Given a step with nothing
    When the account lacks a scope
    Then a step with nothing
`

const STEPS = `
import { AfterAll, Before, Given, Then, When } from '@cucumber/cucumber'
import { Readable } from 'node:stream'
const key = process.env.KEY!, pem = process.env.PEM!, jwt = process.env.JWT!
Given('a step with {}', (_text: string) => { console.log('printing', key) })
Given('a text', (text: string) => {})
Given('a table', (table: any) => {})
Before({ tags: '@gated' }, function (this: any) {
  this.attach(JSON.stringify({ reason: 'it needs a second account', toSet: 'BEN_TOKEN' }), 'application/x.acceptance.skip')
  return 'skipped'
})
When('the account lacks a scope', function (this: any) {
  this.attach(JSON.stringify({ reason: 'the bot lacks reactions:write', toSet: 'that scope' }), 'application/x.acceptance.skip')
  return 'skipped'
})
When('it fails with {}', async function (this: any, what: string) {
  if (what === 'message') throw new Error('no ' + key)
  if (what === 'cause') throw new Error('outer', { cause: new Error('inner ' + key, { cause: new Error(key) }) })
  if (what === 'object') throw { code: key }
  if (what === 'axios') {
    const axios = require('axios')
    await axios.get('http://127.0.0.1:1/?token=' + encodeURIComponent(key), { headers: { Authorization: key } })
  }
  if (what === 'diff') require('chai').expect({ a: key }).to.deep.equal({ a: 'other' })
  if (what === 'jwt') { this.attach(jwt, 'application/x.acceptance.secret'); throw new Error('token ' + jwt + ' refused') }
  if (what === 'pem') throw new Error('lines ' + pem.split('\\n').map((line: string) => '> ' + line).join('\\n'))
  if (what === 'basic') throw new Error('Authorization: Basic ' + Buffer.from('ada:' + process.env.SHORT).toString('base64') + ' or ' + Buffer.from('ada:' + key).toString('base64'))
  if (what === 'late') { Promise.reject(new Error('late ' + key)); await new Promise((done) => setTimeout(done, 30)) }
})
Then('everything is attached', async function (this: any) {
  this.log('log ' + key)
  this.link('https://example.org/?key=' + encodeURIComponent(key))
  this.attach(key, 'text/plain')
  this.attach(Buffer.from('bytes ' + key), 'application/octet-stream')
  await this.attach(Readable.from([Buffer.from('stream ' + key)]), 'text/plain')
  this.attach('{"k":' + JSON.stringify(key) + '}', { mediaType: 'application/json', fileName: key + '.json' })
  this.log('parameters ' + JSON.stringify(this.parameters))
})
AfterAll(() => { throw new Error('after all ' + key) })
`

/** The environment of the run, including a build machine's variables. */
export const environment = {
  KEY: CONFIGURED,
  SHORT: 'hunter2',
  PEM,
  JWT,
  CI: 'true',
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://example.org',
  GITHUB_REPOSITORY: `x/${encodeURIComponent(CONFIGURED)}`,
  GITHUB_RUN_ID: CONFIGURED,
  GITHUB_SHA: 'abc',
}

/** The complete content of a report, with decoded attachments. */
export function readable(text: string): string {
  const decoded = [...text.matchAll(/[A-Za-z0-9+/_-]{16,}={0,2}/g)].map(([piece]) =>
    Buffer.from(piece, 'base64').toString('latin1'),
  )
  return [text, ...decoded].join('\n')
}

const lines = PEM.split('\n').filter((line) => line && !line.startsWith('-----'))
/** The secrets that no report may contain, in any form. */
export const UNSEEN = ['sk-live-9f8e7d6c5b4a', 'c2lnbmF0dXJlLW9mLWFkYQ', 'hunter2', ...lines]

/** A project whose scenarios bring secrets into every place a report could show. @see environment */
export function leakingProject(): TinyProject {
  return new TinyProject({
    'cucumber.js': CONFIG,
    'plugin.ts': PLUGIN,
    'plugin.js': TinyProject.entryTo('./plugin.ts'),
    'steps.ts': STEPS,
    'features/leak.feature': FEATURE,
  })
}
