import { errorText, UsageError } from '../config/errors'

/** What the plugin needs of a running sandbox. */
export interface StartedSandbox {
  readonly service: string
  readonly address: string
  readonly control: string
  readonly variables: Readonly<Record<string, string>>
  readonly backing: readonly string[]
  readonly lacks?: readonly string[]
  readonly real?: readonly string[]
  stop(): Promise<void>
}

/** @param tags of the chosen scenarios of the service, each once */
export type Starter = (service: string, tags: readonly string[]) => Promise<StartedSandbox>

export interface StartOutcome {
  started: StartedSandbox[]
  /** Services whose sandbox did not start, and why. */
  failed: Map<string, string>
}

/**
 * Starts the named sandboxes in parallel. One that does not start does not affect the others.
 * @param wanted services, each with the tags of its chosen scenarios
 * @throws UsageError where a setting keeps one from starting, after the others were stopped; an Error where none starts
 */
export async function startAll(wanted: ReadonlyMap<string, readonly string[]>, start: Starter): Promise<StartOutcome> {
  const services = [...wanted.keys()]
  const outcomes = await Promise.allSettled([...wanted].map(([service, tags]) => start(service, tags)))
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  const failed = new Map<string, string>()
  for (const [at, outcome] of outcomes.entries()) {
    if (outcome.status === 'fulfilled') continue
    if (outcome.reason instanceof UsageError) {
      await stopAll(started)
      throw outcome.reason
    }
    failed.set(services[at] ?? '', errorText(outcome.reason))
  }
  if (started.length === 0 && failed.size > 0)
    throw new UsageError([...failed].map(([service, why]) => `The sandbox of ${service} did not start: ${why}`).join('\n'))
  return { started, failed }
}

export async function stopAll(sandboxes: readonly StartedSandbox[]): Promise<void> {
  await Promise.allSettled(sandboxes.map((sandbox) => sandbox.stop()))
}
