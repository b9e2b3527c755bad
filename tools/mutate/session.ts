import { rmSync } from 'node:fs'
import { Writable } from 'node:stream'
import { type IRunConfiguration, loadConfiguration, loadSupport, runCucumber } from '@cucumber/cucumber/api'
import type { Envelope } from '@cucumber/messages'

/** The environment of a session's scenarios: started before each run, stopped after it. */
export interface Stage {
  /** A scenario begins; named as `features/slack/history.feature:12`. */
  begin(scenario: string): void
  /** Its steps have ended: the undo follows. */
  cleanUp(): void
  /** @returns sentences about problems after the last scenario, such as leftovers */
  close(): Promise<string[]>
}

export interface Failure {
  scenario: string
  step: string
  /** Name of the error's class. */
  type: string
  message: string
}

export interface Outcome {
  /** The scenarios that ran, with their outcome. */
  passed: string[]
  skipped: string[]
  failures: Failure[]
  milliseconds: number
}

type Support = Awaited<ReturnType<typeof loadSupport>>

/** Cucumber in this very process: support code is loaded once, scenarios run as often as needed. */
export class Session {
  private constructor(
    private readonly configuration: IRunConfiguration,
    private readonly support: Support,
    private readonly cwd: string,
  ) {}

  /** @param provided Cucumber's command line with the features @param cwd the project's folder */
  static async open(provided: readonly string[], cwd = process.cwd()): Promise<Session> {
    const { runConfiguration } = await loadConfiguration({ provided: [...provided] }, { cwd })
    const configuration: IRunConfiguration = { ...runConfiguration, plugins: { specifiers: [], options: {} } }
    return new Session(configuration, await loadSupport(configuration, { cwd }), cwd)
  }

  /** Every scenario and example of the chosen features, as `<feature>:<line>`, with its title and tags. */
  async scenarios(): Promise<Map<string, { title: string; tags: string[] }>> {
    const watch = new Watch({ begin: () => undefined, cleanUp: () => undefined, close: async () => [] })
    await this.execute(this.configuration.sources.paths, (envelope) => watch.see(envelope), true)
    return watch.scenarios
  }

  /** Runs scenarios one after the other, until the first failure. */
  async run(scenarios: readonly string[], stage: Stage): Promise<Outcome> {
    const started = performance.now()
    const watch = new Watch(stage)
    try {
      await this.execute(scenarios, (envelope) => watch.see(envelope))
    } finally {
      for (const message of await stage.close()) watch.blame(message)
    }
    return { ...watch.outcome, milliseconds: Math.round(performance.now() - started) }
  }

  private async execute(paths: readonly string[], onMessage: (envelope: Envelope) => void, dryRun = false): Promise<void> {
    const { configuration, support, cwd } = this
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
    await runCucumber(
      {
        ...configuration,
        support,
        sources: { ...configuration.sources, paths: [...paths], names: [], tagExpression: '', order: 'defined' },
        formats: { stdout: 'progress', files: {}, publish: false, options: {} },
        runtime: { ...configuration.runtime, failFast: !dryRun, parallel: 0, retry: 0, dryRun },
      },
      { cwd, stdout: silent, stderr: silent },
      onMessage,
    )
  }
}

/** Reads the outcome of each scenario off Cucumber's messages. */
class Watch {
  readonly outcome: Omit<Outcome, 'milliseconds'> = { passed: [], skipped: [], failures: [] }
  readonly scenarios = new Map<string, { title: string; tags: string[] }>()
  private readonly pickles = new Map<string, { scenario: string; steps: Map<string, string> }>()
  private readonly cases = new Map<string, { pickle: string; steps: Map<string, string> }>()
  private readonly hooksAfter = new Set<string | undefined>()
  private readonly running = new Map<string, { scenario: string; steps: Map<string, string>; status: string }>()
  private readonly lines = new Map<string, number>()
  private last = ''

  constructor(private readonly stage: Stage) {}

  see({
    gherkinDocument,
    pickle,
    testCase,
    testCaseStarted,
    testStepStarted,
    testStepFinished,
    testCaseFinished,
  }: Envelope): void {
    if (gherkinDocument) this.readLines(gherkinDocument)
    if (pickle) {
      const scenario = `${pickle.uri}:${this.lines.get(pickle.astNodeIds.at(-1) ?? '') ?? 0}`
      this.scenarios.set(scenario, { title: pickle.name, tags: pickle.tags.map(({ name }) => name) })
      this.pickles.set(pickle.id, { scenario, steps: new Map(pickle.steps.map(({ id, text }) => [id, text])) })
    }
    if (testCase) {
      const steps = new Map(testCase.testSteps.map(({ id, pickleStepId }) => [id, pickleStepId ?? '']))
      const last = testCase.testSteps.findLastIndex(({ pickleStepId }) => pickleStepId !== undefined)
      this.cases.set(testCase.id, { pickle: testCase.pickleId, steps })
      this.hooksAfter.add(testCase.testSteps[last + 1]?.id)
    }
    if (testCaseStarted) this.start(testCaseStarted.id, testCaseStarted.testCaseId)
    if (testStepStarted && this.hooksAfter.has(testStepStarted.testStepId)) this.stage.cleanUp()
    if (testStepFinished) this.finishStep(testStepFinished)
    if (testCaseFinished) this.finish(testCaseFinished.testCaseStartedId)
  }

  blame(message: string): void {
    this.outcome.failures.push({ scenario: this.last, step: 'after the run', type: 'Error', message })
  }

  private start(id: string, testCaseId: string): void {
    const { pickle = '', steps = new Map<string, string>() } = this.cases.get(testCaseId) ?? {}
    const known = this.pickles.get(pickle)
    const scenario = known?.scenario ?? ''
    const texts = new Map([...steps].map(([step, pickleStep]) => [step, known?.steps.get(pickleStep) ?? 'a hook']))
    this.running.set(id, { scenario, steps: texts, status: 'PASSED' })
    this.last = scenario
    this.stage.begin(scenario)
  }

  private finishStep({ testCaseStartedId, testStepId, testStepResult }: NonNullable<Envelope['testStepFinished']>): void {
    const running = this.running.get(testCaseStartedId)
    if (!running || testStepResult.status === 'PASSED') return
    if (testStepResult.status === 'SKIPPED') {
      if (running.status === 'PASSED') running.status = 'SKIPPED'
      return
    }
    running.status = testStepResult.status
    const { type = 'Error', message = '' } = testStepResult.exception ?? {}
    const step = running.steps.get(testStepId) ?? ''
    this.outcome.failures.push({ scenario: running.scenario, step, type, message: message || (testStepResult.message ?? '') })
  }

  private finish(id: string): void {
    const { scenario = '', status = '' } = this.running.get(id) ?? {}
    if (status === 'PASSED') this.outcome.passed.push(scenario)
    if (status === 'SKIPPED') this.outcome.skipped.push(scenario)
  }

  /** Example rows and scenarios by the id of their node. */
  private readLines(document: NonNullable<Envelope['gherkinDocument']>): void {
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return
      const { id, location } = node as { id?: unknown; location?: { line: number } }
      if (typeof id === 'string' && location) this.lines.set(id, location.line)
      for (const inner of Object.values(node)) visit(inner)
    }
    visit(document)
  }
}

/** Removes a run's journal, which is not needed because everything ends with the stage. */
export function forget(path: string): void {
  rmSync(path, { force: true })
}
