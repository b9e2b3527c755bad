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
    faults.push(...keepFresh(join(folder, path), text, check))
  }
  return faults
}

/** Writes a generated file where it differs, or with `check` says that it is stale. */
export function keepFresh(path: string, text: string, check: boolean): string[] {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return []
  if (check) return [`${path} is stale: npm run docs writes it anew`]
  writeFileSync(path, text)
  return []
}
