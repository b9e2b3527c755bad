import { read } from '../config/variables'
import type { AcceptanceWorld } from '../world'

const AT_A_TERMINAL = 60_000
const ON_A_SANDBOX = 10_000

/** Longer than any wait for somebody may be: the time-out of a step that waits, so that the wait itself tells what did not happen. */
export const LONGEST_WAIT_FOR_SOMEBODY = 3_600_000

/**
 * Live, tells the person at the terminal what to do; on a sandbox somebody is played, and nothing is said.
 * @param request such as `mention the bot in #general`
 * @returns how long to wait for it, in milliseconds: `ACCEPTANCE_HUMAN_TIMEOUT` live, or a minute
 */
export function askSomebody(world: AcceptanceWorld, request: string): number {
  if (!world.access.isLive) return ON_A_SANDBOX
  const seconds = read(world.run.environment, 'ACCEPTANCE_HUMAN_TIMEOUT')
  const patience = seconds ? Number(seconds) * 1000 : AT_A_TERMINAL
  process.stderr.write(`\u0007\n  Please ${request} (within ${patience / 1000} s).\n`)
  return patience
}
