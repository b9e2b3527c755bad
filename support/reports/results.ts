import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { TargetKind } from './facts'
import type { FeatureText, PickleText } from './feature-book'
import type { DefinitionReport, RunReport, Verdict } from './run-report'

/** The target of a scenario. If live was requested and credentials are missing, that is a skip of the live target. */
export type Target = 'live' | 'sandbox'
export const TARGETS: readonly Target[] = ['live', 'sandbox']

/** How a scenario ended, when, and against which target. */
export interface Result {
  verdict: Verdict
  why: string
  /** ISO 8601, start of the run. */
  at: string
  runId: string
  target: Target
  address?: string | undefined
  seconds: number
  isFlaky?: true
}

/** The results that one run writes to its folder. */
export interface RunResults {
  version: 2
  runId: string
  at: string
  seconds: number
  services: {
    service: string
    target: TargetKind
    address?: string | undefined
    backing: string[]
    account?: string | undefined
  }[]
  profiles: string[]
  /** Of a merged run: its parts, whose results it replaces. */
  parts?: string[] | undefined
  /** Of a run on one of several machines: `2/3`. */
  shard?: string
  features: FeatureText[]
  /** By the key of the scenario. */
  results: Record<string, Result[]>
  definitions: DefinitionReport[]
  matches: Record<string, string>
  repository?: { remote: string; revision: string } | undefined
}

/** An earlier result in short: verdict, run and seconds. */
export type Past = [verdict: Verdict | 'flaky', runId: string, seconds: number]

interface TargetResults {
  last: Result
  /** The latest that was not a skip, if the last one was. */
  ran?: Result | undefined
  /** The last runs, newest first. */
  history: Past[]
}

export type ScenarioResults = Partial<Record<Target, TargetResults>>

export interface RunSummary {
  at: string
  seconds: number
  services: RunResults['services']
  profiles: string[]
  parts?: string[]
  shard?: string
  passed: number
  failed: number
  skipped: number
  flaky: number
}

/** The last result of every scenario and target, from all runs. */
export interface Results {
  version: 2
  runs: Record<string, RunSummary>
  /** By path; `at` is when this text was read. */
  features: Record<string, FeatureText & { at: string }>
  results: Record<string, ScenarioResults>
  definitions: Record<string, DefinitionReport>
  /** By sentence: the pattern of its step definition. */
  matches: Record<string, string>
  repository?: RunResults['repository']
}

const FILE = 'results.json'
export const MESSAGES = 'messages.ndjson'
const MOST_HISTORY = 10
/** Shards belong to the run they are merged into, and do not displace other runs; but they are not kept without limit. */
const MOST_HISTORY_WITH_SHARDS = 30

const record = z.record(z.string(), z.unknown())
/** Enough of the shape to distinguish this file from other JSON. */
const resultsShape = z.object({
  version: z.literal(2),
  runs: record,
  features: record,
  results: record,
  definitions: record,
  matches: record,
})
const runShape = z.object({
  version: z.literal(2),
  runId: z.string(),
  at: z.string(),
  features: z.array(z.object({ uri: z.string(), rules: z.array(z.unknown()) })),
  results: z.record(z.string(), z.array(z.unknown())),
})

export interface Recorded {
  results: Results
  /** Paths of the features whose text or results this run changed. */
  changed: Set<string>
  /** Notes on the files: a damaged one was renamed. */
  notes: string[]
}

export interface RecordOptions {
  exists?: (uri: string) => boolean
  /** Results derived from a run's messages; undefined if those are incomplete. */
  rebuild?: (runFolder: string) => RunResults | undefined
}

/**
 * Updates the results of all runs: those in the file, those of this run, and those of run folders that the file does not contain
 * yet, such as folders copied from other machines. Scenarios that no longer exist are removed; those that did not run now stay. A
 * file that cannot be read is renamed and rebuilt from the folders of all runs.
 */
export function recordRun(folder: string, run: RunResults, { exists = existsSync, rebuild }: RecordOptions = {}): Recorded {
  const path = join(folder, FILE)
  const notes: string[] = []
  const known = readChecked<Results>(path, resultsShape)
  if (known === 'damaged')
    notes.push(`${path} could not be read: it is now ${setAside(path)}, and is rebuilt from the folders of the runs.`)
  const results = known === 'damaged' || known === 'absent' ? emptyResults() : known
  const replaced = new Set([...Object.values(results.runs).flatMap(({ parts = [] }) => parts), ...(run.parts ?? [])])
  const strangers = runsIn(folder).filter((runId) => !(runId in results.runs) && runId !== run.runId && !replaced.has(runId))
  const damaged: string[] = []
  const runs = strangers.flatMap((runId) => readRun(join(folder, runId), known === 'damaged', damaged, rebuild))
  if (damaged.length > 0) notes.push(`${inFew(damaged)} could not be read, and was renamed to .broken.`)
  const before = new Map(Object.entries(results.features).map(([uri, { at }]) => [uri, at]))
  for (const one of [...runs, run].sort((a, b) => a.at.localeCompare(b.at))) merge(results, one, exists)
  forgetVanished(results, exists)
  mkdirSync(folder, { recursive: true })
  replaceFile(path, JSON.stringify(results))
  const uris = new Set([...before.keys(), ...Object.keys(results.features)])
  const changed = run.parts ? uris : new Set([...uris].filter((uri) => results.features[uri]?.at !== before.get(uri)))
  return { results, changed, notes }
}

