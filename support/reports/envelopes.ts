import { isUtf8 } from 'node:buffer'
import {
  type Attachment,
  AttachmentContentEncoding,
  type Envelope,
  type TestCase,
  type TestRunFinished,
  type TestStepFinished,
} from '@cucumber/messages'
import type { Redactor } from '../config/redaction'
import { LOG, parseSkip, reasonText, SECRET, SKIP_REASON, SKIPPED, UNREACHABLE } from './media-types'

/**
 * Every message passes here before any formatter sees it. Secrets are removed (also those learned during the run), and the result
 * of a skipped scenario gets the reason: only there do HTML, JUnit, messages and console all show it. Payloads are replaced,
 * never edited, because the runner still uses them.
 */
export class EnvelopeFilter {
  private readonly lastSteps = new Set<string>()
  private readonly reasons = new Map<string, string>()

  /** @param closing what the run's last message contains besides its result: the target of each service */
  constructor(
    private readonly redactor: Redactor,
    private readonly closing?: () => string,
  ) {}

  pass(envelope: Envelope): void {
    if (envelope.attachment) this.attached(envelope, envelope.attachment)
    if (envelope.testCase) this.planned(envelope.testCase)
    if (envelope.testStepFinished) this.finished(envelope, envelope.testStepFinished)
    if (envelope.testCaseFinished) this.reasons.delete(envelope.testCaseFinished.testCaseStartedId)
    if (envelope.testRunFinished) this.closed(envelope, envelope.testRunFinished)
    redactEnvelope(envelope, this.redactor)
  }

  private attached(envelope: Envelope, attachment: Attachment): void {
    const { mediaType, testCaseStartedId } = attachment
    if (mediaType === SECRET) {
      this.redactor.learn(bodyOf(attachment))
      delete envelope.attachment
    } else if (mediaType === UNREACHABLE) {
      delete envelope.attachment
    } else if (mediaType === SKIP_REASON) {
      const body = SKIPPED + reasonText(parseSkip(bodyOf(attachment)))
      if (testCaseStartedId) this.reasons.set(testCaseStartedId, body)
      envelope.attachment = {
        ...attachment,
        body,
        mediaType: LOG,
        contentEncoding: AttachmentContentEncoding.IDENTITY,
      }
    }
  }

  private closed(envelope: Envelope, finished: TestRunFinished): void {
    const message = this.closing?.()
    if (message && !finished.message) envelope.testRunFinished = { ...finished, message }
  }

  private planned({ testSteps }: TestCase): void {
    const last = testSteps.findLast(({ pickleStepId }) => pickleStepId)
    if (last) this.lastSteps.add(last.id)
  }

  private finished(envelope: Envelope, finished: TestStepFinished): void {
    const message = this.reasons.get(finished.testCaseStartedId)
    const { testStepId, testStepResult } = finished
    if (!message || testStepResult.status !== 'SKIPPED' || !this.lastSteps.has(testStepId)) return
    envelope.testStepFinished = { ...finished, testStepResult: { ...testStepResult, message } }
  }
}

/** Fields with ids that Cucumber generates. They are most of the texts in a run's messages. */
const IDS: ReadonlySet<string> = new Set([
  'id',
  'astNodeId',
  'astNodeIds',
  'hookId',
  'pickleId',
  'pickleStepId',
  'stepDefinitionIds',
])

/** Replaces the content of an envelope by a copy without secrets, also inside encoded attachments. */
function redactEnvelope(envelope: Envelope, redactor: Redactor): void {
  if (saysNothing(envelope)) return
  const clean = redactor.deep(envelope, IDS)
  if (clean !== envelope) Object.assign(envelope, clean)
  if (envelope.attachment?.contentEncoding === AttachmentContentEncoding.BASE64)
    envelope.attachment = redactEncoded(envelope.attachment, redactor)
}

/** Half of all messages contain only ids and times. */
function saysNothing({ testStepStarted, testStepFinished, testCaseStarted, testCaseFinished }: Envelope): boolean {
  if (testStepStarted || testCaseStarted || testCaseFinished) return true
  const result = testStepFinished?.testStepResult
  return result !== undefined && result.message === undefined && result.exception === undefined
}

function redactEncoded(attachment: Attachment, redactor: Redactor): Attachment {
  const bytes = Buffer.from(attachment.body, 'base64')
  const encoding = isUtf8(bytes) ? 'utf8' : 'latin1'
  const text = bytes.toString(encoding)
  const clean = redactor.text(text)
  return clean === text ? attachment : { ...attachment, body: Buffer.from(clean, encoding).toString('base64') }
}

function bodyOf({ body, contentEncoding }: Attachment): string {
  return contentEncoding === AttachmentContentEncoding.BASE64 ? Buffer.from(body, 'base64').toString() : body
}
