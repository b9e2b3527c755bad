import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { profilesIn } from '../support/config/command-line'
import { RERUN_FILE, readRerunFile } from '../support/reports/rerun'
import { SHARD_VARIABLES } from '../support/run/shard'
import { command, runCommand } from './run-tool'

const FOLDER = 'reports'
const CUCUMBER = join('node_modules', '@cucumber', 'cucumber', 'bin', 'cucumber.js')

/** The profiles of the last run, unless others are given. */
function profiles(argv: readonly string[]): string[] {
  if (profilesIn(argv).length > 0 || !existsSync(join(FOLDER, 'results.json'))) return []
  const { runs = {} } = JSON.parse(readFileSync(join(FOLDER, 'results.json'), 'utf8')) as {
    runs?: Record<string, { at: string; profiles: string[] }>
  }
  const [last] = Object.values(runs).sort((a, b) => b.at.localeCompare(a.at))
  return (last?.profiles ?? []).flatMap((profile) => ['--profile', profile])
}

async function rerun(options: readonly string[]): Promise<number> {
  const failed = readRerunFile(join(FOLDER, RERUN_FILE))
  if (failed.length === 0) {
    console.log('Nothing failed in the last run.')
    return 0
  }
  const child = spawn(process.execPath, [CUCUMBER, ...profiles(options), ...failed, ...options], {
    stdio: 'inherit',
    env: undivided(),
  })
  // The run itself undoes what is open when it is interrupted; this process only waits for it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => signal !== 'SIGINT' && child.kill(signal))
  const [code] = (await once(child, 'close')) as [number | null]
  return code ?? 1
}

/** Scenarios that failed on this machine. */
function undivided(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !SHARD_VARIABLES.includes(name)))
}

const program = command('rerun', 'Runs the scenarios that failed in the last run again, with the same profile.')
  .argument('[options...]', 'further options for Cucumber, such as --name or --profile')
  .allowUnknownOption()
  .allowExcessArguments()
  .addHelpText('after', '\nThe list is reports/rerun.txt.')

runCommand(program, rerun)
