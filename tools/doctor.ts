import { services } from '../support/services'
import { examine } from './doctor/examine'
import { command, knownNames, liveEnvironment, runCommand } from './run-tool'

const NAMES = services.map(({ name }) => name)

async function main(names: readonly string[]): Promise<number> {
  const chosen = knownNames('service', names, NAMES)
  const environment = liveEnvironment()
  const reports = await Promise.all(
    services.filter(({ name }) => chosen.length === 0 || chosen.includes(name)).map((service) => examine(service, environment)),
  )
  for (const { title, lines, optional, setup } of reports) {
    console.log(`\n${title}`)
    for (const { ok, says, toDo } of lines) console.log(`  ${ok ? '✓' : '✗'} ${says}${toDo ? `\n      ${toDo}` : ''}`)
    if (optional.length > 0) console.log('  Optional, and missing:')
    for (const text of optional) console.log(`  – ${text}`)
    console.log(`  → ${setup}`)
  }
  return reports.some(({ broken }) => broken) ? 1 : 0
}

const program = command(
  'doctor',
  'Reports for each service whether it is configured and reachable, the account of its credentials, what is missing, and what will run and why.',
)
  .argument('[service...]', `any of ${NAMES.join(', ')}; all without one`)
  .addHelpText(
    'after',
    '\nExit code 1: something that is configured does not work. Nothing is created, and no sandbox is started.',
  )

runCommand(program, main)
