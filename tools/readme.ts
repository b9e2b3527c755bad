import { readFileSync, writeFileSync } from 'node:fs'
import { environmentExample, keptList, tagTable, variableTable } from './docs/tables'

const README = 'README.md'
const EXAMPLE = '.env.example'

/** `npm run docs`: writes the README's tables and `.env.example` from the code; with `--check`, says instead whether they are stale. */
function main(check: boolean): number {
  const files: [string, string][] = [
    [README, withTables(readFileSync(README, 'utf8'))],
    [EXAMPLE, environmentExample()],
  ]
  const stale = files.filter(([path, text]) => text !== read(path))
  if (!check) for (const [path, text] of stale) writeFileSync(path, text)
  else for (const [path] of stale) console.error(`${path} is stale: npm run docs writes it anew.`)
  return check && stale.length > 0 ? 1 : 0
}

function withTables(readme: string): string {
  const tables = { variables: variableTable(), tags: tagTable(), kept: keptList() }
  return Object.entries(tables).reduce(
    (text, [name, table]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`),
        (_all, start: string, end: string) => `${start}\n${table}\n\n${end}`,
      ),
    readme,
  )
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

process.exitCode = main(process.argv.includes('--check'))
