import type { CheckResult, MetadataOutput, PreflightOutput } from '../service/app'
import { type Body, isObject } from '../service/credentials'
import type { AppError } from '../service/errors'
import { envelope } from '../service/http'
import type { Dialect } from '../service/service'

const VERDICTS = ['ready', 'not_ready', 'partial']

/** @throws where a handler's output is none: no verdict, or a check without a name */
export function checkedPreflight(output: PreflightOutput): PreflightOutput {
  if (!VERDICTS.includes(output.status)) throw new Error(`no verdict: ${output.status}`)
  if (output.checks?.some(({ name }) => name === '')) throw new Error('a check needs a name')
  return output
}

/** @throws where rows or nodes are none */
export function checkedMetadata(output: MetadataOutput): MetadataOutput {
  const isNode = (node: unknown): boolean =>
    isObject(node) && typeof node.value === 'string' && Array.isArray(node.children) && node.children.every(isNode)
  const isRow = (row: unknown): boolean => isObject(row) && typeof row.TABLE_CATALOG === 'string'
  if (!(output as unknown[]).every((one) => isRow(one) || isNode(one))) throw new Error('neither rows nor nodes')
  return output
}

/** `success` says that something was checked, not that all is well: the verdict stands apart. */
export function preflightAnswer(output: PreflightOutput, dialect: Dialect): Body {
  const { checks = [], status, message = '', totalDurationMs = 0 } = output
  const says = message || `Preflight check ${status}`
  if (dialect === 'doc') {
    const listed = checks.map((check) => ({ ...briefly(check), duration_ms: check.durationMs ?? 0 }))
    return envelope(true, { status, checks: listed, message, total_duration_ms: totalDurationMs }, says)
  }
  return {
    ...envelope(checks.length > 0, Object.fromEntries(checks.map((check) => [keyOf(check), entryOf(check)])), says),
    preflight: { status, message, total_duration_ms: totalDurationMs, checks: checks.map(summaryOf) },
  }
}

function briefly(check: CheckResult) {
  return { name: check.name, passed: check.passed ?? false, message: messageOf(check) }
}

/** A failed check's own error speaks for it; a passed one's is not looked at. */
function messageOf({ passed, message = '', error }: CheckResult): string {
  return !passed && error ? error.message : message
}

function keyOf({ name }: CheckResult): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}

function entryOf(check: CheckResult): Body {
  const message = messageOf(check)
  const passed = check.passed ?? false
  return { success: passed, message, successMessage: passed ? message : '', failureMessage: passed ? '' : message }
}

function summaryOf(check: CheckResult): Body {
  const base = briefly(check)
  const duration = { duration_ms: check.durationMs ?? 0 }
  if (base.passed || !check.error) return { ...base, ...duration }
  const action = check.error.facts.suggestedAction
  return { ...base, error: errorOf(check.error), ...duration, ...(action === undefined ? {} : { suggested_action: action }) }
}

function errorOf({ category, message, facts }: AppError): Body {
  const { code = category, retryable = false, audience = 'USER', suggestedAction, evidence } = facts
  return {
    category,
    code,
    retryable,
    audience,
    message,
    ...(suggestedAction === undefined ? {} : { suggested_action: suggestedAction }),
    ...(evidence === undefined ? {} : { evidence }),
  }
}
