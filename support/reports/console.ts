import type { WriteStream } from 'node:tty'
import type { FormatterPlugin } from '@cucumber/cucumber/api'
import type { Envelope } from '@cucumber/messages'
import { ProgressBarPrinter, ProgressPrinter } from '@cucumber/pretty-formatter'
import { isOn } from '../config/variables'
import { runFacts } from '../run/run'
import { serviceOfFeature } from '../services'
import { Outcomes } from './outcomes'
import { renderClosing } from './tables'

interface Printer {
  update(envelope: Envelope): void
}

/**
 * Cucumber's own progress while the run goes on, then the closing table: Cucumber takes one formatter per stream, so this one
 * contains the other. The end is written after the plugin's clean-up, when leftovers are known.
 */
const formatter: FormatterPlugin = {
  type: 'formatter',
  formatter: ({ on, stream, write }) => {
    const outcomes = new Outcomes()
    const show = chooseLater(stream)
    on('message', (envelope) => {
      outcomes.see(envelope)
      show(envelope)
    })
    return () => {
      const facts = runFacts()
      if (facts) write(renderClosing(facts, outcomes.all(), serviceOfFeature))
    }
  },
}

/**
 * The bar swallows whatever else is printed, so there are dots instead where somebody is going to be spoken to: under
 * `ACCEPTANCE_DEBUG`, or when a scenario asks a person to act. That is known once all scenarios are.
 */
function chooseLater(stream: NodeJS.WritableStream): (envelope: Envelope) => void {
  const early: Envelope[] = []
  let printer: Printer | undefined
  let speaks = isOn(process.env, 'ACCEPTANCE_DEBUG')
  return (envelope) => {
    if (printer) return printer.update(envelope)
    early.push(envelope)
    speaks ||= envelope.pickle?.tags.some(({ name }) => name === '@human') ?? false
    if (!envelope.testRunStarted && !envelope.testRunFinished) return undefined
    const chosen = isTerminal(stream) && !speaks ? bar(stream) : new ProgressPrinter({ stream, options: { summarise: true } })
    for (const seen of early.splice(0)) chosen.update(seen)
    printer = chosen
    return undefined
  }
}

function isTerminal(stream: NodeJS.WritableStream): stream is WriteStream {
  return 'isTTY' in stream && stream.isTTY === true
}

function bar(stream: WriteStream): Printer {
  const interference = { mode: 'suppress' as const, streams: [process.stdout, process.stderr] }
  return new ProgressBarPrinter({ stream, options: { summarise: true, interference } })
}

export default formatter
