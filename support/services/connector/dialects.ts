import { parseResponse } from '../../assertions/contract'
import { checksByName, type PreflightSummary, preflightSummary } from './contract'
import { type Fields, isFields } from './credentials'

/**
 * Verdict and checks of a preflight, whose place depends on the app's release: below `preflight` since 3.22,
 * in `data` before 3.0, and in between only the checks, by name. The response itself shows which one it is.
 */
export function preflightOf(answer: unknown): PreflightSummary {
  const whole = isFields(answer) ? answer : {}
  if (isFields(whole.preflight)) return parseResponse(preflightSummary, whole.preflight, 'the summary of a preflight')
  if (isFields(whole.data) && 'checks' in whole.data) return parseResponse(preflightSummary, whole.data, 'a preflight')
  const named = Object.entries(parseResponse(checksByName, whole.data, 'the checks of a preflight'))
  const checks = named.map(([name, { success, message }]) => ({ name, passed: success, message }))
  const passed = checks.filter((check) => check.passed).length
  return { status: passed === checks.length ? 'ready' : passed === 0 ? 'not_ready' : 'partial', checks }
}

/** The response with verdict and checks at both documented places, so that a table may use either. */
export function portable(answer: unknown): unknown {
  if (!isFields(answer) || !isFields(answer.data)) return answer
  const { data, preflight } = answer
  if (isFields(preflight)) return { ...answer, data: { ...summaryIn(preflight), ...data } }
  return Array.isArray(data.checks) ? { ...answer, preflight: data } : answer
}

function summaryIn({ status, checks }: Fields): Fields {
  return { status, checks }
}
