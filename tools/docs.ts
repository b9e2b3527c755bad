import { writeChat } from './docs/chat'
import { writeCleanUp } from './docs/clean-up'
import { writeConfiguration } from './docs/configuration'
import { writeDocs } from './docs/write'
import { command, runCommand } from './run-tool'

async function main(check: boolean): Promise<number> {
  const faults = [
    ...writeDocs('.', check),
    ...writeConfiguration('.', check),
    ...(await writeChat('.', check)),
    ...(await writeCleanUp('.', check)),
  ]
  for (const fault of faults) console.error(fault)
  if (faults.length > 0) console.error(`${faults.length} fault${faults.length > 1 ? 's' : ''}`)
  return faults.length > 0 ? 1 : 0
}

const program = command('docs', 'Generates documents from code and features, and reports where they contradict each other.')
  .option('--check', 'write nothing, report what is stale', false)
  .addHelpText('after', '\nExit code 1: catalogue and code differ, or with --check a file is stale.')

runCommand<{ check: boolean }>(program, (_names, { check }) => main(check))
