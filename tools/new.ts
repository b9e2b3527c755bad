import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../support/config/errors'
import { variableOf } from '../support/services/connector/folders'
import { settingsOf } from '../support/services/connector/settings'
import { scaffold } from './new/scaffold'
import { command, knownNames, runCommand } from './run-tool'

const TEMPLATES = join(__dirname, 'templates')
const SUFFIX = '.template'
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

/** A new folder below `features/`, created from `tools/templates/`. @returns its path */
function make(kind: string, name: string): string {
  const template = join(TEMPLATES, kind)
  if (!NAME.test(name))
    throw new UsageError(`A ${kind}'s name is lower-case words with hyphens between them, such as my-db; not "${name}".`)
  const folder = join('features', kind, name)
  if (existsSync(folder)) throw new UsageError(`${folder} already exists.`)
  const unfinished = `${folder}.unfinished`
  try {
    mkdirSync(unfinished, { recursive: true })
    for (const file of readdirSync(template)) {
      const text = readFileSync(join(template, file), 'utf8').replaceAll('{{name}}', name)
      writeFileSync(join(unfinished, file.replace(SUFFIX, '')), text)
    }
    renameSync(unfinished, folder)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
  return folder
}

/** Everything that a new service needs, as a small example that passes. */
function makeService(name: string, title = name): void {
  const paths = scaffold('.', { name, title })
  const biome = require.resolve('@biomejs/biome/bin/biome')
  spawnSync(process.execPath, [biome, 'check', '--write', ...paths.filter((path) => path.endsWith('.ts'))])
  for (const path of paths) console.log(path)
  console.log(`Run it on its sandbox:\n  npx cucumber-js features/${name}\nnpm run docs regenerates the tables.`)
}

/** The records of a run of the app under test become the baseline, for manual review. */
function recordBaseline(name: string): void {
  const folder = join('features', 'connector', name)
  if (!existsSync(folder)) throw new UsageError(`There is no ${folder}.`)
  const { baseline } = settingsOf(name)
  if (baseline === undefined) throw new UsageError(`Set the name of the file first: baseline in ${folder}/settings.ts.`)
  const path = join(folder, baseline)
  const before = existsSync(path) ? statSync(path).mtimeMs : 0
  const cucumber = join('node_modules', '@cucumber', 'cucumber', 'bin', 'cucumber.js')
  const environment = { ...process.env, CONNECTOR_RECORD: '1', ACCEPTANCE_SLOW: '1' }
  spawnSync(process.execPath, [cucumber, folder, '--name', 'baseline|records are what'], { env: environment, stdio: 'inherit' })
  if (!existsSync(path) || statSync(path).mtimeMs === before) throw new UsageError(`No records were written to ${path}.`)
  console.log(`${path} contains the records of this run. Review them before you commit them.`)
}

function makeConnector(name: string): void {
  const folder = make('connector', name)
  console.log(`${folder} was created. Run it on the sandbox:\n  npx cucumber-js ${folder}`)
  console.log(
    `Live it needs CONNECTOR_URL and the credentials of its source, ${variableOf(name, 'HOST')} and so on; npm run docs puts them into .env.example.`,
  )
}

function main([kind = '', name = '', title]: readonly string[], { record }: { record: boolean }): number {
  knownNames('kind', [kind], readdirSync(TEMPLATES).sort())
  if (record && kind !== 'connector') throw new UsageError('--record is only for a connector.')
  if (kind === 'connector' && title !== undefined) throw new UsageError('A connector takes only a name.')
  if (kind === 'service') makeService(name, title)
  else if (record) recordBaseline(name)
  else makeConnector(name)
  return 0
}

const program = command('new', 'Creates a new service, or a folder of features for a connector: a small example that passes.')
  .argument('<kind>', 'service or connector')
  .argument('<name>', 'name of the folder: one word for a service; a connector’s may have hyphens')
  .argument('[title]', 'of a service: its display name')
  .option('--record', 'of an existing connector: the records of a run of its app become the baseline, for review', false)
  .addHelpText('after', '\nExamples:\n  npm run new -- service noticeboard "The Noticeboard"\n  npm run new -- connector my-db')

runCommand<{ record: boolean }>(program, main)
