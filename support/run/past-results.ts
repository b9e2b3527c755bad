import { existsSync, readFileSync } from 'node:fs'
import type { Results, Target } from '../reports/results'
import { medianOf } from './shard'

/** The file of results that a run reads to learn what each scenario took. */
export const PAST_RESULTS = 'reports/results.json'

/** What a scenario took against a target, in seconds; nothing where it is not known. */
export type PastSeconds = (key: string, target: Target) => number | undefined

/**
 * What each scenario took in its last runs: the median of those that were not skipped, so that one slow run changes little. A file
 * that is absent or cannot be read counts as empty; the end of the run reports a damaged one.
 */
export function pastSeconds(path: string): PastSeconds {
  const results = resultsIn(path)
  return (key, target) => {
    const history = results[key]?.[target]?.history ?? []
    return medianOf(history.flatMap(([verdict, , seconds]) => (verdict === 'skipped' ? [] : [seconds])))
  }
}

function resultsIn(path: string): Results['results'] {
  if (!existsSync(path)) return {}
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as Partial<Results>).results ?? {}
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}
