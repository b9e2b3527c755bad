import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCatalogue } from './catalogue'
import { faultsOf, renderCoverage } from './coverage'
import { mentionsBelow } from './mentions'

/**
 * Writes `docs/coverage.md` from the catalogue.
 * @param check reports whether it is stale, and writes nothing
 * @returns every difference between catalogue, files and code, one sentence each
 */
export function writeDocs(folder: string, check: boolean): string[] {
  const rows = readCatalogue(join(folder, 'docs/catalogue.json'))
  const mentions = mentionsBelow(folder, new Set(rows.map(({ id }) => id.slice(0, id.indexOf('-')))))
  const faults = faultsOf(rows, mentions)
  return [...faults, ...keepFresh(join(folder, 'docs/coverage.md'), renderCoverage(rows, mentions), check)]
}

/** Writes a generated file if it differs, or with `check` reports that it is stale. */
export function keepFresh(path: string, text: string, check: boolean): string[] {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return []
  if (check) return [`${path} is stale: npm run docs regenerates it`]
  writeFileSync(path, text)
  return []
}
