import { globSync, readFileSync } from 'node:fs'

/** An id in a comment line above a scenario or test. */
export interface Mention {
  id: string
  kind: 'scenario' | 'unit' | 'conformance'
  path: string
  line: number
  /** Title of the scenario; empty for tests. */
  title: string
}

export interface Mentions {
  found: Mention[]
  /** Comment lines that hold ids but not as they are to be written, one sentence each. */
  faults: string[]
}

const PLACES = {
  scenario: 'features/**/*.feature',
  unit: 'test/unit/**/*.ts',
  conformance: 'sandbox/*/test/**/*.ts',
} as const

const ID = '[A-Z]{3}-(?:[A-Z]\\d{2}|\\d{3})'
const ID_LINE = new RegExp(`^\\s*(?:#|//)\\s*(${ID}(?:,\\s*${ID})*)\\s*$`)

/**
 * Finds every id below a folder.
 * @param prefixes of ids, such as `COL`: other capitals with a number are no concern of the catalogue
 */
export function mentionsBelow(folder: string, prefixes: ReadonlySet<string>): Mentions {
  const mentions: Mentions = { found: [], faults: [] }
  for (const kind of ['scenario', 'unit', 'conformance'] as const) {
    for (const path of globSync(PLACES[kind], { cwd: folder }).sort()) {
      scan({ kind, path, lines: readFileSync(`${folder}/${path}`, 'utf8').split('\n'), prefixes }, mentions)
    }
  }
  return mentions
}

interface Source {
  kind: Mention['kind']
  path: string
  lines: readonly string[]
  prefixes: ReadonlySet<string>
}

function scan({ kind, path, lines, prefixes }: Source, { found, faults }: Mentions): void {
  const sloppy = new RegExp(`^\\s*(?:#|//).*\\b(?:${[...prefixes].join('|')})-[A-Z]?\\d`)
  for (const [at, text] of lines.entries()) {
    const ids = ID_LINE.exec(text)?.[1]?.split(/,\s*/)
    if (!ids && prefixes.size > 0 && sloppy.test(text)) {
      faults.push(`${path}:${at + 1} has ids among other words: write each out, separated by commas, on a line of their own`)
    }
    const below = ids && kind === 'scenario' ? titleBelow(lines, at + 1) : ''
    if (below === undefined) faults.push(`${path}:${at + 1} has ids above no scenario`)
    for (const id of ids ?? []) found.push({ id, kind, path, line: at + 1, title: below ?? '' })
  }
}

/** What follows comments and tags, where it is a scenario or a row of its examples. */
function titleBelow(lines: readonly string[], from: number): string | undefined {
  for (const line of lines.slice(from)) {
    const text = line.trim()
    if (text.startsWith('#') || text.startsWith('@')) continue
    if (text.startsWith('|')) return text
    return /^(?:Scenario(?: Outline| Template)?|Examples?|Rule):\s*(.*)$/.exec(text)?.[1]
  }
  return undefined
}
