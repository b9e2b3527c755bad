import type { RunFacts, TargetKind } from './facts'
import type { StepFailure } from './failure'
import type { FeatureText } from './feature-book'

export type Verdict = 'passed' | 'failed' | 'skipped'

export interface StepReport {
  keyword: string
  text: string
  /** `passed`, `skipped`, `undefined`, …; `not reached` if the run ended before it. */
  status: string
}

/** The result of one scenario, by its last attempt. */
export interface ScenarioReport {
  key: string
  service: string
  target: TargetKind | undefined
  address?: string | undefined
  uri: string
  line: number
  feature: string
  rule: string
  name: string
  tags: string[]
  verdict: Verdict
  /** It passed, but not at the first attempt. */
  isFlaky: boolean
  /** How often it was tried. */
  attempts: number
  /** Why it was skipped and what to set, or the first line of the failure; for a flaky one, the earlier failure. */
  why: string
  /** The duration of its steps and hooks, without earlier attempts. */
  seconds: number
  steps: StepReport[]
  /** Of the last attempt; of a flaky one, of the first. */
  failures: StepFailure[]
}

/** A step definition, and the sentences of this run that it matched. */
export interface DefinitionReport {
  pattern: string
  file: string
  line: number
}

/** A run, from its messages. */
export interface RunReport {
  /** Absent on a dry run. */
  facts: RunFacts | undefined
  /** Milliseconds since 1970; undefined if the messages are cut off. */
  startedAt: number | undefined
  finishedAt: number | undefined
  /** In the order in which they ended; those of a merged run in the order of the features. */
  scenarios: ScenarioReport[]
  /** Failed `BeforeAll` and `AfterAll` hooks, and errors that prevented the start. */
  failures: StepFailure[]
  features: FeatureText[]
  definitions: DefinitionReport[]
  /** The pattern that each sentence matched. */
  matches: Record<string, string>
  /** Where the text of the features is published, set by a build machine. */
  repository?: { remote: string; revision: string }
}

type Scenarios = { readonly scenarios: readonly ScenarioReport[] }

export function failedScenarios({ scenarios }: Scenarios): ScenarioReport[] {
  return scenarios.filter(({ verdict }) => verdict === 'failed')
}

export function flakyScenarios({ scenarios }: Scenarios): ScenarioReport[] {
  return scenarios.filter(({ isFlaky }) => isFlaky)
}

export function countOf({ scenarios }: Scenarios, verdict: Verdict): number {
  return scenarios.filter((one) => one.verdict === verdict).length
}

/** Skipped scenarios by reason, the most frequent first. */
export function skipsByReason({ scenarios }: Scenarios): [why: string, scenarios: number][] {
  const counts = new Map<string, number>()
  for (const { verdict, why } of scenarios)
    if (verdict === 'skipped') counts.set(why || 'no reason given', (counts.get(why || 'no reason given') ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)
}
