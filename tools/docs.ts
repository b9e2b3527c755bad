import { parseArgs } from 'node:util'
import { writeChat } from './docs/chat'
import { writeCleanUp } from './docs/clean-up'
import { writeConfiguration } from './docs/configuration'
import { writeDocs } from './docs/write'
import { runTool } from './run-tool'

/**
 * `npm run docs [-- --check]`: writes what is generated, or says what is stale. Exit code 1 where catalogue and code differ, or a
 * file is stale.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
  const { check } = values
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

runTool(main)
