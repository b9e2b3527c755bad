import { after, before, describe, test } from 'node:test'
import { expect } from 'chai'
import { TinyProject, type TinyRun } from '../../support/tiny-project'

const FEATURE = `
Feature: Posting <b>notices</b>
  Neighbours tell each other things.

  Background:
    Given a board

  Rule: Anyone may post
    The board belongs to all.

    Scenario: It reaches others
      When "Ada" & Ben post
        | what | <script>alert(1)</script> |

    Scenario Outline: As often as liked
      When <who> & Ben post
        """
        a text
        """
      Examples:
        | who   |
        | "Ada" |
        | "Cleo" |

  @later
  Scenario: Breaks
    When it breaks
`

const project = new TinyProject({
  'features/colony/posts.feature': FEATURE,
  'steps.ts': `
import { Given, When } from '@cucumber/cucumber'
Given('a board', () => {})
When('{string} & Ben post', (_who: string, _what: unknown) => {})
When('it is skipped', (_what: unknown) => 'skipped')
When('it breaks', () => { throw new Error('<img src=x onerror=alert(2)>') })
`,
  'plugin.ts': `
import { Redactor } from ${TinyProject.ours('support/config/redaction')}
import { EnvelopeFilter } from ${TinyProject.ours('support/reports/envelopes')}
import { startRun } from ${TinyProject.ours('support/run/run')}
export default {
  type: 'plugin',
  coordinator({ on, transform, operation }: any) {
    if (operation !== 'runCucumber') return
    const facts = { runId: process.env.MARK, startedAt: new Date(process.env.AT!), leftovers: [], kept: 0, notes: [], failures: [], plannedSkips: [],
      services: [{ service: 'colony', target: 'sandbox', address: 'http://127.0.0.1:4101', backing: ['a "real" server'], scenarios: 1 }] }
    const redactor = new Redactor()
    const filter = new EnvelopeFilter(redactor)
    on('message', (envelope: any) => filter.pass(envelope))
    transform('pickles:order', (pickles: any) => {
      if (!process.env.DRY) startRun({ runId: process.env.MARK!, parallel: false, atTerminal: false, services: {} } as any, process.env, redactor, facts as any)
      return pickles
    })
  },
}
`,
  'plugin.js': TinyProject.entryTo('./plugin.ts'),
  'cucumber.js': `
require('ts-node/register')
const reports = 'reports/' + process.env.MARK
module.exports = { default: { plugin: ['./plugin.js'], require: ['steps.ts'], format: [
  ${TinyProject.ours('support/run/entry/console.js')}, [${TinyProject.ours('support/run/entry/reports.js')}, reports + '/results.json'],
  ] } }
`,
})

describe('living documentation', () => {
  let run: TinyRun
  let page = ''

  before(async () => {
    await project.run([], { MARK: 'one', AT: '2026-01-01T08:30:00Z' })
    run = await project.run(['--tags', '@later'], { MARK: 'two', AT: '2026-01-02T08:30:00Z' })
    page = run.reports['index.html'] ?? ''
  })
  after(() => project.remove())

  test('tells features, rules, scenarios and steps in words', () => {
    for (const text of [
      'Neighbours tell each other things.',
      'Anyone may post',
      'The board belongs to all.',
      'It reaches others',
      'a text',
    ])
      expect(page).to.contain(text)
    expect(page).to.contain('<b>Given</b> a board').and.contain('As often as liked (2)')
  })

  test('keeps the results of a run that a filtered one did not repeat', () => {
    expect(page).to.match(/passed<\/span> It reaches others.*?2026-01-01 08:30 UTC/s)
    expect(page).to.match(/failed<\/span> Breaks.*?sandbox, <a href="two\/report.html">2026-01-02 08:30 UTC/s)
    expect(page).to.contain('<td class="passed">3</td><td class="failed">1</td><td>0</td><td>0</td>')
  })

  test('calls services as people do, and shows unasked why something failed', () => {
    expect(page).to.contain('<a href="#colony">The Colony</a>').and.contain('<h2>The Colony</h2>')
    expect(page).to.match(/<details open><summary>[^\n]*failed<\/span> Breaks/)
    expect(page).to.match(/<details><summary>[^\n]*passed<\/span> It reaches others/)
  })

  test('escapes whatever features and failures say, and needs nothing from elsewhere', () => {
    expect(page).to.not.match(/<script|<img|<b>notices|https?:|src="/)
    expect(page).to.contain('&#60;img src=x onerror')
  })

  test('every report says what ran against what', () => {
    expect(run.stdout.trimEnd().split('\n').at(-1)).to.equal('live: 0 of 1 · sandbox: 1')
    expect(run.reports['two/report.html']).to.contain('live: 0 of 1 · sandbox: 1').and.contain('http://127.0.0.1:4101')
    expect(run.reports['two/junit.xml']).to.contain('<property name="target.colony" value="sandbox"/>')
    expect(run.reports['two/junit.xml']).to.contain('value="a &#34;real&#34; server"')
  })

  test('a dry run changes nothing', async () => {
    const { reports, code } = await project.run(['--dry-run'], { MARK: 'three', AT: '2026-01-03T08:30:00Z', DRY: '1' })
    expect(code).to.equal(0)
    expect(reports['index.html']).to.equal(page)
  })

  test('a skip does not hide when the scenario last ran', async () => {
    project.write('features/colony/posts.feature', FEATURE.replace('When "Ada" & Ben post', 'When it is skipped'))
    const { reports } = await project.run([], { MARK: 'four', AT: '2026-01-04T08:30:00Z' })
    project.write('features/colony/posts.feature', FEATURE)
    expect(reports['index.html']).to.match(
      /<summary>[^\n]*skipped<\/span> It reaches others[^\n]*2026-01-04[^\n]*last ran: passed[^\n]*2026-01-01 08:30 UTC[^\n]*<\/summary>/,
    )
  })
})
