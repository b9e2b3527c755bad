import type { Envelope, Pickle, TestCase, TestStepFinished } from '@cucumber/messages'
import { LOG, SKIPPED } from './media-types'

export type Verdict = 'passed' | 'failed' | 'skipped'

/** How one scenario ended, its last attempt counting. */
export interface Outcome {
  pickle: Pickle
  verdict: Verdict
  /** Why it was skipped and what to set, or the first line of what went wrong. */
  why: string
  /** All that is known of what went wrong. */
  stack: string
  /** What its steps and hooks took. */
  seconds: number
  /** How each of its steps ended, in order: `passed`, `undefined`, … */
  steps: string[]
}

interface Planned {
  pickle: Pickle
  /** Steps among the hooks, by id. */
  steps: ReadonlySet<string>
}

interface Attempt extends Outcome {
  planned: Planned
}

/** Collects how every scenario ended from messages that have passed the filter; keeps nothing else of them. */
export class Outcomes {
  private readonly pickles = new Map<string, Pickle>()
  private readonly cases = new Map<string, Planned>()
  private readonly running = new Map<string, Attempt>()
  private readonly ended = new Map<string, Outcome>()

  see({ pickle, testCase, testCaseStarted, attachment, testStepFinished, testCaseFinished }: Envelope): void {
    if (pickle) this.pickles.set(pickle.id, pickle)
    if (testCase) this.plan(testCase)
    if (testCaseStarted) this.start(testCaseStarted.id, testCaseStarted.testCaseId)
    const running = this.running.get(attachment?.testCaseStartedId ?? testStepFinished?.testCaseStartedId ?? '')
    if (running && attachment?.mediaType === LOG && attachment.body.startsWith(SKIPPED)) {
      running.why ||= attachment.body.slice(SKIPPED.length)
    }
    if (running && testStepFinished) count(running, testStepFinished)
    if (testCaseFinished) this.finish(testCaseFinished.testCaseStartedId, testCaseFinished.willBeRetried)
  }

  /** In the order in which they ended. */
  all(): Outcome[] {
    return [...this.ended.values()]
  }

  private plan({ id, pickleId, testSteps }: TestCase): void {
    const pickle = this.pickles.get(pickleId)
    const steps = new Set(testSteps.flatMap((step) => (step.pickleStepId ? [step.id] : [])))
    if (pickle) this.cases.set(id, { pickle, steps })
  }

  private start(id: string, testCaseId: string): void {
    const planned = this.cases.get(testCaseId)
    if (!planned) return
    const { pickle } = planned
    this.running.set(id, { planned, pickle, verdict: 'passed', why: '', stack: '', seconds: 0, steps: [] })
  }

  private finish(id: string, willBeRetried: boolean): void {
    const attempt = this.running.get(id)
    this.running.delete(id)
    if (!attempt || willBeRetried) return
    const { planned: _planned, ...outcome } = attempt
    this.ended.set(outcome.pickle.id, outcome)
  }
}

function count(attempt: Attempt, { testStepId, testStepResult }: TestStepFinished): void {
  const { status, duration, message, exception } = testStepResult
  attempt.seconds += duration.seconds + duration.nanos / 1e9
  if (attempt.planned.steps.has(testStepId)) attempt.steps.push(status.toLowerCase())
  if (status === 'PASSED' || status === 'UNKNOWN' || attempt.verdict === 'failed') return
  if (status === 'SKIPPED') {
    attempt.verdict = 'skipped'
    return
  }
  attempt.verdict = 'failed'
  attempt.stack = exception?.stackTrace ?? message ?? ''
  attempt.why = firstLine(exception?.message ?? message ?? '') || status.toLowerCase()
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? ''
}
