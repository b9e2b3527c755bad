import { UsageError } from '../config/errors'
import { type Environment, read } from '../config/variables'
import { Agents } from '../http/agents'
import { controlAt } from './control'
import type { StartedSandbox } from './sandbox-starter'

/** Set only by `npm run faults`: the faults to inject into each sandbox of this run, as JSON by service. */
export const FAULTS = 'ACCEPTANCE_FAULTS'

export async function armFaults(environment: Environment, sandboxes: readonly StartedSandbox[]): Promise<void> {
  const text = read(environment, FAULTS)
  if (text === undefined) return
  const faults = parse(text)
  const agents = new Agents()
  for (const { service, control } of sandboxes) {
    for (const fault of faults[service] ?? []) await controlAt(control, agents).post('/faults', fault)
  }
  agents.destroy()
}

function parse(text: string): Record<string, unknown[]> {
  try {
    return JSON.parse(text) as Record<string, unknown[]>
  } catch {
    throw new UsageError(`${FAULTS} is not JSON; it is set by npm run faults.`)
  }
}
