import {
  type Attachment,
  AttachmentContentEncoding,
  type Envelope,
  type Pickle,
  type SourceReference,
  type TestCaseStarted,
  type TestStep,
  type TestStepFinished,
  type TestStepResult,
  TestStepResultStatus,
  TimeConversion,
} from '@cucumber/messages'
import { Query } from '@cucumber/query'
import type { RecentCalls } from '../http/exchanges'
import { serviceOfFeature } from '../services'
import { factsFromJson, mergeFacts, type RunFacts } from './facts'
import { explain, headline, type StepFailure } from './failure'
import { FeatureBook } from './feature-book'
import { CALLS, LOG, RUN_FACTS, SKIPPED } from './media-types'
import type { DefinitionReport, RunReport, ScenarioReport, StepReport, Verdict } from './run-report'

const { PASSED, SKIPPED: SKIPPED_STATUS, UNKNOWN } = TestStepResultStatus

/** Collects the messages of one run, and derives its report from them alone. */
export class RunMessages {
  private readonly query = new Query()
  private readonly book = new FeatureBook()
  /** Every attempt at a test case, also those that were retried. */
  private readonly attempts = new Map<string, TestCaseStarted[]>()
  /** Ids of the pickles that were not filtered out. */
  private readonly chosen = new Set<string>()
  /** By the part of the run they belong to: a merged file contains several. */
  private readonly facts = new Map<string, RunFacts>()

  private known: RunReport | undefined

  see(envelope: Envelope): void {
    this.known = undefined
    this.query.update(envelope)
    this.book.see(envelope)
    const { testCase, testCaseStarted, attachment } = envelope
    if (testCase) this.chosen.add(testCase.pickleId)
    if (testCaseStarted) {
      const { testCaseId } = testCaseStarted
      this.attempts.set(testCaseId, [...(this.attempts.get(testCaseId) ?? []), testCaseStarted])
    }
    if (attachment?.mediaType === RUN_FACTS) this.facts.set(attachment.testRunStartedId ?? '', factsFromJson(bodyOf(attachment)))
  }

  /** The scenarios that will run, or have run. */
  planned(): { service: string; tags: string[] }[] {
    return this.query
      .findAllPickles()
      .filter(({ id }) => this.chosen.has(id))
      .map(({ uri, tags }) => ({ service: serviceOfFeature(uri), tags: tags.map(({ name }) => name) }))
  }

  /** Id of the run's start; undefined before it. */
  get id(): string | undefined {
    return this.query.findTestRunStarted()?.id
  }

  /** The title of the feature a scenario belongs to. */
  featureOf(pickle: Pickle): string {
    return this.query.findLineageBy(pickle)?.feature?.name ?? pickle.uri
  }

  /** The report of the messages until now; its facts are those in the messages. */
  report(): RunReport {
    this.known ??= this.derive()
    return this.known
  }

  private derive(): RunReport {
    const { query } = this
    const parts = [...this.facts.values()]
    const started = query.findTestRunStarted()
    const finished = query.findTestRunFinished()
    const git = query.findMeta()?.ci?.git
    return {
      facts: parts.length > 0 ? mergeFacts(parts) : undefined,
      startedAt: started && TimeConversion.timestampToMillisecondsSinceEpoch(started.timestamp),
      finishedAt: finished && TimeConversion.timestampToMillisecondsSinceEpoch(finished.timestamp),
      scenarios: parts.length > 1 ? this.inOrder(this.scenarios()) : this.scenarios(),
      failures: this.runFailures(),
      features: this.book.all(),
      ...this.definitions(),
      ...(git ? { repository: { remote: git.remote, revision: git.revision } } : {}),
    }
  }

  private scenarios(): ScenarioReport[] {
    const { query } = this
    return query.findAllTestCaseFinished().flatMap((one) => {
      const last = query.findTestCaseStartedBy(one)
      const pickle = query.findPickleBy(one)
      return last && pickle ? [this.scenario(last, pickle)] : []
    })
  }

