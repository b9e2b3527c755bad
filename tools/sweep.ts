import { rmSync } from 'node:fs'
import { command, liveEnvironment, runCommand } from './run-tool'
import { durationOf } from './sweep/duration'
import { sweepGiven } from './sweep/given'
import { type SweepOptions, sweepJournal } from './sweep/journal'
import { journalsBelow, journalsIn } from './sweep/journals'

interface Options {
  dryRun: boolean
  olderThan: string
  from?: string
}

async function main({ dryRun, olderThan, from }: Options): Promise<number> {
  const age = durationOf(olderThan)
  const options: SweepOptions = { dryRun, environment: liveEnvironment(), say: (text) => console.log(text) }
  const journals = from === undefined ? journalsIn(age).map((path) => [path]) : journalsBelow(from, age)
  if (journals.length === 0) console.log('Nothing to sweep: there is no journal of an interrupted run.')
  let left = await sweepGiven(options, age, from)
  for (const [index, [path = '', ...copies]] of journals.entries()) {
    console.log(`[${index + 1}/${journals.length}] ${path}`)
    const stays = await sweepJournal(path, options)
    if (stays === 0 && !dryRun) for (const copy of copies) rmSync(copy, { force: true })
    left += stays
  }
  if (left > 0) console.log(`${left} left; run the sweep again later, or set what is named above.`)
  return left > 0 ? 1 : 0
}

const program = command('sweep', 'Undoes what interrupted runs left behind, by their journals and with the current credentials.')
  .option('--dry-run', 'only report what would be done', false)
  .option('--older-than <time>', 'skip runs that began less than this ago: 90s, 15m, 1h, 2d', '0s')
  .option('--from <folder>', 'journals of other machines below this folder, such as the reports of killed shards')
  .addHelpText('after', '\nExit code 1: something was not undone.')

runCommand<Options>(program, (_names, options) => main(options))
