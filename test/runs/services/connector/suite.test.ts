import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import { SuiteCopy } from '../../../support/suite-copy'

const HOOKS = `import { appendFileSync } from 'node:fs'
const note = (text) => appendFileSync('hooks.log', text + '\\n')
export const hooks = {
  setUp: async ({ name }) => { note('set up ' + /acceptance/.test(name)); return { made: 'yes' } },
  recognise: async () => 'ours',
  tearDown: async () => note('torn down'),
  before: (state, scenario) => note('before ' + scenario + ' ' + state.setup.made),
  after: (_scene, scenario, passed) => note('after ' + scenario + ' ' + passed),
  checks: { 'two letters': (value) => value === 'me' },
}
`
const FEATURE = `Feature: Demo

  Scenario: one
    Then the app is healthy

  Scenario: one
    When Ada calls auth with
      | credentials.password | wrong |
    Then the response has
      | success     | equals true |
      | data.status | equals success |
      | data.status | custom two letters |
      | data.none.x | exists |

  Scenario: a run that fails
    Given the password is wrong
    When Ada starts a run
    Then the run ends as COMPLETED

  Scenario: a start with rows
    When Ada calls workflow with
      | credentials.password | wrong |
    Then the response has
      | _http_status   | equals 200 |
      | correlation_id | is string  |
    And the run ends as FAILED

  Scenario: another path is for runs alone
    Given runs start at "/nowhere"
    When Ada calls auth
    Then the response has
      | _http_status | equals 200 |
      | data.status  | equals success |

  Scenario: not today
    Given the scenario is skipped because "Full extraction takes >10 minutes; run manually only"
    Then the app is healthy

  @slow
  Scenario: later
    Full extraction takes minutes.

    Then the app is healthy
`

const suite = new SuiteCopy({ 'connector/demo/demo.feature': FEATURE, 'connector/demo/hooks.ts': HOOKS })
after(() => suite.remove())
const hooksLog = () => readFileSync(join(suite.folder, 'hooks.log'), 'utf8').trim().split('\n')

describe('a connector’s folder in a run', () => {
  test('its hooks, its failures, its skips', async () => {
    const { code, stdout } = await suite.run(['--profile', 'sandbox'])
    expect(code, stdout).to.equal(1)
    // CON-058, CON-059, CON-060, CON-061, CON-164, CON-165, CON-166, CON-185
    expect(hooksLog()).to.deep.equal([
      'set up true',
      'before one yes',
      'after one true',
      'before one yes',
      'after one false',
      'before a run that fails yes',
      'after a run that fails false',
      'before a start with rows yes',
      'after a start with rows true',
      // CON-160
      'before another path is for runs alone yes',
      'after another path is for runs alone true',
      'torn down',
    ])
    // CON-004, CON-167, CON-168
    expect(stdout).to.match(/the answer breaks 4 of 4 promises:/)
    expect(stdout).to.contain('- success: expected equals(true), got false')
    expect(stdout).to.contain('- data.status: expected custom(two letters), got "failed"')
    expect(stdout).to.match(/data\.none\.x: expected exists\(\), got nothing \(the path ends at "data": an object with/)
    // CON-181
    expect(stdout).to.contain("the run did not complete successfully: its status: expected 'FAILED' to equal 'COMPLETED'")
    // CON-062
    expect(stdout).to.contain('1  it takes minutes; to run it: ACCEPTANCE_SLOW=1')
    // CON-687
    expect(stdout).to.contain('Full extraction takes >10 minutes; run manually only')
    // The step catalogue shows titles alone, not how they ended.
    const { 'steps.html': _steps, ...reports } = suite.reports()
    for (const [name, text] of Object.entries(reports).filter(([, report]) => report.includes('not today')))
      expect(text, name).to.match(/Full extraction takes (>|&gt;|&#62;)10 minutes/)
    expect(suite.journals()).to.deep.equal([])
  })

  // CON-023, CON-024
  test('one scenario by its line, with every call shown', async () => {
    const { code, stdout, stderr } = await suite.run(['features/connector/demo/demo.feature:3', '--profile', 'sandbox'], {
      ACCEPTANCE_DEBUG: '1',
    })
    expect(code).to.equal(0)
    expect(stdout).to.contain('1 scenario (1 passed)')
    expect(stderr)
      .to.match(/GET http:\/\/127\.0\.0\.1:\d+\/server\/health -> 200/)
      .and.contain('{"status":"healthy"}')
  })

  test('one scenario by its name, and those of one connector', async () => {
    const other = new SuiteCopy({
      'connector/demo/demo.feature':
        'Feature: Demo\n\n  Scenario: one\n    Then the app is healthy\n\n  Scenario: two\n    Then the app is healthy\n',
      'connector/other/other.feature': 'Feature: Other\n\n  Scenario: three\n    Then the app is healthy\n',
    })
    for (const [args, count] of [
      [['--name', '^two$'], '1 scenario (1 passed)'],
      [['features/connector/demo'], '2 scenarios (2 passed)'],
      [[], '3 scenarios (3 passed)'],
    ] as const) {
      const { code, stdout } = await other.run([...args, '--profile', 'sandbox'])
      expect(code, stdout).to.equal(0)
      expect(stdout, args.join(' ')).to.contain(count)
    }
    other.remove()
  })

  test('a tear-down without a check of ownership is refused, and nothing is set up', async () => {
    const own = new SuiteCopy({
      'connector/demo/demo.feature': FEATURE,
      'connector/demo/hooks.ts': HOOKS.replace(/ {2}recognise.*\n/, ''),
    })
    const { code, stdout } = await own.run(['features/connector/demo/demo.feature:3', '--profile', 'sandbox'])
    expect(code, stdout).to.equal(1)
    expect(stdout).to.contain('features/connector/demo/hooks.ts has tearDown without recognise')
    expect(existsSync(join(own.folder, 'hooks.log'))).to.equal(false)
    own.remove()
  })

  // CON-019, CON-161, CON-162
  test('no app at the address: one clear failure for the whole run, before any scenario', async () => {
    const { code, stdout, stderr } = await suite.run([], { CONNECTOR_URL: 'http://127.0.0.1:1' })
    expect(code).to.equal(1)
    expect(stderr).to.contain('The connector app is not running at http://127.0.0.1:1')
    expect(`${stdout}${stderr}`.match(/not running/g)).to.have.length(1)
    expect(stdout).to.not.contain('scenarios')
  })
})
