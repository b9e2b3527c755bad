import { existsSync, readFileSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, join } from 'node:path'
import type { IFilterablePickle } from '@cucumber/cucumber/api'
import type { Envelope, Pickle, TestCase } from '@cucumber/messages'
import { errorText, UsageError } from '../config/errors'
import { Redactor } from '../config/redaction'
import { type Environment, isOn } from '../config/variables'
import { screenOf } from '../reports/console/layout'
import { renderOpening, renderTargets } from '../reports/console/tables'
import { EnvelopeFilter } from '../reports/envelopes'
import { emptyFacts, type RunFacts } from '../reports/facts'
import { UNREACHABLE } from '../reports/media-types'
import { Requirements, requiredServices } from '../reports/requirements'
import { guardStreams } from '../reports/streams'
import { serviceNamed, serviceOfFeature, services } from '../services'
import type { Account, ServiceAccess } from '../services/service'
import { finishOpen } from '../undo/finish-open'
import { JournalCopy } from '../undo/journal-copy'
import { readJournal } from '../undo/journal-reader'
import { leftoversText } from '../undo/leftovers'
import { type Leftover, leftoverOf } from '../undo/undo'
import { type ConfiguredRun, configuredRun } from './configured'
import { keepHeapsSmall, makeRoom } from './memory'
import { isOrdinaryText } from './ordinary-words'
import { PAST_RESULTS, pastSeconds } from './past-results'
import { plannedSkips, scenariosByService, tagsByService } from './plan'
import { checkLive, decide, resolve } from './preflight'
import { addressesOf, RESOLVED, type Resolved } from './resolved'
import { type Run, startRun } from './run'
import { type StartedSandbox, type Starter, startAll, stopAll } from './sandbox-starter'
import { isLarge } from './serial'
import { configuredSecrets } from './settings'
import { shardOf } from './shard'
import { Sources, shareOf } from './sharding'
import { decideTargets, type Target } from './targets'

/** The options from `cucumber.js`. */
export interface PluginOptions {
  runId: string
  reports: string
  target?: 'live' | 'sandbox'
}

/** The main thread's part of a run, from the choice of targets to the last leftover. */
export class Coordinator {
  readonly facts: RunFacts
  private readonly redactor: Redactor
  private readonly requirements = new Requirements(serviceOfFeature)
  private readonly tags = new Set<string>()
  private readonly undefinedSteps = new Set<string>()
  private readonly journalCopy: JournalCopy
  private readonly restoreStreams: () => void
  private readonly filter: EnvelopeFilter
  private readonly sources = new Sources()
  private configured: Promise<ConfiguredRun> | undefined
  private dryRun = false
  /** Ids of the pickles, and then of the test cases, that take much of the machine. */
  private readonly large = new Set<string>()
  /** Of all features found, chosen or not. */
  private scenarios = 0
  private run: Run | undefined
  private sandboxes: StartedSandbox[] = []

  constructor(
    private readonly options: PluginOptions,
    private readonly environment: Environment,
    private readonly startSandbox: Starter,
  ) {
    this.redactor = new Redactor(configuredSecrets(environment), isOrdinaryText)
    this.filter = new EnvelopeFilter(this.redactor, () => (this.dryRun ? '' : renderTargets(this.facts.services)))
    this.restoreStreams = guardStreams(this.redactor)
    this.facts = emptyFacts(options.runId)
    this.journalCopy = new JournalCopy(join(options.reports, 'journal.ndjson'))
  }

  /** A path without features must not count as a passed run. */
  found(sourcePaths: readonly string[]): void {
    if (sourcePaths.length > 0) return
    const rerun = rerunFiles()
    if (rerun.length > 0 && rerun.every(isBlank)) {
      process.stdout.write(`${rerun.join(', ')} lists no scenario: nothing failed last time.\n`)
      process.exit(0)
    }
    this.bail('No feature file was found: check the path on the command line.')
  }

  see(envelope: Envelope): void {
    const { attachment, pickle, testCase, testCaseStarted, testRunStarted } = envelope
    if (attachment?.mediaType === UNREACHABLE) this.noteUnreachable(attachment.body)
    if (pickle) this.read(pickle)
    if (testCase) this.planned(testCase)
    if (testRunStarted && this.sandboxes.length > 0) keepHeapsSmall()
    if (testCaseStarted && this.large.has(testCaseStarted.testCaseId)) makeRoom()
    this.sources.see(envelope)
    this.requirements.see(envelope)
    this.filter.pass(envelope)
  }

  private read(pickle: Pickle): void {
    this.scenarios++
    for (const { name } of pickle.tags) this.tags.add(name)
    if (isLarge(pickle)) this.large.add(pickle.id)
  }

