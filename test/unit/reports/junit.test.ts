import { test } from 'node:test'
import type { Pickle } from '@cucumber/messages'
import { DOMParser } from '@xmldom/xmldom'
import { expect } from 'chai'
import { FeatureBook } from '../../../support/reports/feature-book'
import { renderJunit } from '../../../support/reports/junit'
import type { Outcome } from '../../../support/reports/outcomes'

const NASTY = 'a <b> & "c" \'d\' ]]> \u0000\u001b[31m red\u001b[0m é 😀'

function outcome(verdict: Outcome['verdict'], name: string): Outcome {
  const steps = [{ id: '1', text: `a step with ${NASTY}`, astNodeIds: [] }]
  const pickle: Pickle = { id: name, uri: 'features/colony/x.feature', name, language: 'en', steps, tags: [], astNodeIds: [] }
  return { pickle, verdict, why: NASTY, stack: `${NASTY}\n  at somewhere`, seconds: 0.25, steps: ['passed'] }
}

test('a JUnit report is well-formed whatever the suite says, and tells reasons and targets', () => {
  const facts = {
    runId: '1-a',
    startedAt: new Date('2026-01-01T00:00:00Z'),
    services: [
      { service: 'colony', target: 'live' as const, address: 'https://x.example.org/?a=1&b=<2>', backing: [], scenarios: 3 },
    ],
    plannedSkips: [],
    leftovers: [],
    kept: 0,
    notes: [],
    failures: [],
  }
  const outcomes = [outcome('passed', 'fine'), outcome('failed', NASTY), outcome('skipped', 'later')]
  const document = new DOMParser({
    onError: (_level, message) => {
      throw new Error(message)
    },
  }).parseFromString(renderJunit(facts, outcomes, new FeatureBook()), 'text/xml')
  const suite = document.documentElement
  expect(['tests', 'failures', 'skipped', 'time'].map((name) => suite?.getAttribute(name))).to.deep.equal([
    '3',
    '1',
    '1',
    '0.750',
  ])
  const clean = NASTY.replaceAll('\u0000', '').replaceAll('\u001b', '')
  expect(suite?.getElementsByTagName('skipped')[0]?.textContent).to.equal(clean)
  expect(suite?.getElementsByTagName('failure')[0]?.textContent).to.equal(`${clean}\n  at somewhere`)
  expect(suite?.getElementsByTagName('testcase')[1]?.getAttribute('name')).to.equal(clean)
  expect(suite?.getElementsByTagName('property')[1]?.getAttribute('value')).to.equal('https://x.example.org/?a=1&b=<2>')
})
