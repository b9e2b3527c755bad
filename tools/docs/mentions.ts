import { globSync, readFileSync } from 'node:fs'
import { readFeatures } from '../language/features'

/** An id in a comment line above a test. */
export interface Mention {
  id: string
  kind: 'unit' | 'conformance'
  path: string
  line: number
}

/** A scenario's title, and the feature it is in. */
interface Titled {
  title: string
  uri: string
}

export interface Mentions {
  found: Mention[]
  scenarios: Titled[]
  /** Comment lines with ids in a wrong form, one sentence each. */
  faults: string[]
}

const TESTS = { unit: 'test/{unit,runs}/**/*.ts', conformance: 'sandbox/*/test/**/*.ts' } as const
const FEATURES = 'features/**/*.feature'

const ID = '[A-Z]{3}-(?:[A-Z]\\d{2}|\\d{3})'
const ID_LINE = new RegExp(`^\\s*//\\s*(${ID}(?:,\\s*${ID})*)\\s*$`)

/**
 * Finds what the places of the catalogue refer to below a folder: titles of scenarios, and ids above tests.
 * @param prefixes of ids, such as `COL`; other capitals with a number are ignored
 */
export function mentionsBelow(folder: string, prefixes: ReadonlySet<string>): Mentions {
  const scenarios = readFeatures(folder).flatMap((feature) => feature.scenarios.map(({ title, uri }) => ({ title, uri })))
  const mentions: Mentions = { found: [], scenarios, faults: [] }
  if (prefixes.size === 0) return mentions
  const malformed = new RegExp(`^\\s*(?:#|//).*\\b(?:${[...prefixes].join('|')})-[A-Z]?\\d`)
  for (const { path, line, text } of linesOf(folder, FEATURES))
    if (malformed.test(text)) mentions.faults.push(`${path}:${line} has ids: the catalogue refers to a scenario by its title`)
  for (const kind of ['unit', 'conformance'] as const) {
    for (const { path, line, text } of linesOf(folder, TESTS[kind])) {
      const ids = ID_LINE.exec(text)?.[1]?.split(/,\s*/)
      if (ids) mentions.found.push(...ids.map((id) => ({ id, kind, path, line })))
      else if (malformed.test(text))
        mentions.faults.push(
          `${path}:${line} has ids among other words: write each out, separated by commas, on a line of their own`,
        )
    }
  }
  return mentions
}

function linesOf(folder: string, pattern: string): { path: string; line: number; text: string }[] {
  return globSync(pattern, { cwd: folder })
    .sort()
    .flatMap((path) => {
      const lines = readFileSync(`${folder}/${path}`, 'utf8').split('\n')
      return lines.map((text, at) => ({ path, line: at + 1, text }))
    })
}
