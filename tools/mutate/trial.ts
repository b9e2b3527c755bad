import type { Handler } from './handler'
import type { Mutation } from './mutation'
import { Mutator } from './mutator'
import { Recorder, type Recording, type Sample } from './recording'
import type { Outcome, Session, Stage } from './session'
import type { Wire } from './wire'

/** Receives all traffic with its scenario. */
export type Listener = Handler & Pick<Stage, 'begin' | 'cleanUp'>

/** What trials need: the service's description, Cucumber, and a stage for the given scenarios. */
export interface Theatre {
  wire: Wire
  session: Session
  open(listener: Listener, scenarios: readonly string[]): Promise<Stage>
}

export interface Recorded {
  recording: Recording
  outcomes: Outcome[]
}

/** Result of one mutation. */
export interface Tried extends Outcome {
  /** How often traffic was changed. */
  applied: number
}

export interface Trial {
  mutation: Mutation
  scenarios: string[]
  /** Recorded exchanges of the mutation's operation. */
  samples: Sample[]
  /** Milliseconds by which late events are late. */
  late: number
}

/** Runs each scenario separately, as in a trial. */
export async function record(scenarios: readonly string[], { wire, session, open }: Theatre): Promise<Recorded> {
  const recorder = new Recorder(wire)
  const outcomes: Outcome[] = []
  for (const scenario of scenarios) outcomes.push(await session.run([scenario], await open(recorder, [scenario])))
  return { recording: recorder.recording, outcomes }
}

/**
 * Runs scenarios with one mutation until one of them fails. If it fails by a timeout, it must pass
 * without the mutation, because a busy machine can also cause timeouts.
 */
export async function tryOut(trial: Trial, theatre: Theatre): Promise<Tried> {
  const tried = await tryOnce(trial, theatre)
  const slow = tried.failures.find(({ message }) => TIMED_OUT.test(message))
  if (!slow) return tried
  const { outcomes } = await record([slow.scenario], theatre)
  return outcomes.some(({ failures }) => failures.length > 0) ? tryOnce(trial, theatre) : tried
}

const TIMED_OUT = /\(still so after |timed out, ensure the promise resolves/

async function tryOnce({ mutation, scenarios, samples, late }: Trial, { wire, session, open }: Theatre): Promise<Tried> {
  const tried: Tried = { passed: [], skipped: [], failures: [], milliseconds: 0, applied: 0 }
  // A fabricated response fits the traffic of a scenario that runs alone.
  const batches = mutation.on === 'call' && mutation.change === 'lost' ? scenarios.map((one) => [one]) : [scenarios]
  for (const batch of batches) {
    const mutator = new Mutator(wire, mutation, samples, late)
    const outcome = await session.run(batch, await open(mutator, batch))
    tried.applied += mutator.applied
    tried.milliseconds += outcome.milliseconds
    tried.passed.push(...outcome.passed)
    tried.skipped.push(...outcome.skipped)
    tried.failures.push(...outcome.failures)
    if (tried.failures.length > 0) break
  }
  return tried
}
