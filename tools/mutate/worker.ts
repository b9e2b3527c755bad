import { errorText } from '../../support/config/errors'
import type { Mutation } from './mutation'
import { Mutator } from './mutator'
import { Recorder, type Recording, type Sample } from './recording'
import { type Outcome, Session } from './session'
import { keepServersUp, openStage } from './stage'
import type { Wire } from './wire'

/** What the tool asks of a worker. */
export type Task =
  | { do: 'list' }
  | { do: 'record'; scenarios: string[] }
  | { do: 'try'; mutation: Mutation; scenarios: string[]; samples: Sample[]; late: number }

export interface Recorded {
  recording: Recording
  outcomes: Outcome[]
}

/** What became of one mutation. */
export interface Tried extends Outcome {
  /** How often traffic was changed. */
  applied: number
  /** Errors nobody handled. */
  unhandled: string[]
}

export type Answer = { list: [string, string][] } | Recorded | Tried | { error: string }

const [service = '', ...features] = process.argv.slice(2)
const unhandled: string[] = []

/** Runs scenarios of one service on sandboxes behind proxies, as the tool asks over IPC, until it is told no more. */
async function main(): Promise<void> {
  const { wire } = (await import(`./${service}`)) as { wire: Wire }
  const session = await Session.open(features)
  const scenarios = await session.scenarios()
  await keepServersUp(service, tagsOf([...scenarios.keys()], scenarios))
  process.on('unhandledRejection', (error) => unhandled.push(errorText(error)))
  process.on('uncaughtException', (error) => unhandled.push(errorText(error)))
  process.on('disconnect', () => process.exit(0))
  // Sandboxes add one each.
  process.setMaxListeners(0)
  process.on('message', (task: Task) => {
    perform(task, { wire, session, scenarios }).then(
      (answer) => process.send?.(answer),
      (error: unknown) => process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    )
  })
  process.send?.('ready')
}

interface Context {
  wire: Wire
  session: Session
  scenarios: ReadonlyMap<string, { title: string; tags: readonly string[] }>
}

async function perform(task: Task, context: Context): Promise<Answer> {
  if (task.do === 'list') return { list: [...context.scenarios].map(([scenario, { title }]) => [scenario, title]) }
  return task.do === 'record' ? record(task.scenarios, context) : tryOut(task, context)
}

/** Each scenario alone, as it will be when something is wrong. */
async function record(scenarios: readonly string[], { wire, session, scenarios: known }: Context): Promise<Recorded> {
  const recorder = new Recorder(wire)
  const outcomes: Outcome[] = []
  for (const scenario of scenarios) {
    const stage = await openStage(service, tagsOf([scenario], known), wire, recorder)
    outcomes.push(await session.run([scenario], stage))
  }
  return { recording: recorder.recording, outcomes }
}

async function tryOut({ mutation, scenarios, samples, late }: Extract<Task, { do: 'try' }>, context: Context): Promise<Tried> {
  const { wire, session, scenarios: known } = context
  unhandled.length = 0
  const tried: Tried = { passed: [], skipped: [], failures: [], milliseconds: 0, applied: 0, unhandled: [] }
  // A fabricated response fits the traffic of a scenario that runs alone.
  const batches = mutation.on === 'call' && mutation.change === 'lost' ? scenarios.map((one) => [one]) : [scenarios]
  for (const batch of batches) {
    const mutator = new Mutator(wire, mutation, samples, late)
    const stage = await openStage(service, tagsOf(batch, known), wire, mutator)
    const outcome = await session.run(batch, stage)
    tried.applied += mutator.applied
    tried.milliseconds += outcome.milliseconds
    for (const list of ['passed', 'skipped', 'failures'] as const) tried[list].push(...(outcome[list] as never[]))
    if (tried.failures.length > 0) break
  }
  return { ...tried, unhandled: [...unhandled] }
}

function tagsOf(scenarios: readonly string[], known: Context['scenarios']): string[] {
  return [...new Set(scenarios.flatMap((scenario) => known.get(scenario)?.tags ?? []))]
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
