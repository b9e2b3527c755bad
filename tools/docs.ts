import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { readCatalogue } from './docs/catalogue'
import { chatTable } from './docs/chat'
import { faultsOf, renderCoverage } from './docs/coverage'
import { mentionsBelow } from './docs/mentions'
import { generatedFiles } from './docs/readme'

const CATALOGUE = 'docs/catalogue.json'

/**
 * `npm run docs`: writes `docs/coverage.md` from the catalogue, `docs/chat.md` from what the chat adapters say they can and the
 * features show, the README's tables and `.env.example` from the code; with
 * `--check`, says instead which are stale.
 * @returns the exit code: 1 where catalogue and code differ, or a file is stale
 */
async function main(check: boolean): Promise<number> {
  const rows = readCatalogue(CATALOGUE)
  const mentions = mentionsBelow('.', new Set(rows.map(({ id }) => id.slice(0, id.indexOf('-')))))
  const faults = faultsOf(rows, mentions)
  const chat = await chatTable()
  faults.push(...chat.faults)
  const files: [string, string][] = [
    ['docs/coverage.md', renderCoverage(rows, mentions)],
    ['docs/chat.md', chat.text],
    ...generatedFiles(),
  ]
  for (const [path, text] of files) {
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
    if (check) faults.push(`${path} is stale: npm run docs writes it anew`)
    else writeFileSync(path, text)
  }
  for (const fault of faults) console.error(fault)
  if (faults.length > 0) console.error(`${faults.length} fault${faults.length > 1 ? 's' : ''}`)
  return faults.length > 0 ? 1 : 0
}

main(process.argv.includes('--check')).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  },
)
