import { isMainThread } from 'node:worker_threads'
import { setWorldConstructor, World } from '@cucumber/cucumber'
import { ApiError, type Failure } from './http/errors'
import { rateLimitSkip } from './http/used-up'
import { SECRET } from './reports/media-types'
import { type Run, theRun } from './run/run'
import type { ServiceAccess } from './services/service'
import { type Close, closeAll } from './undo/close'
import type { Leftover, Undo } from './undo/undo'

/** The state of a service's steps for one scenario: its clients, and what it has named. */
export type ScenarioState<T> = new (world: AcceptanceWorld) => T

/** New for every scenario: its service, what it has named, what it must undo, and at most one refusal. */
export class AcceptanceWorld extends World {
  /** Path of the feature file, from the project's root. */
  feature = ''
  /** The latest response document of an API, for `Then the response has`. */
  document: unknown
  private readonly closers: Close[] = []
  private readonly states = new Map<unknown, unknown>()
  private refusal: ApiError | undefined
  /** The error of a step or hook of the scenario. */
  failedWith: unknown
  private seen: ServiceAccess | undefined

  /** Not a field: a dry run constructs a World for every scenario, and starts no run. */
  get run(): Run {
    return theRun()
  }

  /** Called once, before anything else in the scenario. */
  begin(service: string, feature: string): void {
    this.feature = feature
    this.seen = this.run.access(service, {
      people: this.run.peopleOf(service),
      exchanges: this.run.exchanges(service),
      learn: (secret) => this.learn(secret),
    })
  }

  /** Whether the scenario runs: no gate skipped it. */
  get hasBegun(): boolean {
    return this.seen !== undefined
  }

  /** The service of the scenario's folder. */
  get access(): ServiceAccess {
    if (!this.seen) throw new Error('The scenario has not begun.')
    return this.seen
  }

  get undo(): Undo {
    return this.access.undo
  }

  state<T>(kind: ScenarioState<T>): T {
    const known = this.states.get(kind)
    if (known instanceof kind) return known
    const made = new kind(this)
    this.states.set(kind, made)
    return made
  }

  /** For actions that the service may refuse; any other error still fails the step. */
  async attempt(action: () => Promise<unknown>): Promise<void> {
    try {
      await action()
    } catch (error) {
      if (!(error instanceof ApiError && error.isRefusal)) throw error
      this.refusal = error
    }
  }

  /** Returns the refusal, and forgets it. */
  takeRefusal(): ApiError | undefined {
    const refusal = this.refusal
    this.refusal = undefined
    return refusal
  }

  /** Whether, live, this failure concerns the account (a missing scope, a used-up budget) and not the service. */
  skipReasonFor(failure: Failure): { reason: string; toSet: string } | undefined {
    if (!this.access.isLive) return undefined
    return this.run.definition(this.access.service).skipReasonOf?.(failure) ?? rateLimitSkip(failure)
  }

  /** Something of this process (a listener, a stream) that is closed after the scenario. */
  closeAfterScenario(close: Close): void {
    this.closers.push(close)
  }

  /** A failure to close it fails the scenario, after everything it created is undone. */
  async undoAll(): Promise<Leftover[]> {
    const closed = closeAll(this.closers.splice(0))
    await closed.catch(() => undefined)
    const leftovers = (await this.seen?.undo.undoAll()) ?? []
    await closed
    return leftovers
  }

  /** A worker sends it before any message that could contain it, so that the main thread never prints it. */
  private learn(secret: string): void {
    if (this.run.redactor.learn(secret) && !isMainThread) this.attach(secret, SECRET)
  }
}

setWorldConstructor(AcceptanceWorld)
