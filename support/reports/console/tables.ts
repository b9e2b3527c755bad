import { leftoversText } from '../../undo/leftovers'
import type { RunFacts, ServiceFacts, ShardFacts, TargetKind } from '../facts'
import { reasonText } from '../media-types'
import { countOf, flakyScenarios, type RunReport, skipsByReason } from '../run-report'
import { duration, plural, type Screen, shorten, table, wrap } from './layout'

export const TARGETS: Readonly<Record<TargetKind, string>> = { live: 'live', sandbox: 'sandbox', none: 'not run' }
const SLOWEST = 5

/** What the run will do: the target of each service, and what will be skipped because of which missing setting. */
export function renderOpening(facts: RunFacts, screen: Screen): string {
  const skips = facts.plannedSkips.toSorted((a, b) => b.scenarios - a.scenarios)
  return [
    `Acceptance run ${facts.runId}${facts.shard ? `, ${shardText(facts.shard)}` : ''}`,
    ...openingTable(facts.services, screen),
    ...(skips.length > 0
      ? ['', 'Will be skipped:', ...skips.flatMap((skip) => counted(skip.scenarios, reasonText(skip), screen))]
      : []),
    '',
  ].join('\n')
}

function shardText({ index, total, own, scenarios, expected }: ShardFacts): string {
  return `shard ${index} of ${total}: ${own} of ${plural(scenarios, 'scenario')}, about ${duration(expected.own)} of ${duration(expected.all)}`
}

/** A service's backing servers are below its row, because the list may be long; so is an address that does not fit. */
function openingTable(services: readonly ServiceFacts[], screen: Screen): string[] {
  const head = ['service', 'target', 'scenarios']
  const lines = table([head, ...services.map(({ service, target, scenarios }) => [service, TARGETS[target], scenarios])])
  const indent = ' '.repeat(4 + Math.max('service'.length, ...services.map(({ service }) => service.length)))
  return lines.flatMap((line, at) => {
    const { address = '', backing = [], account, credential } = services[at - 1] ?? { address: 'address' }
    const row = `${line}  ${address}`.trimEnd()
    const fits = row.length <= screen.columns
    const extras = [backing, account === undefined ? [] : `the account of ${account}`, credential ?? []].flat()
    const texts = [fits ? '' : address, extras.join('; ')].filter(Boolean)
    const below = texts.flatMap((text) => wrap(text, screen.columns, indent))
    return [fits ? row : line, ...below.map((text) => screen.style('dim', text))]
  })
}

/** The results by service; the last line says how much of the run was live. */
export function renderClosing(facts: RunFacts, report: RunReport, screen: Screen): string[] {
  return [
    ...serviceTable(facts, report),
    ...flakyList(report, screen),
    ...slowestList(report, screen),
    ...skipList(report, screen),
    ...(facts.leftovers.length > 0 ? ['', ...leftoversText(facts.leftovers).split('\n')] : []),
    ...(facts.kept > 0 && facts.services.some(({ target }) => target === 'live')
      ? ['', `${facts.kept} left, because no call removes them: see docs/configuration.md`]
      : []),
    ...sentences('Note', facts.notes, screen),
    ...sentences('The run fails', facts.failures, screen),
  ]
}

function serviceTable({ services }: RunFacts, report: RunReport): string[] {
  if (services.length === 0) return []
  const isFlaky = flakyScenarios(report).length > 0
  const rows = services.map(({ service, target }) => {
    const own = { scenarios: report.scenarios.filter((one) => one.service === service && one.target === target) }
    const counts = [countOf(own, 'passed'), countOf(own, 'failed'), countOf(own, 'skipped')]
    return [service, TARGETS[target], ...counts, ...(isFlaky ? [flakyScenarios(own).length] : [])]
  })
  return ['', ...table([['service', 'target', 'passed', 'failed', 'skipped', ...(isFlaky ? ['flaky'] : [])], ...rows])]
}

function flakyList(report: RunReport, screen: Screen): string[] {
  const flaky = flakyScenarios(report)
  if (flaky.length === 0) return []
  return [
    '',
    'Flaky, passed only when retried:',
    ...flaky.flatMap(({ name, uri, line, attempts, why }) => [
      ...wrap(`${name} (attempt ${attempts})`, screen.columns, '  '),
      screen.style('dim', `    ${uri}:${line}`),
      ...wrap(`first failed with ${why}`, screen.columns, '    '),
    ]),
  ]
}

function slowestList({ scenarios }: RunReport, screen: Screen): string[] {
  if (scenarios.length <= SLOWEST) return []
  const slowest = scenarios.toSorted((a, b) => b.seconds - a.seconds).slice(0, SLOWEST)
  const width = Math.max(...slowest.map(({ seconds }) => duration(seconds).length))
  return [
    '',
    'Slowest:',
    ...slowest.map(({ seconds, service, name }) => {
      return shorten(`  ${duration(seconds).padStart(width)}  ${service}: ${name}`, screen.columns)
    }),
  ]
}

function skipList(report: RunReport, screen: Screen): string[] {
  const skips = skipsByReason(report)
  return skips.length > 0 ? ['', 'Skipped:', ...skips.flatMap(([why, count]) => counted(count, why, screen))] : []
}

function counted(count: number, text: string, screen: Screen): string[] {
  return wrap(text, screen.columns - 7).map((line, at) => `${at === 0 ? String(count).padStart(5) : '     '}  ${line}`)
}

function sentences(title: string, texts: readonly string[], screen: Screen): string[] {
  return texts.length > 0 ? ['', `${title}:`, ...texts.flatMap((text) => wrap(text, screen.columns, '  '))] : []
}

/** The last line of every run: `live: 2 of 7 (colony, slack) · sandbox: 5`. */
export function renderTargets(services: readonly ServiceFacts[]): string {
  const named = (target: TargetKind): string[] =>
    services.flatMap((service) => (service.target === target ? [service.service] : []))
  const [live, sandbox, none] = [named('live'), named('sandbox'), named('none')]
  const all = new Set(services.map(({ service }) => service)).size
  return [
    `live: ${live.length} of ${all}${live.length > 0 ? ` (${live.join(', ')})` : ''}`,
    `sandbox: ${sandbox.length}`,
    ...(none.length > 0 ? [`not run: ${none.length} (${none.join(', ')})`] : []),
  ].join(' · ')
}
