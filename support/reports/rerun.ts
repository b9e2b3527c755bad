import { existsSync, readFileSync } from 'node:fs'
import type { ScenarioReport } from './run-report'

export const RERUN_FILE = 'rerun.txt'

/** The scenarios as Cucumber's command line takes them: a feature a line, with the lines of its scenarios. */
export function rerunLines(scenarios: readonly Pick<ScenarioReport, 'uri' | 'line'>[]): string {
  const features = Map.groupBy(scenarios, ({ uri }) => uri)
  const lines = [...features].map(([uri, own]) => [uri, ...new Set(own.map(({ line }) => line))].join(':'))
  return lines.length > 0 ? `${lines.join('\n')}\n` : ''
}

/** What a file of them lists; nothing where there is none. */
export function readRerunFile(path: string): string[] {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8').split(/\s+/).filter(Boolean)
}
