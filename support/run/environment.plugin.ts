import type { Plugin } from '@cucumber/cucumber/api'
import type { Envelope } from '@cucumber/messages'
import { UsageError } from '../config/errors'
import { ReportsWriter } from '../reports/reports-writer'
import { RunMessages } from '../reports/run-messages'
import { handleInterrupts } from '../undo/interrupt'
import { StopSignal } from '../undo/stop'
import { Coordinator, type PluginOptions } from './coordinator'
import { runFacts, theRun } from './run'

/** Not a part of the Run, because a dry run starts none. */
let reports: ReportsWriter | undefined

/** The messages of this process's run until now; the console reports them. */
export function runMessages(): RunMessages {
  return reports?.messages ?? new RunMessages()
}

/** Decides targets, starts what the chosen scenarios need, passes the addresses to every thread, and cleans up after the run. */
const plugin: Plugin<PluginOptions> = {
  type: 'plugin',
  optionsKey: 'acceptance',
  coordinator: ({ operation, on, transform, options, environment }) => {
    if (operation !== 'runCucumber') return undefined
    const coordinator = new Coordinator(options, environment.env, startSandbox)
    const writer = new ReportsWriter(options.reports, environment.env)
    reports = writer
    coordinator.orBail(() => writer.open())
    const ignoreInterrupts = handleInterrupts({
      stop: StopSignal.shared(),
      drain: () => coordinator.drain(),
      shutDown: () => coordinator.shutDown(),
      say: (text) => environment.stderr.write(text),
    })
    on('paths:resolve', ({ sourcePaths }) => coordinator.found(sourcePaths))
    on('message', (envelope) => {
      coordinator.see(envelope as Envelope)
      writer.see(envelope as Envelope)
    })
    transform('pickles:filter', (pickles) => coordinator.choose(pickles))
    transform('pickles:order', async (pickles) => {
      await coordinator.start(pickles.map(({ pickle }) => pickle))
      return pickles
    })
    return async () => {
      await ignoreInterrupts()
      await coordinator.finish()
      const failure = await writer.finish(runFacts(), (value) => theRun().redactor.deep(value))
      if (failure) coordinator.fail(failure)
    }
  },
}

async function startSandbox(service: string, tags: readonly string[]) {
  const { sandboxes } = await import('../../sandbox/sandboxes')
  const { BackingProblem } = await import('../../sandbox/backing/server')
  const load = sandboxes[service]
  if (!load) throw new Error(`there is no sandbox called ${service}`)
  try {
    return await (await load())({ tags })
  } catch (error) {
    throw error instanceof BackingProblem ? new UsageError(error.message) : error
  }
}

export default plugin
