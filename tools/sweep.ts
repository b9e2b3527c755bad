import { parseArgs } from 'node:util'
import { liveEnvironment, runTool } from './run-tool'
import { durationOf } from './sweep/duration'
import { sweepGiven } from './sweep/given'
import { type SweepOptions, sweepJournal } from './sweep/journal'
import { journalsIn } from './sweep/journals'

/** `npm run sweep [-- --dry-run] [-- --older-than 1h]`: finishes what dead runs left. Exit code 1 where something stays. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false }, 'older-than': { type: 'string' } } })
  const options: SweepOptions = { dryRun: values['dry-run'], environment: liveEnvironment(), say: (text) => console.log(text) }
  const olderThan = values['older-than'] === undefined ? 0 : durationOf(values['older-than'])
  const journals = journalsIn(olderThan)
  if (journals.length === 0) console.log('Nothing to sweep: no journal of a dead run is there.')
  let left = await sweepGiven(options, olderThan)
  for (const [index, path] of journals.entries()) {
    console.log(`[${index + 1}/${journals.length}] ${path}`)
    left += await sweepJournal(path, options)
  }
  if (left > 0) console.log(`${left} left; run the sweep again later, or see above what to set.`)
  return left > 0 ? 1 : 0
}

runTool(main)