/** The results of a run, from its messages; undefined for a dry run. */
export function resultsOf({
  facts,
  startedAt,
  finishedAt,
  scenarios,
  features,
  definitions,
  matches,
  repository,
}: RunReport): RunResults | undefined {
  if (!facts) return undefined
  const at = facts.startedAt.toISOString()
  const results: Record<string, Result[]> = {}
  for (const { key, target, verdict, why, address, seconds, isFlaky } of scenarios) {
    // After the first failure under --fail-fast the rest is skipped without a reason: it was not tried.
    if (target === undefined || (verdict === 'skipped' && why === '')) continue
    const result: Result = {
      ...{ verdict, why, at, runId: facts.runId, target: target === 'sandbox' ? 'sandbox' : 'live' },
      ...{ seconds: Math.round(seconds * 1_000) / 1_000, ...(address === undefined ? {} : { address }) },
      ...(isFlaky ? { isFlaky } : {}),
    }
    results[key] = [...(results[key] ?? []), result]
  }
  return {
    version: 2,
    runId: facts.runId,
    at,
    seconds: startedAt && finishedAt ? (finishedAt - startedAt) / 1_000 : 0,
    services: facts.services.map(({ service, target, address, backing, account }) => ({
      service,
      target,
      address,
      backing,
      account,
    })),
    profiles: facts.profiles ?? [],
    ...(facts.parts ? { parts: facts.parts } : {}),
    ...(facts.shard ? { shard: `${facts.shard.index}/${facts.shard.total}` } : {}),
    ...{ features, results, definitions, matches, repository },
  }
}

/** Readers get the old file or the new one, never a part of one. */
export function replaceFile(path: string, text: string): void {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, text)
  renameSync(draft, path)
}

function emptyResults(): Results {
  return { version: 2, runs: {}, features: {}, results: {}, definitions: {}, matches: {} }
}

function merge(all: Results, run: RunResults, exists: (uri: string) => boolean): void {
  const before = fingerprints(Object.values(all.features))
  for (const part of run.parts ?? []) delete all.runs[part]
  all.runs[run.runId] = summaryOf(run)
  for (const feature of run.features) {
    const known = all.features[feature.uri]
    if (known && known.at > run.at) continue
    all.features[feature.uri] = { ...feature, at: run.at }
  }
  carryOver(all, before, exists)
  for (const [key, results] of Object.entries(run.results)) for (const result of results) add(all, key, result, run.parts)
  mergeDefinitions(all, run)
  if (run.repository) all.repository = run.repository
}

function add(all: Results, key: string, result: Result, replaced: readonly string[] = []): void {
  const targets = all.results[key] ?? {}
  all.results[key] = targets
  const known = targets[result.target]
  const past = known?.history.filter(([, runId]) => runId !== result.runId && !replaced.includes(runId)) ?? []
  const history = [pastOf(result), ...past].sort(([, a], [, b]) => startOf(all, b).localeCompare(startOf(all, a)))
  const shown = shortened(history, all)
  if (known && known.last.at > result.at && !replaced.includes(known.last.runId)) {
    known.history = shown
    return
  }
  const isOwn = known && replaced.includes(known.last.runId)
  const ran = known?.last.verdict === 'skipped' || isOwn ? known?.ran : known?.last
  targets[result.target] = { last: result, ...(result.verdict === 'skipped' && ran ? { ran } : {}), history: shown }
}

/**
 * So many whole runs, however many shards ran since: the division of the next shards is based on them, and must be the same
 * everywhere.
 */
function shortened(history: readonly Past[], { runs }: Results): Past[] {
  let whole = 0
  const retained = history.filter(([, runId]) => (runs[runId]?.shard ? whole < MOST_HISTORY : ++whole <= MOST_HISTORY))
  return retained.slice(0, MOST_HISTORY_WITH_SHARDS)
}

function startOf({ runs }: Results, runId: string): string {
  return runs[runId]?.at ?? ''
}

function pastOf({ verdict, runId, seconds, isFlaky }: Result): Past {
  return [isFlaky ? 'flaky' : verdict, runId, seconds]
}

