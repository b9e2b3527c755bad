import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Envelope } from '@cucumber/messages'
import { profilesIn } from '../config/command-line'
import { errorText, UsageError } from '../config/errors'
import type { Environment } from '../config/variables'
import type { RunFacts } from './facts'
import { announceToGithub } from './github'
import { factsMessage, MessagesFile } from './messages-file'
import { MESSAGES } from './results'
import { RunMessages } from './run-messages'

/** Milliseconds: less than a response takes, even of a sandbox. */
const SLICE = 0.3

/**
 * The files of one run: its messages during the run, all other reports at its end. The plugin drives it instead of a formatter,
 * so that every run has them, whatever its console output, and the console can name them.
 */
export class ReportsWriter {
  private file: MessagesFile | undefined
  private readonly seen = new RunMessages()
  /** Messages that are processed while the process waits, such as for a response. */
  private readonly backlog: Envelope[] = []
  /** Before the first scenario nothing waits. */
  private hasScenarios = false
  private isScheduled = false
  private readonly flush = (): void => {
    this.catchUp()
    this.file?.close()
  }

  /** @param folder of the run */
  constructor(
    private readonly folder: string,
    private readonly environment: Environment,
  ) {}

  /** Before the first message. @throws UsageError if the folder is not writable */
  open(): void {
    try {
      mkdirSync(this.folder, { recursive: true })
      this.file = new MessagesFile(join(this.folder, MESSAGES))
    } catch (error) {
      throw new UsageError(
        `The run cannot start: its reports cannot be written to ${this.folder} (${errorText(error)}). Make ${dirname(this.folder)}/ writable, or run a copy of the project.`,
      )
    }
    process.once('exit', this.flush)
  }

  see(envelope: Envelope): void {
    this.backlog.push(envelope)
    this.hasScenarios ||= envelope.testCaseStarted !== undefined
    if (this.hasScenarios) this.schedule()
  }

  /** The messages until now. */
  get messages(): RunMessages {
    this.catchUp()
    return this.seen
  }

  private schedule(): void {
    if (this.isScheduled) return
    this.isScheduled = true
    setImmediate(() => {
      this.isScheduled = false
      this.catchUp(performance.now() + SLICE)
      if (this.backlog.length > 0) this.schedule()
    })
  }

  /** @param until when to stop, so that a response does not wait for it */
  private catchUp(until = Number.POSITIVE_INFINITY): void {
    let processed = 0
    for (const envelope of this.backlog) {
      this.file?.append(envelope)
      this.seen.see(envelope)
      processed++
      if (performance.now() > until) break
    }
    this.backlog.splice(0, processed)
  }

  /**
   * @param facts undefined for a dry run; gets the paths of the reports, and notes on them
   * @param clean removes secrets
   * @returns why a report could not be written; undefined if all are
   */
  async finish(facts: RunFacts | undefined, clean: (value: unknown) => unknown): Promise<string | undefined> {
    if (!this.file) return undefined
    try {
      if (facts) this.see(factsMessage(clean(this.plain(facts)), this.messages.id))
      this.flush()
      process.off('exit', this.flush)
      if (this.file.failure) throw this.file.failure
      const { writeReports } = await import('./write-reports')
      const { report, notes } = await writeReports(this.messages.report(), this.folder)
      if (!facts) return undefined
      // The notes of a shard are reported by the merge.
      if (!facts.shard) announceToGithub(report, this.environment, (text) => process.stdout.write(text))
      facts.notes.push(...notes)
      facts.reports = { run: join(this.folder, 'index.html'), all: join(dirname(this.folder), 'index.html') }
      return undefined
    } catch (error) {
      return `the reports could not be written: ${errorText(error)}`
    }
  }

  private plain(facts: RunFacts): unknown {
    facts.profiles = profilesIn(process.argv.slice(2))
    return JSON.parse(JSON.stringify(facts))
  }
}