  /** The end times of scenarios of several parts say nothing about the whole: they are in the order of the features. */
  private inOrder(scenarios: ScenarioReport[]): ScenarioReport[] {
    const places = new Map(this.book.all().map(({ uri }, at) => [uri, at]))
    return scenarios.sort((one, other) => (places.get(one.uri) ?? 0) - (places.get(other.uri) ?? 0) || one.line - other.line)
  }

  private scenario(last: TestCaseStarted, pickle: Pickle): ScenarioReport {
    const attempts = this.attempts.get(last.testCaseId) ?? [last]
    const verdict = this.verdictOf(last)
    // A rerun on another machine may also follow a skip.
    const failed = attempts.find((attempt) => this.verdictOf(attempt) === 'failed')
    const isFlaky = verdict === 'passed' && failed !== undefined
    const failures = failed && (isFlaky || verdict === 'failed') ? this.failuresOf(isFlaky ? failed : last) : []
    const service = serviceOfFeature(pickle.uri)
    const part = this.query.findTestCaseBy(last)?.testRunStartedId ?? ''
    const place = this.facts.get(part)?.services.find((one) => one.service === service)
    const duration = this.query.findTestCaseDurationBy(last)
    return {
      ...this.book.titlesOf(pickle),
      service,
      target: place?.target,
      ...(place?.address === undefined ? {} : { address: place.address }),
      uri: pickle.uri,
      tags: pickle.tags.map(({ name }) => name),
      verdict,
      isFlaky,
      attempts: attempts.length,
      why: failures[0] ? headline(failures[0]) || failures[0].status : verdict === 'skipped' ? this.skipReason(last) : '',
      seconds: duration ? TimeConversion.durationToMilliseconds(duration) / 1_000 : 0,
      steps: this.steps(last, pickle),
      failures,
    }
  }

  private verdictOf(attempt: TestCaseStarted): Verdict {
    const results = this.query.findTestStepsFinishedBy(attempt).map(({ testStepResult }) => testStepResult)
    if (results.some(isFailure)) return 'failed'
    return results.some(({ status }) => status === SKIPPED_STATUS) ? 'skipped' : 'passed'
  }

  private steps(attempt: TestCaseStarted, pickle: Pickle): StepReport[] {
    const statuses = new Map(
      this.query
        .findTestStepFinishedAndTestStepBy(attempt)
        .map(([{ testStepResult }, step]) => [step.pickleStepId, testStepResult.status]),
    )
    return pickle.steps.map((step) => ({
      keyword: this.query.findStepBy(step)?.keyword.trim() ?? '',
      text: step.text,
      status: statuses.get(step.id)?.toLowerCase() ?? 'not reached',
    }))
  }

  private failuresOf(attempt: TestCaseStarted): StepFailure[] {
    const steps = this.query.findTestStepFinishedAndTestStepBy(attempt)
    const failed = steps.filter(([{ testStepResult }]) => isFailure(testStepResult))
    const calls = steps.map(([finished]) => this.callsOf(finished))
    return failed.map(([finished, step], at) =>
      // The calls of a step that timed out are attached by the hook after it.
      this.failure(finished, step, this.callsOf(finished) ?? (at === 0 ? calls.find(Boolean) : undefined)),
    )
  }

  private failure(finished: TestStepFinished, step: TestStep, calls: RecentCalls | undefined): StepFailure {
    const { query } = this
    const pickleStep = query.findPickleStepBy(step)
    const definition = query.findUnambiguousStepDefinitionBy(step) ?? query.findHookBy(step)
    const suggestion = pickleStep && query.findSuggestionsBy(pickleStep)[0]?.snippets[0]?.code
    const keyword = pickleStep && query.findStepBy(pickleStep)?.keyword.trim()
    return {
      step: pickleStep ? `${keyword} ${pickleStep.text}` : `Hook: ${query.findHookBy(step)?.name ?? 'without a name'}`,
      ...placeOf(definition?.sourceReference),
      ...withoutBody(explain(finished.testStepResult), calls),
      ...this.ambiguity(step),
      ...(calls ? { calls } : {}),
      ...(suggestion ? { snippet: suggestion } : {}),
    }
  }

