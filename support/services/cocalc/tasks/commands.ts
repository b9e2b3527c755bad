import { expect } from 'chai'
import { ApiError } from '../../../http/errors'
import { patiently, waking } from '../patience'
import type { CocalcState } from '../state'
import { insideOf } from './projects'

const ISO_WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}\n$/
const TOLERANCE = 60_000

export async function askDate(state: CocalcState, project: string): Promise<void> {
  const inside = await insideOf(state, project)
  state.ran = await patiently(() => inside.system.exec({ command: 'date', args: ['-Is'] }), waking(state.world.access))
}

/** With the offset taken into account, so that the project may be in another time zone than the tests. */
export function expectDate(state: CocalcState): void {
  const { stdout = '', stderr, exit_code } = state.ran ?? {}
  expect(exit_code, 'the exit code of date').to.equal(0)
  expect(stderr, 'what date complained of').to.equal('')
  expect(stdout, 'the date').to.match(ISO_WITH_OFFSET)
  expect(Math.abs(Date.now() - Date.parse(stdout.trim())), 'how far the date is off, in ms').to.be.at.most(TOLERANCE)
}

export async function tryFailing(state: CocalcState, project: string, text: string): Promise<void> {
  const inside = await insideOf(state, project)
  await patiently(() => inside.system.ping(), waking(state.world.access))
  await state.world.attempt(() => inside.system.exec({ command: `echo '${text}' >&2; exit 42`, bash: true }))
}

/** The whole of what it said is quoted, and nothing else. */
export function expectFailed(state: CocalcState, text: string): void {
  const refusal = state.world.takeRefusal()
  if (!(refusal instanceof ApiError)) throw new Error('The command did not fail.')
  const { code, says = '' } = refusal.failure
  expect(code, `what kind of failure it is: ${says}`).to.equal('command')
  expect(says, 'what is told of the failure').to.include('exited with nonzero code 42')
  const quoted = /stderr='(.*)'$/s.exec(says)?.[1] ?? ''
  expect(quoted.trim(), 'what the command said').to.equal(text)
}

/** A second for a command of five. */
export async function tryTooLong(state: CocalcState, project: string): Promise<void> {
  const inside = await insideOf(state, project)
  await patiently(() => inside.system.ping(), waking(state.world.access))
  const arguments_ = { command: 'sleep', args: ['5'], timeout: 0.2 }
  await state.world.attempt(() => inside.bridge.call('system.exec', arguments_))
}