function summaryOf({ at, seconds, services, profiles, parts, shard, results }: RunResults): RunSummary {
  const all = Object.values(results).flat()
  const count = (verdict: Verdict): number => all.filter((one) => one.verdict === verdict).length
  return {
    ...{ at, seconds, services, profiles, ...(parts ? { parts } : {}), ...(shard ? { shard } : {}) },
    ...{
      passed: count('passed'),
      failed: count('failed'),
      skipped: count('skipped'),
      flaky: all.filter(({ isFlaky }) => isFlaky).length,
    },
  }
}

/**
 * A scenario whose title, rule or file has changed keeps its results if its steps are the same: if exactly one scenario with
 * these steps was removed and exactly one was added, they are the same scenario.
 */
function carryOver(all: Results, before: ReadonlyMap<string, string>, exists: (uri: string) => boolean): void {
  const now = fingerprints(Object.values(all.features).filter(({ uri }) => exists(uri)))
  const gone = byFingerprint(before, (key) => !now.has(key) && key in all.results)
  if (gone.size === 0) return
  for (const [print, heirs] of byFingerprint(now, (key) => !before.has(key))) {
    const former = gone.get(print) ?? []
    const [[from = '', to = '']] = [[former[0], heirs[0]]]
    const results = all.results[from]
    if (former.length !== 1 || heirs.length !== 1 || !results || to in all.results) continue
    all.results[to] = results
    delete all.results[from]
  }
}

function fingerprints(features: readonly FeatureText[]): Map<string, string> {
  return new Map(features.flatMap(picklesOf).map(({ key, fingerprint }) => [key, fingerprint]))
}

function byFingerprint(prints: ReadonlyMap<string, string>, chosen: (key: string) => boolean): Map<string, string[]> {
  const keys = new Map<string, string[]>()
  for (const [key, print] of prints) if (chosen(key)) keys.set(print, [...(keys.get(print) ?? []), key])
  return keys
}

/** A run that loaded a file of step definitions knows all definitions in it. */
function mergeDefinitions(all: Results, { definitions, matches }: RunResults): void {
  const loaded = new Set(definitions.map(({ file }) => file))
  const others = Object.entries(all.definitions).filter(([, { file }]) => !loaded.has(file))
  all.definitions = Object.fromEntries([...others, ...definitions.map((one) => [one.pattern, one] as const)])
  const found = { ...all.matches, ...matches }
  all.matches = Object.fromEntries(Object.entries(found).filter(([, pattern]) => pattern in all.definitions))
}

function forgetVanished(all: Results, exists: (uri: string) => boolean): void {
  const standing = Object.entries(all.features).filter(([uri]) => exists(uri))
  const keys = new Set(standing.flatMap(([, feature]) => picklesOf(feature)).map(({ key }) => key))
  all.features = Object.fromEntries(standing)
  all.results = Object.fromEntries(Object.entries(all.results).filter(([key]) => keys.has(key)))
}

function inFew(paths: readonly string[]): string {
  const [first = ''] = paths
  return paths.length > 2 ? `${first} and ${paths.length - 1} files like it` : paths.join(' and ')
}

type Checked<T> = T | 'absent' | 'damaged'

function readChecked<T>(path: string, shape: z.ZodType): Checked<T> {
  if (!existsSync(path)) return 'absent'
  try {
    const found: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return shape.safeParse(found).success ? (found as T) : 'damaged'
  } catch (error) {
    if (error instanceof SyntaxError) return 'damaged'
    throw error
  }
}

/** @returns its new name */
function setAside(path: string): string {
  const name = (count: number): string => `${path}.broken${count > 1 ? `-${count}` : ''}`
  let count = 1
  while (existsSync(name(count))) count++
  renameSync(path, name(count))
  return basename(name(count))
}

function runsIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory() && isRun(join(folder, entry.name))).map(({ name }) => name)
}

function isRun(folder: string): boolean {
  return existsSync(join(folder, FILE)) || existsSync(join(folder, MESSAGES))
}

/** A run in progress has no results yet; a cut-off one, or one whose file is damaged, may have them in its messages. */
function readRun(folder: string, thoroughly: boolean, broken: string[], rebuild: RecordOptions['rebuild']): RunResults[] {
  const path = join(folder, FILE)
  const found = readChecked<RunResults>(path, runShape)
  if (found !== 'absent' && found !== 'damaged') return [found]
  if (found === 'damaged') {
    setAside(path)
    broken.push(path)
  }
  if (found === 'absent' && !thoroughly) return []
  const rebuilt = rebuild?.(folder)
  if (rebuilt) replaceFile(path, JSON.stringify(rebuilt))
  return rebuilt ? [rebuilt] : []
}

function picklesOf({ rules }: Pick<FeatureText, 'rules'>): PickleText[] {
  return rules.flatMap(({ scenarios }) => scenarios.flatMap(({ pickles }) => pickles))
}
