import { expect } from 'chai'
import { ApiError } from '../../../http/errors'
import { type Command, changesNothing } from '../client/project-system'
import type { CommandOutcome, LimitedCommand } from '../parameter-types'
import { projectRetry, retry } from '../retry'
import type { CocalcState } from '../state'
import { insideOf } from './projects'

const ISO_WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}\n$/
const FOR_A_SHELL = /[;|&<>$`]/
/** Timeout in seconds, because installing a package is slow. */
const TIME_LIMIT = 120

/** A command line as it is run: by a shell where it needs one, else as a program with its arguments. */
function parse(line: string): Command {
  if (FOR_A_SHELL.test(line)) return { command: line, bash: true }
  const [command = '', ...args] = (line.match(/(?:[^\s']+|'[^']*')+/g) ?? []).map((word) => word.replaceAll("'", ''))
  return { command, args }
}

export async function run(state: CocalcState, who: string, line: string, project: string): Promise<void> {
  const inside = await insideOf(state, project, who)
  const command = { ...parse(line), timeout: TIME_LIMIT }
  state.ran = await retry(() => inside.system.exec(command), projectRetry(state.world.access))
}

export function expectOutcome(state: CocalcState, outcome: CommandOutcome): void {
  if (outcome === 'succeeds') expectSuccess(state)
  else if (outcome === 'prints the time') expectCurrentTime(state)
  else expectFailed(state, outcome.exitCode, outcome.errorOutput)
}

function expectSuccess(state: CocalcState): void {
  expect(state.ran?.exit_code, 'the exit code').to.equal(0)
  expect(state.ran?.stdout, 'the output').to.be.a('string').that.is.not.empty
}

/** With the offset taken into account, so that the project may be in another time zone than the tests. */
function expectCurrentTime(state: CocalcState): void {
  const { stdout = '', stderr, exit_code } = state.ran ?? {}
  expect(exit_code, 'the exit code of date').to.equal(0)
  expect(stderr, 'the error output of date').to.equal('')
  expect(stdout, 'the output of date').to.match(ISO_WITH_OFFSET)
  state.expectDuringScenario(stdout.trim(), 'the time that date prints')
}

/** The project ends a command after its seconds; the bridge waits longer, so that the project reports the end. */
export async function tryToRun(
  state: CocalcState,
  who: string,
  { line, seconds }: LimitedCommand,
  project: string,
): Promise<void> {
  const inside = await insideOf(state, project, who)
  await retry(() => inside.system.ping(), projectRetry(state.world.access))
  state.command = line
  const limit = seconds === undefined ? {} : { timeout: seconds }
  const command = parse(line)
  const repeats = { idempotent: changesNothing(command) }
  await state.world.attempt(() => inside.bridge.call('system.exec', { ...command, ...limit }, {}, repeats))
}

/** The message contains the complete error output. */
function expectFailed(state: CocalcState, exitCode: number, errorOutput: string): void {
  const refusal = state.world.takeRefusal()
  expect(refusal, 'the failure of the command').to.be.instanceOf(ApiError)
  const { code, says } = (refusal as ApiError).failure
  expect(code, 'the kind of failure').to.equal('command')
  expect(says, 'the reason of the failure').to.equal(
    `command '${state.command}' exited with nonzero code ${exitCode} -- stderr='${errorOutput}\n'`,
  )
}
