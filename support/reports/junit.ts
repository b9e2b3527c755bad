import { type Call, callsText } from '../http/exchanges'
import { renderTargets, TARGETS } from './console/tables'
import type { ServiceFacts } from './facts'
import { headline, type StepFailure } from './failure'
import { markup } from './markup'
import { countOf, type RunReport, type ScenarioReport } from './run-report'

/**
 * A JUnit report: a suite per feature, a test case per scenario. It is valid by Jenkins' schema (`junit-10.xsd`): what a test
 * case has no attribute for, such as its file and line, is in its text.
 */
export function renderJunit(report: RunReport): string {
  const { facts, scenarios } = report
  const suites = Map.groupBy(scenarios, (one) => `${className(one)} ${one.target ?? ''}`)
  const names = uniqueNames(scenarios)
  const attributes = {
    name: facts ? `Acceptance run ${facts.runId}` : 'Dry run',
    ...counts(report),
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${render(attributes)}>`,
    ...[...suites.values()].flatMap((own) => suite(own, report, names)),
    ...runFailures(report),
    '</testsuites>\n',
  ].join('\n')
}

function suite(scenarios: readonly ScenarioReport[], { facts }: RunReport, names: ReadonlyMap<ScenarioReport, string>): string[] {
  const [first] = scenarios
  if (!first) return []
  const attributes = {
    name: className(first),
    ...counts({ scenarios, failures: [] }),
    skipped: countOf({ scenarios }, 'skipped'),
    package: first.service,
    file: first.uri,
    ...(facts ? { timestamp: facts.startedAt.toISOString().slice(0, 19) } : {}),
  }
  const place = facts?.services.find(({ service, target }) => service === first.service && target === first.target)
  return [
    `  <testsuite${render(attributes)}>`,
    ...properties(first, place, facts?.services ?? []),
    ...scenarios.flatMap((scenario) => testCase(scenario, names.get(scenario) ?? scenario.name)),
    '  </testsuite>',
  ]
}

function properties({ uri }: ScenarioReport, place: ServiceFacts | undefined, all: readonly ServiceFacts[]): string[] {
  const one = (name: string, value: string): string => `      <property${render({ name, value })}/>`
  return [
    '    <properties>',
    one('file', uri),
    ...(place
      ? [
          one(`target.${place.service}`, TARGETS[place.target]),
          ...(place.address ? [one(`address.${place.service}`, place.address)] : []),
          ...(place.backing.length > 0 ? [one(`backing.${place.service}`, place.backing.join('; '))] : []),
          ...(place.account ? [one(`account.${place.service}`, place.account)] : []),
        ]
      : []),
    ...(all.length > 0 ? [one('targets', renderTargets(all))] : []),
    '    </properties>',
  ]
}

function testCase(scenario: ScenarioReport, name: string): string[] {
  const { verdict, isFlaky, why, seconds, failures } = scenario
  return [
    `    <testcase${render({ classname: className(scenario), name, time: seconds.toFixed(3) })}>`,
    ...(verdict === 'skipped' ? [`      <skipped${render({ message: why })}>${escaped(why)}</skipped>`] : []),
    ...(verdict === 'failed' ? failures.map((failure) => failureElement(failure, scenario)) : []),
    ...(isFlaky ? failures.slice(0, 1).flatMap((failure) => flakyElement(failure, scenario)) : []),
    `      <system-out>${cdata(output(scenario))}</system-out>`,
    '    </testcase>',
  ]
}

function failureElement(failure: StepFailure, scenario: ScenarioReport): string {
  const attributes = { message: headline(failure) || failure.status, type: failure.type || failure.status }
  return `      <failure${render(attributes)}>${cdata(explanation(failure, scenario))}</failure>`
}

function flakyElement(failure: StepFailure, scenario: ScenarioReport): string[] {
  const attributes = { message: headline(failure) || failure.status, type: failure.type || failure.status }
  return [
    `      <flakyFailure${render(attributes)}>`,
    `        <stackTrace>${cdata(explanation(failure, scenario))}</stackTrace>`,
    '      </flakyFailure>',
  ]
}

/** Details of a failure besides its message: its place, the difference, the stack. */
function explanation({ step, definition, diff, stack }: StepFailure, { uri, line }: ScenarioReport): string {
  return [
    `${uri}:${line}`,
    definition ? `${step}  (${definition})` : step,
    ...(diff.length > 0 ? ['', '+ expected - actual', ...diff] : []),
    ...(stack.length > 0 ? ['', ...stack.map((place) => `    at ${place}`)] : []),
  ].join('\n')
}

function output({ uri, line, rule, tags, steps, isFlaky, attempts, failures }: ScenarioReport): string {
  const calls = failures.find((failure) => failure.calls)?.calls
  return [
    `${uri}:${line}`,
    ...(rule ? [`Rule: ${rule}`] : []),
    ...(tags.length > 0 ? [tags.join(' ')] : []),
    ...(isFlaky ? [`Flaky: passed at attempt ${attempts}.`] : []),
    '',
    ...steps.map(({ keyword, text, status }) => `${keyword} ${text} ... ${status}`),
    ...(calls ? ['', 'Calls:', callsText(calls), '', repeat(calls.calls)] : []),
  ].join('\n')
}

function repeat(calls: readonly Call[]): string {
  return calls.at(-1)?.curl ?? ''
}

/** Failures outside any scenario, such as in a hook after the last one. */
function runFailures({ failures }: RunReport): string[] {
  if (failures.length === 0) return []
  const cases = failures.flatMap((failure, at) => [
    `    <testcase${render({ classname: 'run', name: `${at + 1}. ${failure.step}`, time: '0.000' })}>`,
    `      <failure${render({ message: headline(failure) || failure.status, type: failure.type || failure.status })}>${cdata(failure.stack.join('\n'))}</failure>`,
    '    </testcase>',
  ])
  return [`  <testsuite${render({ name: 'run', ...counts({ scenarios: [], failures }) })}>`, ...cases, '  </testsuite>']
}

function counts({
  scenarios,
  failures,
}: {
  scenarios: readonly ScenarioReport[]
  failures: readonly StepFailure[]
}): Record<string, string | number> {
  return {
    tests: scenarios.length + failures.length,
    failures: countOf({ scenarios }, 'failed') + failures.length,
    errors: 0,
    time: scenarios.reduce((total, { seconds }) => total + seconds, 0).toFixed(3),
  }
}

/** Dots separate the levels of a class name, so a title contains none. */
function className({ service, feature }: ScenarioReport): string {
  return `${service}.${feature.replaceAll('.', '·')}`
}

/** Cases of a class that have the same title are distinguished by their rule and target, then by a number. */
function uniqueNames(scenarios: readonly ScenarioReport[]): Map<ScenarioReport, string> {
  const groups = Map.groupBy(scenarios, (one) => `${className(one)} ${one.name}`)
  const names = new Map<ScenarioReport, string>()
  const given = new Set<string>()
  for (const group of groups.values()) {
    const differs = (part: 'rule' | 'target'): boolean => new Set(group.map((one) => one[part])).size > 1
    const parts = (['rule', 'target'] as const).filter(differs)
    for (const one of group) {
      const details = parts.flatMap((part) => one[part] || []).join(', ')
      const stem = details ? `${one.name} (${details})` : one.name
      let name = stem
      for (let count = 2; given.has(`${className(one)} ${name}`); count++) name = `${stem} (${count})`
      given.add(`${className(one)} ${name}`)
      names.set(one, name)
    }
  }
  return names
}

function render(attributes: Record<string, string | number>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('')
}

function escaped(text: string): string {
  return markup(legal(text))
}

function cdata(text: string): string {
  return `<![CDATA[${legal(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}

/** XML 1.0 cannot represent most control characters. */
function legal(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
}
