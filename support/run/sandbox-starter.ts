import { errorText, UsageError } from '../config/errors'

/** What the plugin needs of a sandbox that is up. */
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

/**
 * Starts the named sandboxes side by side; where one fails the others are stopped again before the error goes on.
 * @param wanted services, each with the tags of its chosen scenarios
 */
export async function startAll(wanted: ReadonlyMap<string, readonly string[]>, start: Starter): Promise<StartedSandbox[]> {
  const services = [...wanted.keys()]
  const outcomes = await Promise.allSettled([...wanted].map(([service, tags]) => start(service, tags)))
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  const failed = outcomes.findIndex(({ status }) => status === 'rejected')
  if (failed < 0) return started
  await stopAll(started)
  const outcome = outcomes[failed]
  const reason = outcome?.status === 'rejected' ? outcome.reason : undefined
  if (reason instanceof UsageError) throw reason
  throw new Error(`The sandbox of ${services[failed]} did not start: ${errorText(reason)}`, { cause: reason })
}

export async function stopAll(sandboxes: readonly StartedSandbox[]): Promise<void> {
  await Promise.allSettled(sandboxes.map((sandbox) => sandbox.stop()))
}
