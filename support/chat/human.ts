import { eventually } from '../core/eventually'
import { type Environment, read } from '../core/variables'

const PATIENCE_SECONDS = 60

/** How long a scenario waits for somebody, in milliseconds: `ACCEPTANCE_HUMAN_TIMEOUT` seconds, else a minute. */
export function humanPatience(environment: Environment): number {
  return Number(read(environment, 'ACCEPTANCE_HUMAN_TIMEOUT') ?? PATIENCE_SECONDS) * 1_000
}

/** Tells whoever sits at the terminal what to do. The run shows dots instead of a bar wherever this may happen. */
export function askHuman(what: string, environment: Environment): void {
  process.stderr.write(`\n\u0007→ ${what} (within ${humanPatience(environment) / 1_000} seconds)\n`)
}

/** As `eventually`, but as patient as one must be with people. */
export function untilHuman<T>(environment: Environment, check: () => Promise<T> | T): Promise<T> {
  return eventually(check, { for: humanPatience(environment) })
}
