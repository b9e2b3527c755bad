import type { FormatterPlugin } from '@cucumber/cucumber/api'
import type { Envelope, Pickle } from '@cucumber/messages'
import { isOn } from '../../config/variables'
import type { RunFacts } from '../facts'
import type { RunMessages } from '../run-messages'
import { failedScenarios, type RunReport } from '../run-report'
import { renderFailures, renderStep } from './failures'
import { duration, plural, type Screen, screenOf } from './layout'
import { type ProgressView, progressBar, progressLines } from './progress'
import { renderClosing, renderTargets } from './tables'

/**
 * Progress during the run, then the failures and the closing tables. The end is written after the plugin's clean-up, when
 * leftovers are known and the other reports exist.
 * @param messages those of the run until now
 */
export const consoleFormatter = (runFacts: () => RunFacts | undefined, messages: () => RunMessages): FormatterPlugin => ({
  type: 'formatter',
  formatter: ({ on, stream, write }) => {
    const screen = screenOf(stream)
    let view: ProgressView | undefined
    const early: Envelope[] = []
    on('message', (envelope) => {
      if (!view && envelope.testCaseStarted) {
        view = viewOf(stream, write, messages, screen, runFacts)
        for (const seen of early.splice(0)) view.update(seen)
      }
      if (view) view.update(envelope)
      else early.push(envelope)
    })
    return () => {
      view?.close()
      write(renderEnd({ ...messages().report(), facts: runFacts() }, screen))
    }
  },
})

/** A progress bar at a terminal, unless a person is asked to act there. */
function viewOf(
  stream: NodeJS.WritableStream,
  write: (text: string) => void,
  messages: () => RunMessages,
  screen: Screen,
  runFacts: () => RunFacts | undefined,
): ProgressView {
  const options = { write, screen, featureOf: (pickle: Pickle) => messages().featureOf(pickle) }
  const isTerminal = 'isTTY' in stream && stream.isTTY === true
  const speaks = isOn(process.env, 'ACCEPTANCE_DEBUG') || asksPeople(messages, runFacts())
  return isTerminal && !speaks ? progressBar(options, [process.stdout, process.stderr]) : progressLines(options)
}

/** Live, a scenario may ask the person at the terminal to act; on a sandbox the control API acts instead. */
function asksPeople(messages: () => RunMessages, facts: RunFacts | undefined): boolean {
  if (process.stdin.isTTY !== true) return false
  const live = new Set(facts?.services.filter(({ target }) => target === 'live').map(({ service }) => service))
  return messages()
    .planned()
    .some(({ service, tags }) => live.has(service) && tags.includes('@human'))
}

/** The output after the last scenario. */
export function renderEnd(report: RunReport, screen: Screen): string {
  const { facts, failures, scenarios } = report
  const failed = failedScenarios(report)
  return [
    ...renderFailures(failed, screen),
    ...failures.flatMap((failure) => ['', ...renderStep(failure, screen)]),
    ...(facts ? renderClosing(facts, report, screen) : []),
    '',
    totals(report),
    ...(report.startedAt && report.finishedAt ? [duration((report.finishedAt - report.startedAt) / 1_000)] : []),
    ...(facts && scenarios.length > 0 ? ['', ...whereToLook(facts, failed.length > 0)] : []),
    ...(facts ? ['', renderTargets(facts.services)] : []),
    '',
  ].join('\n')
}

/** In Cucumber's own words, which other programs parse. */
function totals(report: RunReport): string {
  const verdicts = ['passed', 'failed', 'skipped'] as const
  const counts = verdicts.flatMap((verdict) => {
    const count = report.scenarios.filter((one) => one.verdict === verdict).length
    return count > 0 ? [`${count} ${verdict}`] : []
  })
  return `${plural(report.scenarios.length, 'scenario')}${counts.length > 0 ? ` (${counts.join(', ')})` : ''}`
}

function whereToLook({ reports }: RunFacts, failed: boolean): string[] {
  return [
    ...(reports ? [`Report  ${reports.run}`, `        ${reports.all} (all runs)`] : []),
    ...(failed ? ['Rerun   npm run rerun'] : []),
  ]
}
