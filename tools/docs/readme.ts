import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { environmentExample, keptList, tagTable, variableTable } from './tables'

const README = 'README.md'

/** The README with its tables made anew from the code, and `.env.example`, each as path and text. */
export function generatedFiles(folder: string): [path: string, text: string][] {
  const readme = join(folder, README)
  if (!existsSync(readme)) return []
  return [
    [README, withTables(readFileSync(readme, 'utf8'))],
    ['.env.example', environmentExample()],
  ]
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
