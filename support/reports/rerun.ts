import { existsSync, readFileSync } from 'node:fs'
import type { ScenarioReport } from './run-report'

export const RERUN_FILE = 'rerun.txt'

/** The scenarios in the form of Cucumber's command line: one feature per line, with the lines of its scenarios. */
export function rerunLines(scenarios: readonly Pick<ScenarioReport, 'uri' | 'line'>[]): string {
  const features = Map.groupBy(scenarios, ({ uri }) => uri)
  const lines = [...features].map(([uri, own]) => [uri, ...new Set(own.map(({ line }) => line))].join(':'))
  return lines.length > 0 ? `${lines.join('\n')}\n` : ''
}

/** The scenarios of such a file; none if it does not exist. */
export function readRerunFile(path: string): string[] {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8').split(/\s+/).filter(Boolean)
}
