import type { Envelope, Pickle, TestStepResult } from '@cucumber/messages'
import { LOG, SKIPPED } from './media-types'

export type Verdict = 'passed' | 'failed' | 'skipped'

/** How one scenario ended, its last attempt counting. */
export interface Outcome {
  pickle: Pickle
  verdict: Verdict
  /** Why it was skipped and what to set, or the first line of what went wrong. */
  why: string
}

/** Collects how every scenario ended from messages that have passed the filter; keeps nothing else of them. */
export class Outcomes {
  private readonly pickles = new Map<string, Pickle>()
  private readonly cases = new Map<string, Pickle>()
  private readonly running = new Map<string, Outcome>()
  private readonly ended = new Map<string, Outcome>()

  see({ pickle, testCase, testCaseStarted, attachment, testStepFinished, testCaseFinished }: Envelope): void {
    if (pickle) this.pickles.set(pickle.id, pickle)
    if (testCase) this.planned(testCase.id, testCase.pickleId)
    if (testCaseStarted) this.started(testCaseStarted.id, testCaseStarted.testCaseId)
    const running = this.running.get(attachment?.testCaseStartedId ?? testStepFinished?.testCaseStartedId ?? '')
    if (running && attachment?.mediaType === LOG && attachment.body.startsWith(SKIPPED)) {
      running.why ||= attachment.body.slice(SKIPPED.length)
    }
    if (running && testStepFinished) worsen(running, testStepFinished.testStepResult)
    if (testCaseFinished) this.finished(testCaseFinished.testCaseStartedId, testCaseFinished.willBeRetried)
  }

  /** In the order in which they ended. */
  all(): Outcome[] {
    return [...this.ended.values()]
  }

  private planned(testCaseId: string, pickleId: string): void {
    const pickle = this.pickles.get(pickleId)
    if (pickle) this.cases.set(testCaseId, pickle)
  }

  private started(id: string, testCaseId: string): void {
    const pickle = this.cases.get(testCaseId)
    if (pickle) this.running.set(id, { pickle, verdict: 'passed', why: '' })
  }

  private finished(id: string, willBeRetried: boolean): void {
    const outcome = this.running.get(id)
    this.running.delete(id)
    if (outcome && !willBeRetried) this.ended.set(outcome.pickle.id, outcome)
  }
}

function worsen(outcome: Outcome, { status, message, exception }: TestStepResult): void {
  if (status === 'PASSED' || status === 'UNKNOWN' || outcome.verdict === 'failed') return
  if (status === 'SKIPPED') {
    outcome.verdict = 'skipped'
    return
  }
  outcome.verdict = 'failed'
  outcome.why = firstLine(exception?.message ?? message ?? '') || status.toLowerCase()
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? ''
}