  /** The definitions that match a sentence, if there are several. */
  private ambiguity(step: TestStep): { message?: string } {
    const definitions = this.query.findStepDefinitionsBy(step)
    if (definitions.length < 2) return {}
    const lines = definitions.map(
      ({ pattern, sourceReference }) => `  ${pattern.source}  (${placeOf(sourceReference).definition})`,
    )
    return { message: ['Several step definitions match this step:', ...lines].join('\n') }
  }

  private callsOf(finished: TestStepFinished): RecentCalls | undefined {
    const attachment = this.query.findAttachmentsBy(finished).findLast(({ mediaType }) => mediaType === CALLS)
    return attachment && (JSON.parse(bodyOf(attachment)) as RecentCalls)
  }

  private skipReason(attempt: TestCaseStarted): string {
    const attachments = this.query.findTestStepsFinishedBy(attempt).flatMap((finished) => this.query.findAttachmentsBy(finished))
    const reason = attachments.find(({ mediaType, body }) => mediaType === LOG && body.startsWith(SKIPPED))
    return reason?.body.slice(SKIPPED.length) ?? ''
  }

  private runFailures(): StepFailure[] {
    const { query } = this
    const hooks = query.findAllTestRunHookFinished().filter(({ result }) => isFailure(result))
    const exception = query.findTestRunFinished()?.exception
    return [
      ...query.findAllUndefinedParameterTypes().map(
        ({ name, expression }): StepFailure => ({
          ...{ step: expression, status: 'undefined', type: '', diff: [], stack: [] },
          message: `The parameter type {${name}} is not defined.`,
        }),
      ),
      ...hooks.map((finished) => {
        const hook = query.findHookBy(finished)
        return { step: `Hook: ${hook?.name ?? 'without a name'}`, ...placeOf(hook?.sourceReference), ...explain(finished.result) }
      }),
      ...(exception
        ? [
            {
              step: 'The run',
              ...explain({ status: TestStepResultStatus.FAILED, duration: { seconds: 0, nanos: 0 }, exception }),
            },
          ]
        : []),
    ]
  }

  private definitions(): Pick<RunReport, 'definitions' | 'matches'> {
    const definitions = this.query.findAllStepDefinitions().map(
      ({ pattern, sourceReference }): DefinitionReport => ({
        pattern: pattern.source,
        file: ownPath(sourceReference.uri ?? ''),
        line: sourceReference.location?.line ?? 0,
      }),
    )
    const matches: Record<string, string> = {}
    for (const step of this.query.findAllTestSteps()) {
      const text = this.query.findPickleStepBy(step)?.text
      const definition = text === undefined ? undefined : this.query.findUnambiguousStepDefinitionBy(step)
      if (text !== undefined && definition) matches[text] = definition.pattern.source
    }
    return { definitions, matches }
  }
}

function isFailure({ status }: TestStepResult): boolean {
  return status !== PASSED && status !== SKIPPED_STATUS && status !== UNKNOWN
}

function placeOf(source: SourceReference | undefined): { definition?: string } {
  return source?.uri ? { definition: `${ownPath(source.uri)}:${source.location?.line ?? 1}` } : {}
}

/** Below the project's root, also if one of its folders is a link. */
function ownPath(uri: string): string {
  return uri.replace(/^.*?(?=(?:features|steps|support)[/\\])/, '')
}

/** The message of a refused call ends with its response body, which is already among the calls. */
function withoutBody<T extends { message: string }>(explained: T, calls: RecentCalls | undefined): T {
  const body = calls?.calls.at(-1)?.response
  return body ? { ...explained, message: explained.message.replace(`: ${body}`, '') } : explained
}

function bodyOf({ body, contentEncoding }: Attachment): string {
  return contentEncoding === AttachmentContentEncoding.BASE64 ? Buffer.from(body, 'base64').toString() : body
}
