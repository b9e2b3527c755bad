import { existsSync, readFileSync } from 'node:fs'
import type { Results, Target } from '../reports/results'
import { medianOf } from './shard'

/** The file of results that a run reads to learn what each scenario took. */
export const PAST_RESULTS = 'reports/results.json'

/** What a scenario took against a target, in seconds; nothing where it is not known. */
export type PastSeconds = (key: string, target: Target) => number | undefined

/**
 * What each scenario took in its last runs: the median of those that were not skipped, so that one slow run changes little. Shards do
 * not count: those of one run may run one after the other in the same folder, and must all find the same. A file that is absent or
 * cannot be read counts as empty; the end of the run reports a damaged one.
 */
export function pastSeconds(path: string): PastSeconds {
  const { runs = {}, results = {} } = resultsIn(path)
  return (key, target) => {
    const history = results[key]?.[target]?.history ?? []
    const whole = history.filter(([verdict, runId]) => verdict !== 'skipped' && !runs[runId]?.shard)
    return medianOf(whole.map(([, , seconds]) => seconds))
  }
}

function resultsIn(path: string): Partial<Results> {
  if (!existsSync(path)) return {}
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Partial<Results>
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}
