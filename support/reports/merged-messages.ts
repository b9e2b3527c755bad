import {
  type Envelope,
  type TestCase,
  type TestCaseFinished,
  type TestCaseStarted,
  type TestRunFinished,
  TestStepResultStatus,
  TimeConversion,
} from '@cucumber/messages'
import { serviceOfFeature } from '../services'
import { renderTargets } from './console/tables'
import { mergeFacts, type RunFacts } from './facts'
import { MessageIds } from './message-ids'
import { factsIn } from './messages-file'

/** One attempt at a scenario, with all its messages. */
interface Attempt {
  testCase: TestCase
  started: TestCaseStarted
  within: Envelope[]
  finished: TestCaseFinished
  /** The result that its own process gives it if it is the last attempt. */
  isFailure: boolean
}

/** One process of a run. */
interface Part {
  facts: RunFacts | undefined
  started: number
  /** Whether it reports success itself. */
  success: boolean
  /** Its messages outside any scenario. */
  outside: Envelope[]
  attempts: Attempt[]
  end: TestRunFinished | undefined
}

const GOOD: readonly TestStepResultStatus[] = [
  TestStepResultStatus.PASSED,
  TestStepResultStatus.SKIPPED,
  TestStepResultStatus.UNKNOWN,
]

/**
 * The messages of several parts of one run (shards, a rerun of failed scenarios, or one run per target) as those of a single run:
 * one start, one end, each feature, scenario and step definition once. If several parts ran a scenario against the same target,
 * the earlier ones are retried attempts, so that it counts once, by its last.
 * @param problems why the whole failed although each part may have passed, one sentence each
 */
export function mergedMessages(messages: readonly (readonly Envelope[])[], problems: readonly string[] = []): Envelope[] {
  const [only] = messages
  if (only && messages.length === 1 && problems.length === 0) return [...only]
  const parts = messages.map(partOf).sort((one, other) => one.started - other.started)
  const ids = new MessageIds()
  const outside = parts.flatMap((part, at) => outsideOf(part, at === 0, ids))
  const attempts = parts.flatMap((part) => {
    return part.attempts.map((attempt) => ({ part, attempt: { ...attempt, testCase: pointed(attempt.testCase, ids) } }))
  })
  const uris = new Map(outside.flatMap(({ pickle }) => (pickle ? [[pickle.id, pickle.uri] as const] : [])))
  const scenarios = Map.groupBy(attempts, ({ part, attempt: { testCase } }) => {
    const service = serviceOfFeature(uris.get(testCase.pickleId) ?? '')
    return `${testCase.pickleId} ${part.facts?.services.find((one) => one.service === service)?.target}`
  })
  const sequences = [...scenarios.values()].map((own) => own.map(({ attempt }) => attempt))
  const hooks = parts.every(({ outside: said, end }) => said.every(isGood) && !end?.exception)
  const isGreen = hooks && sequences.every((own) => !own.at(-1)?.isFailure)
  const end = mergedEnd(parts, isGreen, problems)
  return [...outside, ...sequences.flatMap(asOneCase), ...(end ? [end] : [])]
}

function partOf(messages: readonly Envelope[]): Part {
  const cases = new Map<string, TestCase>()
  const open = new Map<string, Omit<Attempt, 'finished' | 'isFailure'>>()
  const part: Part = { facts: factsIn(messages), started: 0, success: false, outside: [], attempts: [], end: undefined }
  for (const envelope of messages) {
    const { testRunStarted, testRunFinished, testCase, testCaseStarted, testCaseFinished } = envelope
    if (testRunStarted) part.started = TimeConversion.timestampToMillisecondsSinceEpoch(testRunStarted.timestamp)
    if (testRunFinished) {
      part.end = testRunFinished
      part.success = testRunFinished.success
    } else if (testCase) cases.set(testCase.id, testCase)
    else if (testCaseStarted) {
      const found = cases.get(testCaseStarted.testCaseId)
      if (found) open.set(testCaseStarted.id, { testCase: found, started: testCaseStarted, within: [] })
    } else if (testCaseFinished) {
      const attempt = open.get(testCaseFinished.testCaseStartedId)
      if (attempt) part.attempts.push({ ...attempt, finished: testCaseFinished, isFailure: !attempt.within.every(isGood) })
    } else (open.get(startedIdOf(envelope) ?? '')?.within ?? part.outside).push(envelope)
  }
  if (part.success) for (const attempt of part.attempts) attempt.isFailure = false
  return part
}

