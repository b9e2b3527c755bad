import { UsageError } from '../support/config/errors'
import { services } from '../support/services'
import { driftOf, type Sides } from './drift/compare'
import { type Found, recordedRuns, recordingIn } from './drift/recordings'
import { command, knownNames, runCommand } from './run-tool'

const REPORTS = 'reports'

/** The two named runs, else the newest live one and the newest on the sandbox, else the newest two. */
function recordings(service: string, folders: readonly string[]): [Found, Found] {
  const named = folders.length > 0 ? folders : recordedRuns(REPORTS, service)
  const found = named.map((folder) => recordingIn(folder, service))
  if (folders.length === 2) return found as [Found, Found]
  const [newest] = found
  const against = found.slice(1).find(({ target }) => target !== newest?.target) ?? found[1]
  if (!newest || !against)
    throw new UsageError(
      `Two recordings of ${service} are needed, and there is ${found.length === 1 ? 'one' : 'none'}: run it live and on the sandbox with ACCEPTANCE_RECORD_SHAPES=1.`,
    )
  return newest.target === 'live' || against.target !== 'live' ? [newest, against] : [against, newest]
}

function sidesOf(one: Found, other: Found): Sides {
  if (one.target !== other.target) return { one: one.target, other: other.target }
  return { one: one.folder, other: other.folder }
}

function main([service = '', ...folders]: string[]): number {
  knownNames(
    'service',
    [service],
    services.map(({ name }) => name),
  )
  const [one, other] = recordings(service, folders)
  const sides = sidesOf(one, other)
  const drift = Object.entries(driftOf(one, other, sides))
  console.log(`${service}: ${one.folder} (${one.target}) compared with ${other.folder} (${other.target})`)
  for (const [operation, sentences] of drift) {
    console.log(`\n${operation}`)
    for (const sentence of sentences) console.log(`  ${sentence}`)
  }
  const count = drift.reduce((sum, [, sentences]) => sum + sentences.length, 0)
  console.log(`\n${Object.keys(one.operations).length} operations, ${count === 0 ? 'no difference' : `${count} differences`}`)
  return count > 0 ? 1 : 0
}

const program = command(
  'drift',
  'Compares the shapes of two recordings of a service, live and on its sandbox: statuses, header names, fields, types, error codes.',
)
  .argument('<service>', 'such as slack')
  .argument('[runs...]', 'two folders of runs; by default the newest of each target')
  .addHelpText(
    'after',
    '\nA run with ACCEPTANCE_RECORD_SHAPES=1 records; its files contain no value of any response.\nExit code 1: something differs.',
  )

runCommand(program, main)
