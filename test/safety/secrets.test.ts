import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { startColony } from '../../sandbox/colony/server'
import type { RunningSandbox } from '../../sandbox/kit/sandbox'
import type { Ended } from '../support/runner'
import { SuiteCopy } from '../support/suite-copy'

const STEPS = `
import { Then, When } from '@cucumber/cucumber'
import { ColonyState } from '../../support/services/colony/state'
const key = process.env.COLONY_TEST_API_KEY ?? ''
When('the key and the pass are shown', async function (this: any) {
  const ada = await this.state(ColonyState).as('Ada')
  await ada.me()
  const { authorization } = await ada.tokens.headers()
  this.log('log ' + authorization)
  this.attach(Buffer.from(key), 'application/octet-stream')
  throw new Error(key + ' and ' + authorization, { cause: new Error('cause ' + Buffer.from('ada:' + key).toString('base64')) })
})
When('the process dies with a post named after the key', async function (this: any) {
  const { undo } = this.access
  await undo.create('colony.post', 'Named ' + key, { by: 'Ada', data: { note: encodeURIComponent(key) } }, async () => ({ id: 'x' }))
  process.kill(process.pid, 'SIGKILL')
})
Then('no one is left', () => undefined)
`

const feature = (key: string): string => `
Feature: Keys ${key}
  Scenario: with ${key}
    When Ada publishes the post "${key}"
    Then Ada can read the post "something ${key} else"
  Scenario: thrown
    When the key and the pass are shown
  @needs:second-account
  Scenario: skipped
    Given Ada published the post "One red glove"
    Then Ben can read the post "One red glove"
`

describe('secrets of a real run', () => {
  let suite: SuiteCopy
  let colony: RunningSandbox
  let failed: Ended
  let key = ''
  let environment: Record<string, string>
  let forms: string[]

  before(async () => {
    colony = await startColony()
    const { COLONY_BASE_URL = '', COLONY_TEST_API_KEY = '' } = colony.variables
    environment = { COLONY_BASE_URL, COLONY_TEST_API_KEY, ACCEPTANCE_DEBUG: '1' }
    key = COLONY_TEST_API_KEY
    const encoded = [0, 1, 2].map((pad) =>
      Buffer.from(`${'x'.repeat(pad)}${key}`)
        .toString('base64')
        .slice(4, -4),
    )
    forms = [key, encodeURIComponent(key), Buffer.from(key).toString('hex'), ...encoded]
    suite = new SuiteCopy({ 'colony/keys.feature': feature(key), 'colony/hooks.ts': STEPS })
    failed = await suite.run([], environment)
  })
  after(async () => {
    await colony.stop()
    suite.remove()
  })

  test('stand in neither console nor report, nor do passes got while it ran', () => {
    expect(failed.code, failed.stderr).to.equal(1)
    const sinks = { ...suite.reports(), console: failed.stdout + failed.stderr }
    expect(sinks).to.include.all.keys('report.html', 'junit.xml', 'messages.ndjson', 'results.json', 'index.html')
    for (const [name, text] of Object.entries(sinks)) {
      for (const form of forms) expect(text.includes(form), `${name} holds ${form}`).to.equal(false)
      expect(text, name).to.not.match(/eyJ[\w-]{10,}\.eyJ[\w-]{20,}\./)
    }
    expect(sinks.console).to.contain('POST ').and.to.contain('thrown')
  })

  test('console, HTML, JUnit and messages contain the reason of a skip', () => {
    const sinks: Record<string, string> = { ...suite.reports(), console: failed.stdout }
    for (const name of ['console', 'report.html', 'junit.xml', 'messages.ndjson'] as const) {
      expect(sinks[name], name).to.contain('it needs a second account')
      expect(sinks[name], name).to.contain('COLONY_TEST_API_KEY_2')
    }
  })

  test('stand in no journal', async () => {
    suite.write(
      'features/colony/keys.feature',
      'Feature: x\n  Scenario: y\n    When the process dies with a post named after the key\n',
    )
    await suite.run([], environment)
    const [path = ''] = suite.journals()
    const journal = readFileSync(path, 'utf8')
    expect(journal).to.contain('"kind":"post"').and.to.contain('Named ')
    for (const form of forms) expect(journal.includes(form), form).to.equal(false)
  })
})
