import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCatalogue } from './catalogue'
import { faultsOf, renderCoverage } from './coverage'
import { mentionsBelow } from './mentions'
import { generatedFiles } from './readme'

/**
 * Writes `docs/coverage.md` from the catalogue, the README's tables and `.env.example` from the code.
 * @param check says instead which of them are stale
 * @returns everything at which catalogue, files and code differ, a sentence each
 */
export function writeDocs(folder: string, check: boolean): string[] {
  const rows = readCatalogue(join(folder, 'docs/catalogue.json'))
  const mentions = mentionsBelow(folder, new Set(rows.map(({ id }) => id.slice(0, id.indexOf('-')))))
  const faults = faultsOf(rows, mentions)
  for (const [path, text] of [['docs/coverage.md', renderCoverage(rows, mentions)] as const, ...generatedFiles(folder)]) {
    const whole = join(folder, path)
    if (existsSync(whole) && readFileSync(whole, 'utf8') === text) continue
    if (check) faults.push(`${path} is stale: npm run docs writes it anew`)
    else writeFileSync(whole, text)
  }
  return faults
}
