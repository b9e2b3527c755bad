import { read } from '../config/variables'
import type { AcceptanceWorld } from '../world'

const AT_A_TERMINAL = 60_000
const ON_A_SANDBOX = 10_000

/** The timeout of a step that waits for a person: longer than the wait itself, so that its error with the missing action is reported. */
export const LONGEST_WAIT_FOR_PERSON = 3_600_000

/**
 * Live, asks the person at the terminal to act; on a sandbox the control API acts instead, and nothing is printed.
 * @param request such as `mention the bot in #general`
 * @returns how long to wait for it, in milliseconds: `ACCEPTANCE_HUMAN_TIMEOUT` live, or a minute
 */
export function askPerson(world: AcceptanceWorld, request: string): number {
  if (!world.access.isLive) return ON_A_SANDBOX
  const seconds = read(world.run.environment, 'ACCEPTANCE_HUMAN_TIMEOUT')
  const timeout = seconds ? Number(seconds) * 1000 : AT_A_TERMINAL
  process.stderr.write(`\u0007\n  Please ${request} (within ${timeout / 1000} s).\n`)
  return timeout
}
