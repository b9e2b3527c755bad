import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Result } from './campaign'
import { describe, KIND_TITLES, KINDS } from './mutation'
import { byFlow, byKind, type Count, count, type Judged, percent } from './score'

/** Below this percentage of detected mutations of a service the run fails. */
export const LEAST = 95

/** The whole result, for programs. */
export function jsonOf(result: Result): string {
  const { service, scenarios, judged, left, invalid, plan, seconds } = result
  const survivors = judged
    .filter(({ verdict }) => verdict === 'survived' || verdict === 'badly')
    .map(({ mutation, ...rest }) => ({ says: describe(mutation), ...mutation, ...rest }))
  const unpromised = plan.unpromised.map(({ mutation, because }) => ({ says: describe(mutation), because }))
  const figures = { score: percent(count(judged)), ...count(judged), byKind: byKind(judged) }
  const flows = Object.fromEntries(
    [...byFlow(judged)].map(([flow, all]) => [flow, { score: percent(count(all)), ...count(all) }]),
  )
  return JSON.stringify(
    { service, scenarios, seconds, left, invalid, ...figures, flows, survivors, unpromised, unnamed: plan.unnamed },
    null,
    1,
  )
}

/** One service's section of `docs/mutation.md`. */
export function sectionOf(result: Result): string {
  const { service, judged, left, invalid, scenarios } = result
  const total = count(judged)
  return [
    `## ${service}: ${percent(total)} %`,
    '',
    `${scenarios} scenarios; ${total.killed} of ${total.valid} mutations turned them red.` +
      ` ${invalid} more changed nothing that was sent, ${left} were not tried for want of time.`,
    '',
    '| kind | noticed |',
    '| --- | --- |',
    ...KINDS.map((kind) => `| (${kind}) ${KIND_TITLES[kind]} | ${cell(byKind(judged)[kind])} |`),
    '',
    '| flow | noticed |',
    '| --- | --- |',
    ...[...byFlow(judged)].map(([flow, all]) => `| ${flow} | ${cell(count(all))} |`),
    ...survivorsOf(judged),
    ...badlyOf(judged),
    ...unpromisedOf(result),
    ...unnamedOf(result),
    '',
  ].join('\n')
}

function cell(figures: Count): string {
  const { killed, badly, valid } = figures
  if (valid === 0) return '—'
  return `${killed}/${valid} (${percent(figures)} %)${badly > 0 ? `, ${badly} red but blaming badly` : ''}`
}

function survivorsOf(judged: readonly Judged[]): string[] {
  const survivors = judged.filter(({ verdict }) => verdict === 'survived')
  if (survivors.length === 0) return []
  return ['', '### Survivors', '', ...grouped(survivors, ({ mutation, seenBy }) => `${describe(mutation)} — ${seen(seenBy)}`)]
}

function badlyOf(judged: readonly Judged[]): string[] {
  const badly = judged.filter(({ verdict }) => verdict === 'badly')
  if (badly.length === 0) return []
  const says = ({ mutation, failure }: Judged): string =>
    `${describe(mutation)} — ${failure?.scenario}: \`${(failure?.message ?? '').split('\n')[0]?.slice(0, 160)}\``
  return ['', '### Red, but blaming badly', '', ...grouped(badly, says)]
}

function unpromisedOf({ plan }: Result): string[] {
  const reasons = new Map<string, number>()
  for (const { because } of plan.unpromised) reasons.set(because, (reasons.get(because) ?? 0) + 1)
  if (reasons.size === 0) return []
  const rows = [...reasons].map(([because, mutations]) => `- ${because} (${mutations} mutations)`)
  return ['', '### Not promised', '', ...rows]
}

/** Additional fields in a service's responses are accepted by the suite. */
function unnamedOf({ plan }: Result): string[] {
  const rows = Object.entries(plan.unnamed).map(
    ([operation, fields]) => `- ${operation}: ${[...new Set(fields)].sort().join(', ')}`,
  )
  if (rows.length === 0) return []
  return [
    '',
    '### In no contract',
    '',
    'Fields whose names no contract has and no feature speaks of: clients do not rely on them.',
    '',
    ...rows.sort(),
  ]
}

/** By flow, each sorted. */
function grouped(judged: readonly Judged[], line: (one: Judged) => string): string[] {
  return [...byFlow(judged)].flatMap(([flow, all]) => [
    `${flow}`,
    '',
    ...all.map((one) => `- (${one.mutation.kind}) ${line(one)}`).sort(),
    '',
  ])
}

function seen(scenarios: readonly string[]): string {
  const [first = ''] = scenarios
  return scenarios.length === 1 ? `seen by ${first}` : `seen by ${scenarios.length} scenarios, such as ${first}`
}

/** Replaces a service's section in the document; other sections are not changed. */
export function updateDocument(path: string, service: string, section: string): void {
  const [start, end] = [`<!-- ${service} -->`, `<!-- end of ${service} -->`]
  const known = existsSync(path) ? readFileSync(path, 'utf8') : INTRODUCTION
  const block = `${start}\n${section}\n${end}`
  const from = known.indexOf(start)
  const to = known.indexOf(end)
  write(
    path,
    from >= 0 && to > from ? known.slice(0, from) + block + known.slice(to + end.length) : `${known.trimEnd()}\n\n${block}\n`,
  )
}

export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

const INTRODUCTION = `# Mutation on the wire

\`npm run mutate -- <service>\` puts a proxy between the suite and a service, changes one thing at a time, and runs the scenarios that
use it. A mutation that leaves them all green is a survivor: the suite does not check what it seems to check. Fields that are not
promised are not counted; \`tools/mutate/<service>.ts\` says why. Written by \`npm run mutate -- <service> --record\`.

In a line such as \`(b) GET /posts response items[].title: lengthened\` the title was altered in every response of GET /posts, and every
scenario that got such a response stayed green.
`
