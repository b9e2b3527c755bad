import { writeChat } from './docs/chat'
import { writeDocs } from './docs/write'

/**
 * `npm run docs [-- --check]`: writes what is generated, or says what is stale. Exit code 1 where catalogue and code differ, or a
 * file is stale.
 */
async function main(check: boolean): Promise<number> {
  const faults = [...writeDocs('.', check), ...(await writeChat('.', check))]
  for (const fault of faults) console.error(fault)
  if (faults.length > 0) console.error(`${faults.length} fault${faults.length > 1 ? 's' : ''}`)
  return faults.length > 0 ? 1 : 0
}

main(process.argv.includes('--check')).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  },
)
