import type { RunFacts, ServiceFacts } from './facts'
import type { FeatureBook } from './feature-book'
import { markup } from './markup'
import type { Outcome } from './outcomes'
import { renderTargets } from './tables'

/** A JUnit report: a test case a scenario, with why it was skipped, and as properties which service ran against what. */
export function renderJunit(facts: RunFacts | undefined, outcomes: readonly Outcome[], book: FeatureBook): string {
  const count = (verdict: Outcome['verdict']): number => outcomes.filter((outcome) => outcome.verdict === verdict).length
  const attributes = {
    name: facts ? `Acceptance run ${facts.runId}` : 'Dry run',
    time: seconds(outcomes.reduce((total, outcome) => total + outcome.seconds, 0)),
    tests: outcomes.length,
    skipped: count('skipped'),
    failures: count('failed'),
    errors: 0,
    ...(facts ? { timestamp: facts.startedAt.toISOString() } : {}),
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite${render(attributes)}>`,
    ...(facts ? properties(facts.services) : []),
    ...outcomes.flatMap((outcome) => testCase(outcome, book)),
    '</testsuite>\n',
  ].join('\n')
}

function testCase({ pickle, verdict, why, stack, seconds: took, steps }: Outcome, book: FeatureBook): string[] {
  const { feature, rule, name } = book.titlesOf(pickle)
  const attributes = { classname: feature, name: rule ? `${rule} - ${name}` : name, time: seconds(took), file: pickle.uri }
  const told = pickle.steps.map(({ text }, at) => `${text} ... ${steps[at] ?? 'not reached'}`).join('\n')
  return [
    `  <testcase${render(attributes)}>`,
    ...(verdict === 'skipped' ? [`    <skipped${render({ message: why })}>${cdata(why)}</skipped>`] : []),
    ...(verdict === 'failed' ? [`    <failure${render({ message: why })}>${cdata(stack)}</failure>`] : []),
    `    <system-out>${cdata(told)}</system-out>`,
    '  </testcase>',
  ]
}

function properties(services: readonly ServiceFacts[]): string[] {
  const one = (name: string, value: string): string => `    <property${render({ name, value })}/>`
  return [
    '  <properties>',
    ...services.flatMap(({ service, target, address, backing }) => [
      one(`target.${service}`, target === 'none' ? 'not run' : target),
      ...(address ? [one(`address.${service}`, address)] : []),
      ...(backing.length > 0 ? [one(`backing.${service}`, backing.join('; '))] : []),
    ]),
    one('targets', renderTargets(services)),
    '  </properties>',
  ]
}

function render(attributes: Record<string, string | number>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${markup(legal(String(value)))}"`)
    .join('')
}

function cdata(text: string): string {
  return `<![CDATA[${legal(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}

/** XML 1.0 has no way to write most control characters. */
function legal(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
}

function seconds(value: number): string {
  return value.toFixed(3)
}
