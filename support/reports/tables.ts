import { leftoversText } from '../undo/leftovers'
import type { RunFacts, ServiceFacts } from './facts'
import { reasonText } from './media-types'
import type { Outcome, Verdict } from './outcomes'

const TARGETS = { live: 'live', sandbox: 'sandbox', none: 'not run' } as const

/** What the run is about to do: which service against what, and what will be skipped for want of which setting. */
export function renderOpening(facts: RunFacts): string {
  const rows = facts.services.map(({ service, target, address, backing, account, credential, scenarios }) => {
    return [
      service,
      TARGETS[target],
      address ?? '',
      scenarios,
      [...backing, account === undefined ? [] : `the account of ${account}`, credential ?? []].flat().join('; '),
    ]
  })
  const skips = facts.plannedSkips.toSorted((a, b) => b.scenarios - a.scenarios).map((skip) => [skip.scenarios, reasonText(skip)])
  return [
    `Acceptance run ${facts.runId}`,
    ...table([['service', 'target', 'address', 'scenarios', ...(rows.some((row) => row[4]) ? ['with'] : [])], ...rows]),
    ...titled('Will be skipped', skips),
    '',
  ].join('\n')
}

/** What the run did, service by service; its last line says how much of it was live. */
export function renderClosing(facts: RunFacts, outcomes: readonly Outcome[], serviceOf: (uri: string) => string): string {
  const rows = facts.services.map(({ service, target }) => {
    const own = outcomes.filter(({ pickle }) => serviceOf(pickle.uri) === service)
    return [service, TARGETS[target], count(own, 'passed'), count(own, 'failed'), count(own, 'skipped')]
  })
  return [
    '',
    ...(rows.length > 0 ? table([['service', 'target', 'passed', 'failed', 'skipped'], ...rows]) : []),
    ...titled('Skipped', skipsByReason(outcomes)),
    ...(facts.leftovers.length > 0 ? ['', ...leftoversText(facts.leftovers).split('\n')] : []),
    ...(facts.kept > 0 && facts.services.some(({ target }) => target === 'live')
      ? ['', `${facts.kept} kept, since no call removes them: see the README for what a live run keeps`]
      : []),
    ...titled(
      'Note',
      facts.notes.map((note) => [note]),
    ),
    ...titled(
      'The run fails',
      facts.failures.map((failure) => [failure]),
    ),
    '',
    renderTargets(facts.services),
    '',
  ].join('\n')
}

/** The last line of every run: `live: 2 of 7 (colony, slack) · sandbox: 5`. */
export function renderTargets(services: readonly ServiceFacts[]): string {
  const named = (target: ServiceFacts['target']): string[] =>
    services.flatMap((service) => (service.target === target ? [service.service] : []))
  const [live, sandbox, none] = [named('live'), named('sandbox'), named('none')]
  return [
    `live: ${live.length} of ${services.length}${live.length > 0 ? ` (${live.join(', ')})` : ''}`,
    `sandbox: ${sandbox.length}`,
    ...(none.length > 0 ? [`not run: ${none.length} (${none.join(', ')})`] : []),
  ].join(' · ')
}

function skipsByReason(outcomes: readonly Outcome[]): [number, string][] {
  const counts = new Map<string, number>()
  for (const { verdict, why } of outcomes) {
    if (verdict === 'skipped') counts.set(why || 'no reason given', (counts.get(why || 'no reason given') ?? 0) + 1)
  }
  return [...counts].map(([why, scenarios]): [number, string] => [scenarios, why]).sort(([a], [b]) => b - a)
}

function count(outcomes: readonly Outcome[], wanted: Verdict): number {
  return outcomes.filter(({ verdict }) => verdict === wanted).length
}

function titled(title: string, rows: readonly (readonly (string | number)[])[]): string[] {
  return rows.length > 0 ? ['', `${title}:`, ...table(rows)] : []
}

/** Rows as aligned lines: words to the left, numbers to the right. */
function table(rows: readonly (readonly (string | number)[])[]): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...rows.map((row) => String(row[column] ?? '').length)))
  const numeric = widths.map((_, column) => rows.some((row) => typeof row[column] === 'number'))
  return rows.map((row) => {
    const cells = widths.map((width, column) => {
      const text = String(row[column] ?? '')
      return numeric[column] ? text.padStart(width) : text.padEnd(width)
    })
    return `  ${cells.join('  ')}`.trimEnd()
  })
}
