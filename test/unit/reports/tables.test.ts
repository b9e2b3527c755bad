import { describe, test } from 'node:test'
import type { Pickle } from '@cucumber/messages'
import { expect } from 'chai'
import type { RunFacts } from '../../../support/reports/facts'
import type { Outcome, Verdict } from '../../../support/reports/outcomes'
import { renderClosing, renderOpening, renderTargets } from '../../../support/reports/tables'

const facts: RunFacts = {
  runId: '1795533520-07135c',
  startedAt: new Date('2026-11-24T12:00:00Z'),
  services: [
    { service: 'colony', target: 'live', address: 'https://colony.example.org/api/v1', backing: [], scenarios: 3 },
    {
      service: 'cocalc',
      target: 'sandbox',
      address: 'http://127.0.0.1:4102',
      backing: ['PostgreSQL 17.10, embedded', 'Redis, emulated'],
      scenarios: 12,
    },
    { service: 'slack', target: 'none', backing: [], scenarios: 2 },
  ],
  plannedSkips: [
    { reason: 'it takes minutes', toSet: 'ACCEPTANCE_SLOW=1', scenarios: 1 },
    { reason: 'it cannot be undone', toSet: 'ALLOW_DESTRUCTIVE=colony', scenarios: 2 },
  ],
  leftovers: [],
  kept: 0,
  notes: [],
  failures: [],
}

function outcome(service: string, verdict: Verdict, why = ''): Outcome {
  const pickle: Pickle = {
    id: '1',
    uri: `features/${service}/x.feature`,
    name: 'x',
    language: 'en',
    steps: [],
    tags: [],
    astNodeIds: [],
  }
  return { pickle, verdict, why, stack: '', seconds: 0, steps: [] }
}

const serviceOf = (uri: string): string => uri.split('/')[1] ?? ''

test('the opening table names service, target, address, scenarios, backing, and what will be skipped', () => {
  expect(renderOpening(facts).split('\n')).to.deep.equal([
    'Acceptance run 1795533520-07135c',
    '  service  target   address                            scenarios  with',
    '  colony   live     https://colony.example.org/api/v1          3',
    '  cocalc   sandbox  http://127.0.0.1:4102                     12  PostgreSQL 17.10, embedded; Redis, emulated',
    '  slack    not run                                             2',
    '',
    'Will be skipped:',
    '  2  it cannot be undone; to run it: ALLOW_DESTRUCTIVE=colony',
    '  1  it takes minutes; to run it: ACCEPTANCE_SLOW=1',
    '',
  ])
})

test('the closing table counts per service, groups skips by reason and ends with the targets', () => {
  const closing = renderClosing(
    { ...facts, kept: 2, notes: ['a new key is in .env.rotated: copy it'], failures: ['something was left behind'] },
    [
      outcome('colony', 'passed'),
      outcome('colony', 'failed', 'boom'),
      outcome('cocalc', 'skipped', 'it takes minutes; to run it: ACCEPTANCE_SLOW=1'),
      outcome('slack', 'skipped', 'its credentials to run live are missing; to run it: SLACK_BOT_TOKEN'),
      outcome('slack', 'skipped', 'its credentials to run live are missing; to run it: SLACK_BOT_TOKEN'),
    ],
    serviceOf,
  )
  expect(closing.split('\n')).to.deep.equal([
    '',
    '  service  target   passed  failed  skipped',
    '  colony   live          1       1        0',
    '  cocalc   sandbox       0       0        1',
    '  slack    not run       0       0        2',
    '',
    'Skipped:',
    '  2  its credentials to run live are missing; to run it: SLACK_BOT_TOKEN',
    '  1  it takes minutes; to run it: ACCEPTANCE_SLOW=1',
    '',
    '2 kept, since no call removes them: see the README for what a live run keeps',
    '',
    'Note:',
    '  a new key is in .env.rotated: copy it',
    '',
    'The run fails:',
    '  something was left behind',
    '',
    'live: 1 of 3 (colony) · sandbox: 1 · not run: 1 (slack)',
    '',
  ])
})

test('leftovers are listed with why they stayed', () => {
  const post = { service: 'colony', kind: 'post', id: '42', name: 'Red glove' }
  const leftovers = [
    { ...post, why: 'GET /posts/42 returned 503\n  curl -X GET …' },
    { ...post, why: 'its end was not seen' },
  ]
  expect(renderClosing({ ...facts, leftovers }, [], serviceOf)).to.contain(
    [
      '2 left behind:',
      '  colony post 42 "Red glove": GET /posts/42 returned 503',
      '      curl -X GET …',
      '  colony post 42 "Red glove": its end was not seen',
    ].join('\n'),
  )
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
