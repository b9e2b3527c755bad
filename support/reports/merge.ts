import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { AttachmentContentEncoding, type Envelope } from '@cucumber/messages'
import { UsageError } from '../config/errors'
import { serviceOfFeature, services } from '../services'
import { mergeFacts, type RunFacts, type ShardFacts } from './facts'
import { RUN_FACTS } from './media-types'
import { mergedMessages } from './merged-messages'
import { factsIn, messagesIn } from './messages-file'
import { Requirements } from './requirements'
import { MESSAGES } from './results'
import type { RunReport } from './run-report'
import { writeReportsOf } from './write-reports'

/** One run: a shard, a rerun, or a run against one target. */
interface FoundRun {
  path: string
  messages: Envelope[]
  /** Undefined if it was cut off, and for a dry run. */
  facts: RunFacts | undefined
}

type WholeRun = FoundRun & { facts: RunFacts }

export interface Merged {
  report: RunReport
  /** Notes on the files. */
  notes: string[]
  /** Whether one run with these results would have passed. */
  isGreen: boolean
}

/**
 * Merges the reports of several machines into those of one run.
 * @param folders of runs, or folders above them
 * @param into the folder of all reports; the merged run gets a folder of its own in it
 * @throws UsageError if there is nothing to merge
 */
export async function mergeReports(folders: readonly string[], into: string): Promise<Merged> {
  const runs = folders.flatMap(messageFilesBelow).map(readRun)
  const whole = withoutCopies(runs.filter(isWhole)).sort((one, other) => startOf(one) - startOf(other))
  if (whole.length === 0) throw new UsageError(nothingToMerge(folders, runs))
  const facts = mergeFacts(whole.map((run) => run.facts))
  const latest = latestOfEach(whole)
  const requirements = unmetRequirements(whole, facts)
  const problems = [...problemsOf(runs, whole, latest), ...requirements]
  const messages = mergedMessages(
    whole.map((run) => (isSuperseded(run, latest) ? withoutFailures(run) : run.messages)),
    problems,
  )
  const folder = join(into, mergedId(whole))
  const { report, notes } = await writeReportsOf(messages, folder)
  const isGreen = messages.at(-1)?.testRunFinished?.success === true && (report.facts?.failures ?? []).length === 0
  if (report.facts) report.facts.reports = { run: join(folder, 'index.html'), all: join(into, 'index.html') }
  return { report, notes, isGreen }
}

function messageFilesBelow(folder: string): string[] {
  if (!existsSync(folder)) throw new UsageError(`There is no folder ${folder}.`)
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name === MESSAGES)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function readRun(path: string): FoundRun {
  const messages = messagesIn(path)
  return { path, messages, facts: factsIn(messages) }
}

function isWhole(run: FoundRun): run is WholeRun {
  return run.facts !== undefined && run.messages.some(({ testRunFinished }) => testRunFinished)
}

/** The same run may be in two of the folders. */
function withoutCopies(runs: readonly WholeRun[]): WholeRun[] {
  return [...new Map(runs.map((run) => [run.facts.runId, run])).values()]
}

function startOf({ facts }: WholeRun): number {
  return facts.startedAt.getTime()
}

function nothingToMerge(folders: readonly string[], runs: readonly FoundRun[]): string {
  const where = folders.join(', ')
  return runs.length === 0
    ? `There is no ${MESSAGES} in ${where}: give the folders of runs (reports/<run id>), or folders above them.`
    : `No run in ${where} is complete: ${runs.map(({ path }) => dirname(path)).join(', ')}.`
}

/** By the index of the shard: the run that counts if a machine was started again. */
function latestOfEach(runs: readonly WholeRun[]): Map<number, WholeRun> {
  return new Map(runs.flatMap((run) => (run.facts.shard ? [[run.facts.shard.index, run] as const] : [])))
}

function isSuperseded({ facts }: WholeRun, latest: ReadonlyMap<number, WholeRun>): boolean {
  return facts.shard !== undefined && latest.get(facts.shard.index)?.facts !== facts
}

/**
 * A later run of the same shard replaces failures of the earlier one outside its scenarios, such as a sandbox that did not start.
 */
function withoutFailures({ messages, facts }: WholeRun): Envelope[] {
  const body = JSON.stringify({ ...facts, failures: [] })
  return messages.map((envelope): Envelope => {
    const { attachment } = envelope
    if (attachment?.mediaType !== RUN_FACTS) return envelope
    return { attachment: { ...attachment, body, contentEncoding: AttachmentContentEncoding.IDENTITY } }
  })
}

/** Reasons why the parts are not complete. */
function problemsOf(runs: readonly FoundRun[], whole: readonly WholeRun[], latest: ReadonlyMap<number, WholeRun>): string[] {
  const shards = [...latest.values()].flatMap(({ facts }) => facts.shard ?? [])
  const cutOff = runs.filter(
    (run) => !isWhole(run) && !whole.some(({ path }) => basename(dirname(path)) === basename(dirname(run.path))),
  )
  const missing = missingShards(shards)
  return [
    ...divisionProblems(shards),
    ...missing,
    ...(missing.length > 0 || shards.length === 0 ? cutOff.map(({ path }) => `${dirname(path)}: this run is not complete.`) : []),
  ]
}

function divisionProblems(shards: readonly ShardFacts[]): string[] {
  const totals = [...new Set(shards.map(({ total }) => total))]
  if (totals.length > 1) return [`The shards are parts of different runs: of ${totals.join(', of ')} shards.`]
  if (new Set(shards.map(({ fingerprint }) => fingerprint)).size < 2) return []
  return [
    'The shards divided the suite differently, so some scenarios may have run twice and others not at all: give every machine the same revision, the same command line and the same reports/results.json.',
  ]
}

function missingShards(shards: readonly ShardFacts[]): string[] {
  const [first] = shards
  if (!first) return []
  const { total, scenarios } = first
  const indexes = Array.from({ length: total }, (_, at) => at + 1).filter((index) => !shards.some((one) => one.index === index))
  if (indexes.length === 0) return []
  const left = scenarios - shards.reduce((sum, { own }) => sum + own, 0)
  const names = indexes.map((index) => `${index}/${total}`).join(', ')
  const verb = indexes.length === 1 ? `Shard ${names} is` : `Shards ${names} are`
  return [`${verb} missing: ${left} of ${scenarios} scenarios have no result.`]
}

function unmetRequirements(runs: readonly WholeRun[], { services: used, required = [] }: RunFacts): string[] {
  const requirements = new Requirements(serviceOfFeature)
  for (const envelope of runs.flatMap(({ messages }) => messages)) requirements.see(envelope)
  const live = used.filter(({ target }) => target === 'live').map(({ service }) => service)
  const names = services.map(({ name }) => name)
  return requirements.unmet({ ACCEPTANCE_REQUIRE: required.join(',') }, names, live)
}

/** The same for the same runs, so that merging twice changes nothing. */
function mergedId(runs: readonly WholeRun[]): string {
  const [first] = runs
  if (first && runs.length === 1) return first.facts.runId
  const ids = runs.map(({ facts }) => facts.runId).sort()
  const hash = createHash('sha256').update(ids.join(' ')).digest('hex').slice(0, 6)
  return `${ids[0]?.split('-')[0]}-${hash}`
}
