import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { UsageError } from '../support/core/errors'
import { scaffold } from './new/scaffold'

const BIOME = require.resolve('@biomejs/biome/bin/biome')

/** `npm run new -- <name> [--title "As people call it"]`: a service that runs, to be filled with the real one. */
function main(): void {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { title: { type: 'string' } } })
  const [name] = positionals
  if (!name || positionals.length > 1) throw new UsageError('npm run new -- <name> [--title "As people call it"]')
  const paths = scaffold('.', { name, title: values.title ?? name })
  for (const path of paths) console.log(path)
  spawnSync(process.execPath, [BIOME, 'check', '--write', ...paths.filter((path) => path.endsWith('.ts'))], { stdio: 'inherit' })
  console.log(`\nIt runs: npx cucumber-js features/${name}. Now replace its things by what the service has, its sandbox first.`)
  console.log('npm run docs writes the tables anew; CONTRIBUTING.md says what each file is for.')
}

try {
  main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
