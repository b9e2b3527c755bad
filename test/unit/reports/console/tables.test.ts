import { describe, test } from 'node:test'
import { expect } from 'chai'
import { renderEnd } from '../../../../support/reports/console/console'
import { renderOpening, renderTargets } from '../../../../support/reports/console/tables'
import { ASSERTION, FACTS, plainScreen, report, scenario } from '../support/sample'

const SCREEN = plainScreen(80)

describe('the opening table', () => {
  test('shows service, target, scenarios, address and backing, and skipped scenarios', () => {
    expect(renderOpening(FACTS, SCREEN).split('\n')).to.deep.equal([
      'Acceptance run 1795533520-07135c',
      '  service  target   scenarios  address',
      '  colony   live             3  https://colony.example.org/api/v1',
      '  cocalc   sandbox         12  http://127.0.0.1:4102',
      '           PostgreSQL 17.10, embedded; Redis, emulated',
      '  slack    not run          2',
      '',
      'Will be skipped:',
      '    2  it cannot be undone; to run it: ALLOW_DESTRUCTIVE=colony',
      '    1  it takes minutes; to run it: ACCEPTANCE_SLOW=1',
      '',
    ])
  })

  test('fits 80 columns for any backing servers', () => {
    const [first] = FACTS.services
    const wide = {
      ...FACTS,
      services: [
        {
          service: 'connector',
          target: 'live' as const,
          address: 'https://a-long-name-of-a-host.of-some-department.example.org/prefix',
          backing: [
            'PostgreSQL 17.10, embedded',
            'an engine of which there is very much to be said, in many words and long ones',
          ],
          account: 'ada@example.org',
          credential: 'the private key of SYMPHONY_BOT_PRIVATE_KEY_PATH',
          scenarios: 84,
        },
        ...(first ? [first] : []),
      ],
    }
    for (const line of renderOpening(wide, SCREEN).split('\n')) expect(line.length, line).to.be.at.most(80)
    expect(renderOpening(wide, SCREEN)).to.match(/the account of\s+ada@example\.org/)
  })
})

describe('the end of a run', () => {
  const end = (...[scenarios, more]: Parameters<typeof report>): string => renderEnd(report(scenarios, more), SCREEN)

  test('counts per service, groups skips by reason, names the reports, and ends with the targets', () => {
    const skip = { why: 'its credentials to run live are missing; to run it: SLACK_BOT_TOKEN' }
    const scenarios = [
      scenario('colony', 'passed'),
      scenario('cocalc', 'skipped', { why: 'it takes minutes; to run it: ACCEPTANCE_SLOW=1' }),
      scenario('slack', 'skipped', skip),
      scenario('slack', 'skipped', skip),
    ]
    const facts = {
      ...FACTS,
      kept: 2,
      notes: ['a new key is in .env.rotated: copy it'],
      failures: ['something was left behind'],
      reports: { run: 'reports/1/index.html', all: 'reports/index.html' },
    }
    expect(end(scenarios, { facts }).split('\n')).to.deep.equal([
      '',
      '  service  target   passed  failed  skipped',
      '  colony   live          1       0        0',
      '  cocalc   sandbox       0       0        1',
      '  slack    not run       0       0        2',
      '',
      'Skipped:',
      '    2  its credentials to run live are missing; to run it: SLACK_BOT_TOKEN',
      '    1  it takes minutes; to run it: ACCEPTANCE_SLOW=1',
      '',
      '2 left, because no call removes them: see docs/configuration.md',
      '',
      'Note:',
      '  a new key is in .env.rotated: copy it',
      '',
      'The run fails:',
      '  something was left behind',
      '',
      '4 scenarios (1 passed, 3 skipped)',
      '1 min 6 s',
      '',
      'Report  reports/1/index.html',
      '        reports/index.html (all runs)',
      '',
      'live: 1 of 3 (colony) · sandbox: 1 · not run: 1 (slack)',
      '',
    ])
  })

  test('shows flaky scenarios, the slowest five, and how to rerun failed ones', () => {
    const scenarios = [
      ...[5, 1, 4, 2, 3].map((seconds) => scenario('cocalc', 'passed', { name: `Takes ${seconds} seconds`, seconds })),
      scenario('colony', 'failed', { name: 'Broken' }),
      scenario('colony', 'passed', {
        name: 'Now and then',
        isFlaky: true,
        attempts: 2,
        why: 'Error: once',
        failures: [ASSERTION],
      }),
    ]
    const facts = { ...FACTS, reports: { run: 'reports/1/index.html', all: 'reports/index.html' } }
    const text = end(scenarios, { facts })
    expect(text).to.match(/colony +live +1 +1 +0 +1\n/)
    expect(text).to.contain('Flaky, passed only when retried:\n  Now and then (attempt 2)\n    features/colony/posts.feature:12')
    expect(text).to.contain('\nSlowest:\n  5.0 s  cocalc: Takes 5 seconds\n  4.0 s')
    expect(text).to.contain('\nRerun   npm run rerun\n')
  })

  test('lists leftovers with why they stayed', () => {
    const post = { service: 'colony', kind: 'post', id: '42', name: 'Red glove' }
    const leftovers = [
      { ...post, why: 'GET /posts/42 returned 503\n  curl -X GET …' },
      { ...post, why: 'its end was not seen' },
    ]
    expect(end([], { facts: { ...FACTS, leftovers } })).to.contain(
      [
        '2 left behind:',
        '  colony post 42 "Red glove": GET /posts/42 returned 503',
        '      curl -X GET …',
        '  colony post 42 "Red glove": its end was not seen',
      ].join('\n'),
    )
  })

  test('of a dry run shows only the number of scenarios', () => {
    const scenarios = [scenario('colony', 'skipped', { target: undefined })]
    expect(end(scenarios, { facts: undefined, startedAt: undefined })).to.equal('\n1 scenario (1 skipped)\n')
  })
})

describe('the last line', () => {
  const of = (...targets: ('live' | 'sandbox')[]): string =>
    renderTargets(targets.map((target, at) => ({ service: `s${at}`, target, backing: [], scenarios: 1 })))

  test('names the live ones', () => {
    expect(of('live', 'live', ...Array<'sandbox'>(5).fill('sandbox'))).to.equal('live: 2 of 7 (s0, s1) · sandbox: 5')
  })
  test('names none where there are none', () => {
    expect(of('sandbox', 'sandbox')).to.equal('live: 0 of 2 · sandbox: 2')
  })
})