/** Of the attempt that a message belongs to; a cut-off attempt has messages, and both are omitted. */
function startedIdOf({ testStepStarted, testStepFinished, attachment }: Envelope): string | undefined {
  return (testStepStarted ?? testStepFinished ?? attachment)?.testCaseStartedId
}

function isGood({ testStepFinished, testRunHookFinished, undefinedParameterType }: Envelope): boolean {
  const status = (testStepFinished?.testStepResult ?? testRunHookFinished?.result)?.status
  return !undefinedParameterType && (status === undefined || GOOD.includes(status))
}

function outsideOf(part: Part, isFirst: boolean, ids: MessageIds): Envelope[] {
  return part.outside.flatMap((envelope) => {
    if ((envelope.meta || envelope.testRunStarted) && !isFirst) return []
    return ids.take(envelope) ?? []
  })
}

function pointed(testCase: TestCase, ids: MessageIds): TestCase {
  return ids.take({ testCase })?.testCase ?? testCase
}

/** Attempts of several processes as those of one test case: its steps are those of the first, if the later ones have the same. */
function asOneCase(attempts: readonly Attempt[]): Envelope[] {
  let current: TestCase | undefined
  return attempts.flatMap(({ testCase, started, within, finished }, at) => {
    const isKnown = current !== undefined && isAlike(current, testCase)
    const shown = isKnown && current ? current : testCase
    current = shown
    const steps = new Map(testCase.testSteps.map(({ id }, step) => [id, shown.testSteps[step]?.id ?? id]))
    return [
      ...(isKnown ? [] : [{ testCase }]),
      { testCaseStarted: { ...started, testCaseId: shown.id, attempt: at } },
      ...within.map((envelope) => withStep(envelope, steps)),
      { testCaseFinished: { ...finished, willBeRetried: at < attempts.length - 1 } },
    ]
  })
}

function isAlike(one: TestCase, other: TestCase): boolean {
  const shape = ({ testSteps }: TestCase): string => testSteps.map(({ hookId, pickleStepId }) => hookId ?? pickleStepId).join(' ')
  return shape(one) === shape(other)
}

function withStep(envelope: Envelope, steps: ReadonlyMap<string, string>): Envelope {
  const { testStepStarted, testStepFinished, attachment } = envelope
  const of = (id: string): string => steps.get(id) ?? id
  if (testStepStarted) return { testStepStarted: { ...testStepStarted, testStepId: of(testStepStarted.testStepId) } }
  if (testStepFinished) return { testStepFinished: { ...testStepFinished, testStepId: of(testStepFinished.testStepId) } }
  if (attachment?.testStepId) return { attachment: { ...attachment, testStepId: of(attachment.testStepId) } }
  return envelope
}

function mergedEnd(parts: readonly Part[], isGreen: boolean, problems: readonly string[]): Envelope | undefined {
  const ends = parts.flatMap(({ end }) => end ?? [])
  const last = ends.toSorted((one, other) => timeOf(one) - timeOf(other)).at(-1)
  if (!last) return undefined
  const exception =
    problems.length > 0 ? { type: 'Error', message: problems.join('\n') } : ends.find((end) => end.exception)?.exception
  const facts = parts.flatMap((part) => part.facts ?? [])
  return {
    testRunFinished: {
      ...last,
      success: isGreen && problems.length === 0,
      ...(exception ? { exception } : {}),
      ...(facts.length > 0 ? { message: renderTargets(mergeFacts(facts).services) } : {}),
    },
  }
}

function timeOf({ timestamp }: TestRunFinished): number {
  return TimeConversion.timestampToMillisecondsSinceEpoch(timestamp)
}
