import { Refusal } from '../../kit/refusal'
import type { CheckResult, MetadataOutput, PreflightOutput } from '../service/app'
import { type Body, isObject } from '../service/credentials'
import { AppError, detailsOf, HandlerError, masked, refusalOf } from '../service/errors'
import { envelope } from '../service/http'
import type { Dialect } from '../service/route'
import { OutsideTiers } from './warmup'

const VERDICTS = ['ready', 'not_ready', 'partial']

/** @throws where a handler's output is invalid: no verdict of its release, or a check without a name */
export function checkedPreflight(output: PreflightOutput, isNewRelease: boolean): PreflightOutput {
  if (!VERDICTS.includes(output.status) && !(isNewRelease && output.status === 'pending'))
    throw new Error(`no verdict: ${output.status}`)
  if (output.checks?.some(({ name }) => name === '')) throw new Error('a check needs a name')
  return output
}

/** @throws where an entry is neither a row nor a node */
export function checkedMetadata(output: MetadataOutput): MetadataOutput {
  const isNode = (node: unknown): boolean =>
    isObject(node) && typeof node.value === 'string' && Array.isArray(node.children) && node.children.every(isNode)
  const isRow = (row: unknown): boolean => isObject(row) && typeof row.TABLE_CATALOG === 'string'
  if (!(output as unknown[]).every((one) => isRow(one) || isNode(one))) throw new Error('neither rows nor nodes')
  return output
}

/** `success` means that something was checked or is pending, not that all checks passed: that is in the verdict. */
export function preflightResponse(output: PreflightOutput, dialect: Dialect, warmup?: Body | null): Body {
  const { checks = [], status, message = '', totalDurationMs = 0 } = output
  const says = masked(message || `Preflight check ${status}`)
  if (dialect === 'doc') {
    const listed = checks.map((check) => ({ ...briefly(check), duration_ms: check.durationMs ?? 0 }))
    return envelope(true, { status, checks: listed, message, total_duration_ms: totalDurationMs }, says)
  }
  const success = checks.length > 0 || (dialect === '3.52.0' && status === 'pending')
  return {
    ...envelope(success, Object.fromEntries(checks.map((check) => [keyOf(check), entryOf(check)])), says),
    preflight: {
      status,
      message: masked(message),
      total_duration_ms: totalDurationMs,
      checks: checks.map((check) => summaryOf(check, dialect)),
      ...(warmup === undefined ? {} : { warmup }),
    },
  }
}

const VERDICT = 'preflightVerdict'

/** The response to an error raised in a preflight: its own status, and since 3.52 also the resulting verdict. */
export function raisedPreflight(error: unknown): Refusal {
  const refusal = refusalOf(error)
  if (refusal === error) return refusal
  const { status, body } = refusal
  const { detail: said } = body as { detail: string }
  const text = error instanceof HandlerError ? masked(error.message) : said
  const cause = error instanceof AppError ? error : unverified(error)
  const message = error instanceof AppError ? masked(error.message) : cause.message
  const check = { name: VERDICT, passed: false, error: cause }
  const { preflight, ...rest } = preflightResponse({ status: 'not_ready', message, checks: [check] }, '3.52.0')
  return new Refusal(status, { ...rest, success: false, preflight, detail: text, error: detailsOf(cause) })
}

function unverified(error: unknown): AppError {
  const isNamed = error instanceof HandlerError || error instanceof OutsideTiers
  const message = isNamed ? error.message : 'Preflight could not be verified due to an internal error.'
  return new AppError('INTERNAL', message, { audience: 'APP_OWNER', evidence: { classification_pending: true } })
}

function briefly(check: CheckResult) {
  return { name: check.name, passed: check.passed ?? false, message: messageOf(check) }
}

/** The message of a failed check is that of its error; the error of a passed one is ignored. */
function messageOf({ passed, message = '', error }: CheckResult): string {
  return masked(!passed && error ? error.message : message)
}

function keyOf({ name }: CheckResult): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}

function entryOf(check: CheckResult): Body {
  const message = messageOf(check)
  const passed = check.passed ?? false
  return { success: passed, message, successMessage: passed ? message : '', failureMessage: passed ? '' : message }
}

/** Since 3.52 a duration is present only where it was measured, and a tier only where it is not the default. */
function summaryOf(check: CheckResult, dialect: Dialect): Body {
  const isNew = dialect === '3.52.0'
  const duration = isNew && check.durationMs === undefined ? {} : { duration_ms: check.durationMs ?? 0 }
  const base = { ...briefly(check), ...(isNew && check.tier === 'warmup' ? { tier: 'warmup' } : {}) }
  if (base.passed || !check.error) return { ...base, ...duration }
  const action = check.error.facts.suggestedAction
  const suggested = action === undefined ? {} : { suggested_action: masked(action) }
  return { ...base, error: detailsOf(check.error), ...duration, ...suggested }
}
