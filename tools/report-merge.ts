import { renderEnd } from '../support/reports/console/console'
import { screenOf } from '../support/reports/console/layout'
import { announceToGithub } from '../support/reports/github'
import { mergeReports } from '../support/reports/merge'
import { command, runCommand } from './run-tool'

interface Options {
  into: string
}

async function main(folders: string[], { into }: Options): Promise<number> {
  const { report, notes, isGreen } = await mergeReports(folders, into)
  report.facts?.notes.push(...notes)
  announceToGithub(report, process.env, (text) => process.stdout.write(text))
  console.log(renderEnd(report, screenOf(process.stdout)))
  return isGreen ? 0 : 1
}

const program = command('report:merge', 'Merges the reports of several machines (shards, reruns) into those of one run.')
  .argument('<folder...>', 'folders of runs (reports/<run id>), or folders above them')
  .option('--into <folder>', 'the folder of all reports', 'reports')
  .addHelpText(
    'after',
    '\nExit code 1, as for one run: a scenario failed, a shard is missing, or a required service did not run live.',
  )

runCommand<Options>(program, main)
