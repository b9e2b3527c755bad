import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import { writeHtml } from './html'
import { renderJunit } from './junit'
import { messagesIn } from './messages-file'
import { RERUN_FILE, rerunLines } from './rerun'
import { MESSAGES, type RunResults, recordRun, replaceFile, resultsOf } from './results'
import { RunMessages } from './run-messages'
import { failedScenarios, type RunReport } from './run-report'

export interface WrittenReports {
  report: RunReport
  /** Notes on the files. */
  notes: string[]
}

/**
 * Writes every report of one run from its messages alone, and the messages themselves: the run of another process, or one merged
 * from several parts (shards, or one run per target).
 * @param folder of the run; its name is the run id
 */
export function writeReportsOf(envelopes: readonly Envelope[], folder: string): Promise<WrittenReports> {
  mkdirSync(folder, { recursive: true })
  replaceFile(join(folder, MESSAGES), linesOf(envelopes))
  return writeReports(reportOf(envelopes, basename(folder)), folder)
}

/**
 * Writes what is derived from a run's messages: JUnit, Cucumber's own HTML, and the run's page into its folder; then the results of
 * all runs, the living documentation and the list for a rerun into the folder above.
 * @param folder of the run, which contains the messages
 */
export async function writeReports(report: RunReport, folder: string): Promise<WrittenReports> {
  writeFileSync(join(folder, 'junit.xml'), renderJunit(report))
  await writeHtml(join(folder, 'report.html'), join(folder, MESSAGES), report.facts)
  const results = resultsOf(report)
  return { report, notes: results ? await publish(report, results, folder) : [] }
}

/** Updates what all runs share. */
async function publish(report: RunReport, results: RunResults, folder: string): Promise<string[]> {
  replaceFile(join(folder, 'results.json'), JSON.stringify(results))
  const above = dirname(folder)
  const { results: all, changed, notes } = recordRun(above, results, { rebuild: rebuiltResults })
  replaceFile(join(above, RERUN_FILE), rerunLines(failedScenarios(report)))
  const { writeSite } = await import('./site/site')
  await writeSite(above, { all, changed, report })
  return notes
}

/** A run's results from its messages, if those are complete. */
function rebuiltResults(folder: string): RunResults | undefined {
  const report = reportOf(messagesIn(join(folder, MESSAGES)), basename(folder))
  return report.finishedAt === undefined ? undefined : resultsOf(report)
}

function reportOf(envelopes: readonly Envelope[], runId: string): RunReport {
  const messages = new RunMessages()
  for (const envelope of envelopes) messages.see(envelope)
  const report = messages.report()
  return report.facts ? { ...report, facts: { ...report.facts, runId } } : report
}

function linesOf(envelopes: readonly Envelope[]): string {
  return envelopes.map((envelope) => `${JSON.stringify(envelope)}\n`).join('')
}
