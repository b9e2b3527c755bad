import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { FormatterPlugin } from '@cucumber/cucumber/api'
import { runFacts } from '../run/run'
import { serviceOfFeature, services } from '../services'
import type { RunFacts } from './facts'
import { FeatureBook } from './feature-book'
import { writeHtml } from './html'
import { renderJunit } from './junit'
import { renderLivingPage } from './living-page'
import { MessagesFile } from './messages-file'
import { type Outcome, Outcomes } from './outcomes'
import { type Result, type RunResults, recordRun, replaceFile } from './results'

/**
 * Writes all files of a run at once, into the folder of its target `results.json`: messages while it goes on, HTML and JUnit at
 * its end. Then it brings the folder above up to date: `index.html` shows the features and the last result of every scenario,
 * whichever run brought it. One formatter for all of them, since each of Cucumber's own keeps every message once more.
 */
const formatter: FormatterPlugin = {
  type: 'formatter',
  formatter: ({ on, write, directory = join('reports', 'unknown') }) => {
    const outcomes = new Outcomes()
    const book = new FeatureBook()
    const path = join(directory, 'messages.ndjson')
    const messages = new MessagesFile(path)
    const flush = (): void => messages.flush()
    process.once('exit', flush)
    on('message', (envelope) => {
      outcomes.see(envelope)
      book.see(envelope)
      messages.append(envelope)
    })
    return async () => {
      const facts = runFacts()
      messages.close()
      process.off('exit', flush)
      writeFileSync(join(directory, 'junit.xml'), renderJunit(facts, outcomes.all(), book))
      await writeHtml(join(directory, 'report.html'), path, facts)
      if (facts) write(publish(dirname(directory), resultsOf(facts, book, outcomes.all())))
    }
  },
}

function resultsOf(facts: RunFacts, book: FeatureBook, outcomes: readonly Outcome[]): RunResults {
  const { runId } = facts
  const at = facts.startedAt.toISOString()
  const results = outcomes.flatMap(({ pickle, verdict, why }): [string, Result][] => {
    const service = facts.services.find((one) => one.service === serviceOfFeature(pickle.uri))
    if (!service) return []
    const target = service.target === 'none' ? 'not run' : service.target
    return [[book.titlesOf(pickle).key, { verdict, why, at, runId: runId, target, address: service.address }]]
  })
  return { runId: runId, at, features: book.all(), results: Object.fromEntries(results) }
}

/** @returns the run's own results, for its folder */
function publish(folder: string, run: RunResults): string {
  const record = recordRun(folder, run)
  const page = renderLivingPage({
    record,
    serviceOf: serviceOfFeature,
    services,
    hasReport: (runId) => existsSync(join(folder, runId, 'report.html')),
  })
  replaceFile(join(folder, 'index.html'), page)
  return `${JSON.stringify(run)}\n`
}

export default formatter