  private planned({ id, pickleId, testSteps }: TestCase): void {
    if (this.large.has(pickleId)) this.large.add(id)
    for (const step of testSteps) if (step.pickleStepId && step.stepDefinitionIds?.length === 0) this.undefinedSteps.add(step.id)
  }

  /** Each worker detects it itself, and the run fails once. */
  private noteUnreachable(failure: string): void {
    if (!this.facts.failures.some((known) => known.split(' since ')[0] === failure.split(' since ')[0]))
      this.facts.failures.push(failure)
  }

  /** After Cucumber's own filters: where this run is a shard, the scenarios that are its own. */
  async choose(pickles: readonly IFilterablePickle[]): Promise<readonly IFilterablePickle[]> {
    try {
      const { sources } = await this.configuration()
      // What failed on a machine is listed on that machine, so its list is not divided again.
      const shard = shardOf(sources.shard, rerunFiles().length > 0 ? {} : this.environment)
      if (!shard) return pickles
      const found = sources.shard ? await this.sources.chosenBy(sources) : pickles
      const { targets } = decideTargets(services, this.environment, this.options.target)
      const { own, facts } = shareOf(found, shard, { sources: this.sources, targets, past: pastSeconds(PAST_RESULTS) })
      this.facts.shard = facts
      return own
    } catch (error) {
      if (error instanceof UsageError) this.bail(error.message)
      throw error
    }
  }

  private configuration(): Promise<ConfiguredRun> {
    this.configured ??= configuredRun()
    return this.configured
  }

  async start(pickles: readonly Pickle[]): Promise<void> {
    try {
      const configured = await this.configuration()
      this.dryRun = configured.dryRun
      if (pickles.length === 0 && !this.facts.shard?.scenarios) throw nothingSelected(configured.selection, this.scenarios)
      const tags = [...this.tags, ...configured.tags]
      const targets = decide(pickles, tags, this.environment, this.options.target)
      if (!this.dryRun) await this.open(pickles, targets, configured.parallel)
    } catch (error) {
      await this.shutDown()
      this.discardJournal()
      if (error instanceof UsageError) this.bail(error.message)
      throw error
    }
  }

  /** After an interrupt: live, everything open is undone; the content of the suite's sandboxes ends with them. */
  async drain(): Promise<void> {
    const { run } = this
    if (!run) return
    const leftovers = await this.finishLive(run)
    if (leftovers.length === 0) this.discardJournal()
    else {
      this.journalCopy.complete(run.journal.path)
      process.stderr.write(`${leftoversText(leftovers)}\n`)
    }
  }

  async shutDown(): Promise<void> {
    try {
      await this.run?.close()
    } finally {
      await stopAll(this.sandboxes.splice(0))
    }
  }

  /** After the last scenario. Does not throw, because reports that finish later would be cut off. */
  async finish(): Promise<void> {
    try {
      if (this.run) await this.finishRun(this.run)
      if (this.dryRun && this.undefinedSteps.size > 0) this.facts.failures.push(`${this.undefinedSteps.size} steps are undefined`)
    } catch (error) {
      this.facts.failures.push(errorText(error))
    } finally {
      await this.shutDown().catch((error: unknown) => this.facts.failures.push(errorText(error)))
      if (this.facts.failures.length > 0) process.once('exit', () => (process.exitCode = 1))
      process.once('exit', this.restoreStreams)
    }
  }

  /** A failure after the end, such as a report that cannot be written, also fails the run. */
  fail(failure: string): void {
    this.facts.failures.push(failure)
    process.once('exit', () => (process.exitCode = 1))
  }

  /** Runs a preparation whose failure ends the run before it starts. */
  orBail(preparation: () => void): void {
    try {
      preparation()
    } catch (error) {
      if (error instanceof UsageError) this.bail(error.message)
      throw error
    }
  }

  /** Nothing has run and nothing is left behind: one message, without the stack that Cucumber would print, and no incomplete report. */
  private bail(message: string): never {
    process.stderr.write(`${message}\n`)
    rmSync(this.options.reports, { recursive: true, force: true })
    process.exit(1)
  }

