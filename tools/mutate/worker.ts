import { errorText } from '../../support/config/errors'
import { Session } from './session'
import { keepServersUp, openStage } from './stage'
import { type Recorded, record, type Theatre, type Trial, type Tried, tryOut } from './trial'
import type { Wire } from './wire'

/** A task for a worker. */
export type Task = { do: 'list' } | { do: 'record'; scenarios: string[] } | ({ do: 'try' } & Trial)

/** The result of a mutation with unhandled errors. */
export type Judgement = Tried & { unhandled: string[] }

export type Answer = { list: [string, string][] } | Recorded | Judgement | { error: string }

const [service = '', ...features] = process.argv.slice(2)
const isLive = process.env.ACCEPTANCE_TARGET === 'live'
const unhandled: string[] = []

/** Runs scenarios of one service on sandboxes behind proxies, as requested over IPC, until the channel closes. */
async function main(): Promise<void> {
  const { wire } = (await import(`./${service}`)) as { wire: Wire }
  const session = await Session.open(features)
  const all = await session.scenarios()
  const known = new Map([...all].filter(([, { tags }]) => !tags.some((tag) => wire.leavesOut?.includes(tag))))
  const tagsOf = (scenarios: Iterable<string>): string[] => [
    ...new Set([...scenarios].flatMap((scenario) => known.get(scenario)?.tags ?? [])),
  ]
  if (!isLive) await keepServersUp(service, tagsOf(known.keys()))
  const theatre: Theatre = {
    wire,
    session,
    open: (listener, scenarios) => openStage({ service, tags: tagsOf(scenarios), wire, listener, isLive }),
  }
  // Sandboxes add a listener each.
  process.setMaxListeners(0)
  for (const event of ['unhandledRejection', 'uncaughtException'])
    process.on(event, (error: unknown) => unhandled.push(errorText(error)))
  process.on('disconnect', () => process.exit(0))
  process.on('message', (task: Task) => {
    const answer = task.do === 'list' ? listed(known) : perform(task, theatre)
    Promise.resolve(answer).then(
      (done: Answer) => process.send?.(done),
      (error: unknown) => process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    )
  })
  process.send?.('ready')
}

function listed(known: ReadonlyMap<string, { title: string }>): Answer {
  return { list: [...known].map(([scenario, { title }]) => [scenario, title]) }
}

async function perform(task: Exclude<Task, { do: 'list' }>, theatre: Theatre): Promise<Answer> {
  if (task.do === 'record') return record(task.scenarios, theatre)
  unhandled.length = 0
  const tried = await tryOut(task, theatre)
  return { ...tried, unhandled: [...unhandled] }
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
