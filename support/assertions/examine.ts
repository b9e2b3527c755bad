import { errorText } from '../config/errors'
import { ask, type CheckLike, expectationOf } from './checks'
import { reach } from './paths'
import { shown } from './values'

/** A path and the check of its value. */
export interface Expected {
  path: string
  check: CheckLike
}

/** The outcome of one row, passed or failed. */
export interface Examined {
  path: string
  held: boolean
  expected: string
  actual: unknown
  why?: string | undefined
  /** The error that a function of the check has thrown; the check has failed. */
  error?: string | undefined
  stopped?: { at: string; found: string } | undefined
}

/** Checks every row, even if earlier ones have failed. */
export function examine(document: unknown, rows: readonly Expected[]): Examined[] {
  return rows.map(({ path, check }) => {
    const { value, stopped } = reach(document, path)
    const why = typeof check === 'function' ? undefined : check.why
    const common = { path, expected: expectationOf(check), actual: value, why, stopped }
    try {
      return { ...common, held: ask(check, value) }
    } catch (error) {
      return { ...common, held: false, error: errorText(error) }
    }
  })
}

/**
 * One line for each failed row: path, expectation, actual value and, if the path does not exist, the part that does;
 * below it why it matters. Undefined where all have passed.
 */
export function failureOf(examined: readonly Examined[], what = 'the answer'): string | undefined {
  const failed = examined.filter(({ held }) => !held)
  if (failed.length === 0) return undefined
  return [`${what} breaks ${failed.length} of ${examined.length} promises:`, ...failed.flatMap(linesOf)].join('\n')
}

function linesOf({ path, expected, actual, why, error, stopped }: Examined): string[] {
  const where = stopped ? ` (the path ends at ${stopped.at === '' ? 'the whole' : `"${stopped.at}"`}: ${stopped.found})` : ''
  const threw = error ? ` (the check failed: ${error})` : ''
  const line = `  - ${path || '(the whole)'}: expected ${expected}, got ${shown(actual)}${where}${threw}`
  return why ? [line, `    → ${why}`] : [line]
}