  private async open(pickles: readonly Pickle[], targets: readonly Target[], parallel: boolean): Promise<void> {
    const toStart = targets.filter(({ kind }) => kind === 'sandbox').map(({ service }) => service)
    const { started, failed } = await startAll(tagsByService(toStart, pickles), this.startSandbox)
    this.sandboxes = started
    for (const [service, why] of failed) this.facts.failures.push(`the sandbox of ${service} did not start: ${why}`)
    const resolved: Resolved = {
      runId: this.options.runId,
      parallel,
      ...(this.facts.shard ? { shards: this.facts.shard.total } : {}),
      atTerminal: process.stdin.isTTY === true,
      services: Object.fromEntries(
        targets.map((target) => [
          target.service,
          { ...resolve(target, this.environment, this.sandboxOf(target.service)), unavailable: failed.get(target.service) },
        ]),
      ),
    }
    process.env[RESOLVED] = JSON.stringify(resolved)
    this.run = startRun(resolved, this.environment, this.redactor, this.facts)
    const { journal } = this.run
    journal.begin({ run: resolved.runId, pid: process.pid, host: hostname(), at: Date.now(), targets: addressesOf(resolved) })
    this.journalCopy.follow(journal.path)
    const accounts = await checkLive(this.run, targets)
    this.describe(pickles, targets, resolved, accounts)
  }

  private describe(
    pickles: readonly Pickle[],
    targets: readonly Target[],
    resolved: Resolved,
    accounts: ReadonlyMap<string, Account>,
  ): void {
    const counts = scenariosByService(pickles)
    this.facts.services = targets.map(({ service, kind }) => ({
      service,
      target: kind,
      address: resolved.services[service]?.address,
      backing: [...(this.sandboxOf(service)?.backing ?? [])],
      account: accounts.get(service)?.name,
      credential: kind === 'live' ? serviceNamed(service)?.uses?.(this.environment) : undefined,
      scenarios: counts.get(service) ?? 0,
    }))
    this.facts.plannedSkips = plannedSkips(pickles, { ...resolved, environment: this.environment })
    process.stdout.write(`${renderOpening(this.facts, screenOf(process.stdout))}\n`)
  }

  /** Live, undoes the open entries of the journal: the undo of a scenario may have been too early for a late response. */
  private finishLive(run: Run): Promise<Leftover[]> {
    return finishOpen(
      run.journal,
      ({ service }) => run.target(service).kind === 'live',
      async (entry) => run.undoOf(entry, await run.ownAccess(entry.service)),
    )
  }

  private async finishRun(run: Run): Promise<void> {
    for (const access of await run.ownAccesses()) await this.undoOwn(run, access)
    await this.finishLive(run)
    const { open, ended } = readJournal(run.journal.path)
    this.facts.leftovers = open.map((entry) => leftoverOf(entry, entry.why ?? 'its end was not seen'))
    this.facts.kept = ended.kept ?? 0
    if (open.length === 0) this.discardJournal()
    else this.journalCopy.complete(run.journal.path)
    if (open.length > 0 && (isOn(this.environment, 'ACCEPTANCE_STRICT_CLEANUP') || this.leftOnSandbox()))
      this.facts.failures.push('something was left behind')
    this.checkRequirements()
  }

  /** One shard cannot show that a service ran; all together can. */
  private checkRequirements(): void {
    const names = services.map(({ name }) => name)
    if (this.facts.shard) {
      this.facts.required = [...requiredServices(this.environment, names)]
      return
    }
    const live = this.facts.services.filter(({ target }) => target === 'live').map(({ service }) => service)
    this.facts.failures.push(...this.requirements.unmet(this.environment, names, live))
  }

  /** Undoes what the run itself has created at one service; a failure stops neither the undo of the next service nor the report of leftovers. */
  private async undoOwn(run: Run, access: ServiceAccess): Promise<void> {
    try {
      await access.undo.undoAll()
      this.facts.notes.push(...((await (await run.runtime(access.service)).finish?.(access)) ?? []))
    } catch (error) {
      this.facts.failures.push(errorText(error))
    }
  }

  private sandboxOf(service: string): StartedSandbox | undefined {
    return this.sandboxes.find((sandbox) => sandbox.service === service)
  }

  private leftOnSandbox(): boolean {
    return this.facts.leftovers.some(({ service }) => this.run?.target(service).kind === 'sandbox')
  }

  private discardJournal(): void {
    this.journalCopy.remove()
    if (this.run && existsSync(this.run.journal.path)) rmSync(this.run.journal.path)
  }
}

const LINE_NUMBER = /\.feature:\d/

/** A run without scenarios must not count as passed. */
function nothingSelected(selection: readonly string[], scenarios: number): UsageError {
  const what = selection.length > 0 ? selection.join(' with ') : 'The command line'
  return new UsageError(
    `No scenario was selected: ${what} matches none of the ${scenarios} in the features that were read.${LINE_NUMBER.test(what) ? " Line numbers are those of a scenario's title, its examples or a rule." : ''}`,
  )
}

/** Lists of scenarios on the command line: Cucumber takes a file for one if its name begins with `@`. */
function rerunFiles(): string[] {
  return process.argv.slice(2).filter((argument) => basename(argument).startsWith('@') && existsSync(argument))
}

function isBlank(path: string): boolean {
  return readFileSync(path, 'utf8').trim() === ''
}
