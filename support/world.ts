import { isMainThread } from 'node:worker_threads'
import { setWorldConstructor, World } from '@cucumber/cucumber'
import { ApiError, type Failure } from './http/errors'
import { rateLimitSkip } from './http/used-up'
import { SECRET } from './reports/media-types'
import { type Run, theRun } from './run/run'
import type { ServiceAccess } from './services/service'
import { type Close, closeAll } from './undo/close'
import type { Leftover, Undo } from './undo/undo'

/** What a service's steps keep for one scenario: its clients, and what it has named. */
export type ScenarioState<T> = new (world: AcceptanceWorld) => T

/** Fresh for every scenario: the service it speaks to, what it has named, what it must undo, and one refusal at a time. */
export class AcceptanceWorld extends World {
  /** Path of the feature file, from the project's root. */
  feature = ''
  /** The latest response document of an API, for `Then the response has`. */
  document: unknown
  private readonly closers: Close[] = []
  private readonly states = new Map<unknown, unknown>()
  private refusal: ApiError | undefined
  /** What a step or hook of the scenario threw. */
  failedWith: unknown
  private seen: ServiceAccess | undefined

  /** Not a field: a dry run makes a World of every scenario, and begins no run. */
  get run(): Run {
    return theRun()
  }

  /** Called once, before anything else of the scenario. */
  begin(service: string, feature: string): void {
    this.feature = feature
    this.seen = this.run.access(service, {
      people: this.run.peopleOf(service),
      exchanges: this.run.exchanges(service),
      learn: (secret) => this.learn(secret),
    })
  }

  /** Whether the scenario runs at all: no gate skipped it. */
  get hasBegun(): boolean {
    return this.seen !== undefined
  }

  /** The service this scenario's folder names. */
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

  /** For actions the service may refuse; anything but a refusal still fails the step. */
  async attempt(action: () => Promise<unknown>): Promise<void> {
    try {
      await action()
    } catch (error) {
      if (!(error instanceof ApiError && error.isRefusal)) throw error
      this.refusal = error
    }
  }

  /** Hands the refusal over, once. */
  takeRefusal(): ApiError | undefined {
    const refusal = this.refusal
    this.refusal = undefined
    return refusal
  }

  /** Whether live this failure speaks of the account (a missing scope, a used-up budget) rather than of the service. */
  skipReasonFor(failure: Failure): { reason: string; toSet: string } | undefined {
    if (!this.access.isLive) return undefined
    return this.run.definition(this.access.service).skipReasonOf?.(failure) ?? rateLimitSkip(failure)
  }

  /** Something of this process (a listener, a stream) that ends with the scenario. */
  closeAfterScenario(close: Close): void {
    this.closers.push(close)
  }

  /** What cannot be closed fails the scenario, when all it made is undone. */
  async undoAll(): Promise<Leftover[]> {
    const closed = closeAll(this.closers.splice(0))
    await closed.catch(() => undefined)
    const leftovers = (await this.seen?.undo.undoAll()) ?? []
    await closed
    return leftovers
  }

  /** From a worker sent in band, ahead of anything that could mention it, so that the main thread never prints it. */
  private learn(secret: string): void {
    if (this.run.redactor.learn(secret) && !isMainThread) this.attach(secret, SECRET)
  }
}

setWorldConstructor(AcceptanceWorld)
