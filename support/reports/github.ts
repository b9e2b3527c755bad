import { appendFileSync } from 'node:fs'
import { type Environment, read } from '../config/variables'
import { serviceNamed } from '../services'
import { duration, plural } from './console/layout'
import { renderTargets, TARGETS } from './console/tables'
import { countOf, failedScenarios, flakyScenarios, type RunReport, type ScenarioReport, skipsByReason } from './run-report'

/** GitHub shows at most so many errors, and as many warnings, of one step. */
const MOST_ANNOTATIONS = 10
const MOST_LISTED = 50

/** In GitHub Actions: failures as annotations of their feature files, and a summary of the job. */
export function announceToGithub(report: RunReport, environment: Environment, write: (text: string) => void): void {
  if (read(environment, 'GITHUB_ACTIONS') !== 'true') return
  const lines = annotations(report)
  if (lines.length > 0) write(`${lines.join('\n')}\n`)
  const summary = read(environment, 'GITHUB_STEP_SUMMARY')
  if (summary) appendFileSync(summary, jobSummary(report))
}

/** Workflow commands, a line each: failed scenarios as errors, flaky ones as warnings. */
function annotations(report: RunReport): string[] {
  const of = (level: string, scenarios: readonly ScenarioReport[], what: (scenario: ScenarioReport) => string): string[] =>
    scenarios.slice(0, MOST_ANNOTATIONS).map((scenario) => {
      const { uri, line, name } = scenario
      const place = `file=${property(uri)},line=${line},title=${property(name)}`
      return `::${level} ${place}::${data(what(scenario))}`
    })
  return [
    ...of('error', failedScenarios(report), ({ failures, why }) =>
      [failures[0]?.step, why, ...(failures[0]?.diff ?? [])].join('\n'),
    ),
    ...of(
      'warning',
      flakyScenarios(report),
      ({ attempts, why }) => `Flaky: passed at attempt ${attempts}; first failed with ${why}`,
    ),
  ]
}

/** The run in Markdown. */
function jobSummary(report: RunReport): string {
  const { facts, scenarios, startedAt, finishedAt } = report
  const took = startedAt && finishedAt ? ` in ${duration((finishedAt - startedAt) / 1_000)}` : ''
  return [
    `## Acceptance run${facts ? ` ${facts.runId}` : ''}`,
    '',
    `${plural(scenarios.length, 'scenario')}${took}${facts ? `, ${renderTargets(facts.services)}` : ''}`,
    '',
    ...serviceTable(report),
    ...scenarioList('Failed', failedScenarios(report)),
    ...scenarioList('Flaky: passed only when retried', flakyScenarios(report)),
    ...skippedTable(report),
    '',
  ].join('\n')
}

function serviceTable(report: RunReport): string[] {
  const rows = (report.facts?.services ?? []).map(({ service, target }) => {
    const own = { scenarios: report.scenarios.filter((one) => one.service === service && one.target === target) }
    const counts = [countOf(own, 'passed'), countOf(own, 'failed'), countOf(own, 'skipped'), flakyScenarios(own).length]
    return `| ${[serviceNamed(service)?.title ?? service, TARGETS[target], ...counts].join(' | ')} |`
  })
  if (rows.length === 0) return []
  return ['| service | target | passed | failed | skipped | flaky |', '| --- | --- | ---: | ---: | ---: | ---: |', ...rows]
}

function scenarioList(title: string, scenarios: readonly ScenarioReport[]): string[] {
  if (scenarios.length === 0) return []
  const lines = scenarios
    .slice(0, MOST_LISTED)
    .map(({ name, uri, line, why }) => `- **${cell(name)}** (\`${uri}:${line}\`): ${cell(why)}`)
  const left = scenarios.length - lines.length
  return ['', `### ${title} (${scenarios.length})`, '', ...lines, ...(left > 0 ? [`- … ${left} more`] : [])]
}

function skippedTable(report: RunReport): string[] {
  const rows = skipsByReason(report).map(([why, count]) => `| ${count} | ${cell(why)} |`)
  return rows.length > 0 ? ['', '### Skipped', '', '| scenarios | why, and what to set |', '| ---: | --- |', ...rows] : []
}

/** Text escaped for Markdown and HTML. */
function cell(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_|[\]]/g, '\\$&')
    .replaceAll('\n', ' ')
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
