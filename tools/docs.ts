import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { readCatalogue } from './docs/catalogue'
import { faultsOf, renderCoverage } from './docs/coverage'
import { mentionsBelow } from './docs/mentions'

const CATALOGUE = 'docs/catalogue.json'
const COVERAGE = 'docs/coverage.md'

/**
 * `npm run docs`: writes `docs/coverage.md` from the catalogue; with `--check`, says instead whether it is stale.
 * @returns the exit code: 1 where catalogue and code differ, or the file is stale
 */
function main(check: boolean): number {
  const rows = readCatalogue(CATALOGUE)
  const mentions = mentionsBelow('.', new Set(rows.map(({ id }) => id.slice(0, id.indexOf('-')))))
  const faults = faultsOf(rows, mentions)
  const text = renderCoverage(rows, mentions)
  const stale = !existsSync(COVERAGE) || readFileSync(COVERAGE, 'utf8') !== text
  if (stale && check) faults.push(`${COVERAGE} is stale: npm run docs writes it anew`)
  else if (stale) writeFileSync(COVERAGE, text)
  for (const fault of faults) console.error(fault)
  if (faults.length > 0) console.error(`${faults.length} faults`)
  return faults.length > 0 ? 1 : 0
}

process.exitCode = main(process.argv.includes('--check'))
