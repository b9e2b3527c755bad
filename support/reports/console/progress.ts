import type { Envelope, Pickle } from '@cucumber/messages'
import { serviceOfFeature } from '../../services'
import { duration, type Screen, shorten } from './layout'

const BAR = 24
const REDRAW_AFTER = 80
const FAILED = new Set(['FAILED', 'UNDEFINED', 'AMBIGUOUS', 'PENDING'])

interface Running {
  pickle: Pickle
  failed: boolean
}

/** The progress of a run, from its messages. */
class Progress {
  total = 0
  done = 0
  failed = 0
  current: Pickle | undefined
  private startedAt = performance.now()
  private readonly pickles = new Map<string, Pickle>()
  private readonly cases = new Map<string, Pickle>()
  private readonly running = new Map<string, Running>()

  get seconds(): number {
    return (performance.now() - this.startedAt) / 1_000
  }

  /** @returns the scenario that has just failed, if one has */
  see({ pickle, testRunStarted, testCase, testCaseStarted, testStepFinished, testCaseFinished }: Envelope): Pickle | undefined {
    if (pickle) this.pickles.set(pickle.id, pickle)
    if (testRunStarted) this.startedAt = performance.now()
    if (testCase) this.plan(testCase)
    if (testCaseStarted) this.start(testCaseStarted)
    if (testStepFinished && FAILED.has(testStepFinished.testStepResult.status)) {
      const running = this.running.get(testStepFinished.testCaseStartedId)
      if (running) running.failed = true
    }
    return testCaseFinished ? this.finish(testCaseFinished.testCaseStartedId, testCaseFinished.willBeRetried) : undefined
  }

  private plan({ id, pickleId }: { id: string; pickleId: string }): void {
    const pickle = this.pickles.get(pickleId)
    if (!pickle) return
    this.total++
    this.cases.set(id, pickle)
  }

  private start({ id, testCaseId }: { id: string; testCaseId: string }): void {
    const pickle = this.cases.get(testCaseId)
    if (!pickle) return
    this.running.set(id, { pickle, failed: false })
    this.current = pickle
  }

  private finish(id: string, willBeRetried: boolean): Pickle | undefined {
    const running = this.running.get(id)
    this.running.delete(id)
    if (!running || willBeRetried) return undefined
    this.done++
    if (!running.failed) return undefined
    this.failed++
    return running.pickle
  }
}

export interface ProgressView {
  update(envelope: Envelope): void
  /** Removes the bar from the screen. */
  close(): void
}

interface ViewOptions {
  write(text: string): unknown
  screen: Screen
  /** The title of the feature that a scenario belongs to. */
  featureOf(pickle: Pickle): string
}

/** A line for each tenth of the run: for files, pipes and build machines. */
export function progressLines({ write, featureOf, screen }: ViewOptions): ProgressView {
  const progress = new Progress()
  let tenths = 0
  return {
    update(envelope) {
      const failed = progress.see(envelope)
      if (failed) write(`${failedLine(failed, screen)}\n`)
      const { total, done, current } = progress
      if (total === 0 || Math.floor((10 * done) / total) === tenths || !current) return
      tenths = Math.floor((10 * done) / total)
      const width = String(total).length
      const counts = `${String(10 * tenths).padStart(3)} %  ${String(done).padStart(width)} of ${total}`
      const where = `${serviceOfFeature(current.uri)}: ${featureOf(current)}`
      write(
        `${shorten(`  ${counts}  ${progress.failed} failed  ${duration(progress.seconds).padStart(10)}  ${where}`, screen.columns)}\n`,
      )
    },
    close: () => undefined,
  }
}

/** One line that is rewritten continually, for terminals. Other output appears above it. */
export function progressBar(options: ViewOptions, streams: readonly NodeJS.WriteStream[]): ProgressView {
  const progress = new Progress()
  const { write, screen } = options
  let shown = false
  let drawnAt = 0
  const clear = (): void => {
    if (shown) write('\r\x1b[2K')
    shown = false
  }
  const draw = (): void => {
    clear()
    write(barLine(progress, options))
    shown = true
    drawnAt = performance.now()
  }
  const release = interceptWrites(streams, clear)
  return {
    update(envelope) {
      const failed = progress.see(envelope)
      if (failed) {
        clear()
        write(`${failedLine(failed, screen)}\n`)
      }
      if (progress.total > 0 && progress.current && (failed || performance.now() - drawnAt > REDRAW_AFTER)) draw()
    },
    close() {
      clear()
      release()
    },
  }
}

function barLine({ total, done, failed, seconds, current }: Progress, { screen, featureOf }: ViewOptions): string {
  const filled = Math.round((BAR * done) / Math.max(1, total))
  const bar = '█'.repeat(filled) + '░'.repeat(BAR - filled)
  const where = current ? `${serviceOfFeature(current.uri)}: ${featureOf(current)}` : ''
  const text = `${bar} ${done} of ${total} · ${failed} failed · ${duration(seconds)} · ${where}`
  return shorten(text, screen.columns - 1)
}

function failedLine({ uri, name }: Pickle, screen: Screen): string {
  return screen.style('red', shorten(`  ✗ ${serviceOfFeature(uri)}: ${name}`, screen.columns))
}

/** Calls `before` ahead of every write to these streams. @returns restores them */
function interceptWrites(streams: readonly NodeJS.WriteStream[], before: () => void): () => void {
  const restores = streams.map((stream) => {
    const original: typeof stream.write = stream.write
    let busy = false
    const write = (...parameters: unknown[]): boolean => {
      if (!busy) {
        busy = true
        before()
        busy = false
      }
      return Reflect.apply(original, stream, parameters)
    }
    stream.write = write
    return () => {
      if (stream.write === write) stream.write = original
    }
  })
  return () => {
    for (const restore of restores) restore()
  }
}
