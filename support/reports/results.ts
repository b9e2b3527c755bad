import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FeatureText } from './feature-book'
import type { Verdict } from './outcomes'

/** How a scenario ended, when, and against what. */
export interface Result {
  verdict: Verdict
  why: string
  /** ISO 8601, start of the run. */
  at: string
  runId: string
  target: string
  address?: string | undefined
}

/** What one run leaves in its folder. */
export interface RunResults {
  runId: string
  at: string
  features: FeatureText[]
  /** By the key of the scenario. */
  results: Record<string, Result>
}

export interface ScenarioResult {
  last: Result
  /** The latest that was not a skip, where the last one was. */
  ran?: Result | undefined
}

/** The last result of every scenario, whichever run brought it. */
export interface LastResults {
  /** Marks of the runs that are in it. */
  runs: string[]
  /** By path; `at` is when this text was read. */
  features: Record<string, FeatureText & { at: string }>
  results: Record<string, ScenarioResult>
}

const FILE = 'results.json'

/**
 * Brings the record of all runs up to date: what it holds, this run, and the folders of runs it does not hold yet, such as those
 * of other machines copied here. Scenarios that no longer exist go; those that merely did not run now stay.
 */
export function recordRun(folder: string, run: RunResults, exists: (uri: string) => boolean = existsSync): LastResults {
  const record = readRecord(join(folder, FILE))
  const known = new Set(record.runs)
  const strangers = runsIn(folder).filter((runId) => !known.has(runId) && runId !== run.runId)
  const runs = [...strangers.flatMap((runId) => readRun(join(folder, runId, FILE))), run]
  for (const one of runs.sort((a, b) => a.at.localeCompare(b.at))) merge(record, one)
  forgetVanished(record, exists)
  mkdirSync(folder, { recursive: true })
  replaceFile(join(folder, FILE), JSON.stringify(record))
  return record
}

/** Readers find the old file or the new one, never half of either. */
export function replaceFile(path: string, text: string): void {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, text)
  renameSync(draft, path)
}

function merge(record: LastResults, run: RunResults): void {
  record.runs.push(run.runId)
  for (const feature of run.features) {
    const known = record.features[feature.uri]
    if (!known || known.at <= run.at) record.features[feature.uri] = { ...feature, at: run.at }
  }
  for (const [key, last] of Object.entries(run.results)) {
    const known = record.results[key]
    if (known && known.last.at > last.at) continue
    const ran = known?.last.verdict === 'skipped' ? known.ran : known?.last
    record.results[key] = { last, ...(last.verdict === 'skipped' && ran ? { ran } : {}) }
  }
}

function forgetVanished(record: LastResults, exists: (uri: string) => boolean): void {
  const standing = Object.entries(record.features).filter(([uri]) => exists(uri))
  const keys = new Set(standing.flatMap(([, { scenarios }]) => scenarios.map(({ key }) => key)))
  record.features = Object.fromEntries(standing)
  record.results = Object.fromEntries(Object.entries(record.results).filter(([key]) => keys.has(key)))
}

function readRecord(path: string): LastResults {
  if (!existsSync(path)) return { runs: [], features: {}, results: {} }
  return JSON.parse(readFileSync(path, 'utf8')) as LastResults
}

function runsIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, FILE))).map(({ name }) => name)
}

/** A run that was broken off, or is still under way, has an empty file. */
function readRun(path: string): RunResults[] {
  const text = readFileSync(path, 'utf8').trim()
  return text.endsWith('}') ? [JSON.parse(text) as RunResults] : []
}
