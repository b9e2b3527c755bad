import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { FormatterPlugin } from '@cucumber/cucumber/api'
import { runFacts } from '../run'
import { serviceOfFeature, services } from '../services'
import type { RunFacts } from './facts'
import { FeatureBook } from './feature-book'
import { renderLivingPage } from './living-page'
import { type Outcome, Outcomes } from './outcomes'
import { type Result, type RunResults, recordRun, replaceFile } from './results'

/**
 * Writes what this run found to `results.json` in its own folder, and brings the folder above up to date: `index.html` shows the
 * features and the last result of every scenario, whichever run brought it. A dry run leaves both alone.
 */
const formatter: FormatterPlugin = {
  type: 'formatter',
  formatter: ({ on, write, directory = join('reports', 'unknown') }) => {
    const outcomes = new Outcomes()
    const book = new FeatureBook()
    on('message', (envelope) => {
      outcomes.see(envelope)
      book.see(envelope)
    })
    return () => {
      const facts = runFacts()
      if (!facts) return
      const run = resultsOf(facts, book, outcomes.all())
      write(`${JSON.stringify(run)}\n`)
      publish(dirname(directory), run)
    }
  },
}

function resultsOf(facts: RunFacts, book: FeatureBook, outcomes: readonly Outcome[]): RunResults {
  const { mark } = facts
  const at = facts.startedAt.toISOString()
  const results = outcomes.flatMap(({ pickle, verdict, why }): [string, Result][] => {
    const key = book.keyOf(pickle)
    const service = facts.services.find((one) => one.service === serviceOfFeature(pickle.uri))
    if (!key || !service) return []
    return [
      [key, { verdict, why, at, mark, target: service.target === 'none' ? 'not run' : service.target, address: service.address }],
    ]
  })
  return { mark, at, features: book.all(), results: Object.fromEntries(results) }
}

function publish(folder: string, run: RunResults): void {
  const record = recordRun(folder, run)
  const page = renderLivingPage({
    record,
    serviceOf: serviceOfFeature,
    order: services.map(({ name }) => name),
    hasReport: (mark) => existsSync(join(folder, mark, 'report.html')),
  })
  replaceFile(join(folder, 'index.html'), page)
}

export default formatter
