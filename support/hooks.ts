import { isMainThread } from 'node:worker_threads'
import {
  After,
  AfterAll,
  Before,
  type ITestCaseHookParameter,
  Status,
  setDefaultTimeout,
  setDefinitionFunctionWrapper,
  setParallelCanAssign,
} from '@cucumber/cucumber'
import { config } from 'chai'
import { MissingOptional, NotOffered } from './config/errors'
import { ApiError } from './http/errors'
import { callsText } from './http/exchanges'
import { CALLS, SKIP_REASON, UNREACHABLE } from './reports/media-types'
import { makeRoom } from './run/memory'
import { theRun } from './run/run'
import { isLarge, serialRule } from './run/serial'
import { closedGates } from './run/tags'
import { serviceOfFeature } from './services'
import { leftoversText } from './undo/leftovers'
import { AcceptanceWorld } from './world'

// The compiler finds a misspelt assertion; chai's own check of each property costs more than the assertion.
config.useProxy = false
setDefaultTimeout(60_000)
setParallelCanAssign(serialRule)

Before({ name: 'Check the gates' }, async function (this: AcceptanceWorld, { pickle }: ITestCaseHookParameter) {
  const { run } = this
  if (run.stop.isStopping) return run.stop.hold()
  const service = serviceOfFeature(pickle.uri)
  const tags = pickle.tags.map(({ name }) => name)
  const [closed] = closedGates(tags, {
    service: run.definition(service),
    resolved: run.target(service),
    environment: run.environment,
    ...run.resolved,
  })
  if (closed) return skip(this, closed.reason, closed.toSet)
  const { unavailable } = run.target(service)
  if (unavailable) return skip(this, `the sandbox of ${service} did not start`, unavailable.split('\n')[0] ?? '')
  const { downSince } = run.reachability(service)
  if (downSince) return skipUnreachable(this, service, downSince)
  if (isLarge(pickle)) makeRoom()
  this.begin(service, pickle.uri)
  await (await run.runtime(service)).prepare?.(this.access, tags)
  return undefined
})

/** One hook for everything after a scenario, because each hook costs as much as a step. */
After({ name: 'Undo what the scenario created' }, async function (this: AcceptanceWorld, { result }: ITestCaseHookParameter) {
  const refusal = this.takeRefusal()
  if (this.hasBegun) this.run.reachability(this.access.service).note(this.failedWith)
  const unexamined = refusal && result?.status === Status.PASSED
  // A failed step attaches its calls itself; a step that timed out could not.
  if (result?.status === Status.FAILED) showCalls(this)
  const leftovers = await this.undoAll()
  if (leftovers.length > 0 && !this.access.isLive) throw new Error(leftoversText(leftovers))
  if (unexamined) throw refusal
})

/** The plugin closes the main thread's connections, after the shared things of the run are undone. */
AfterAll({ name: 'Close the connections of this worker' }, async () => {
  if (!isMainThread) await theRun().close()
})

/**
 * A failure shows the calls that led to it, at its step. Live, a failure that concerns the account skips the scenario instead,
 * with what is missing.
 */
setDefinitionFunctionWrapper((definition: (this: unknown, ...args: unknown[]) => unknown) => {
  return async function (this: unknown, ...args: unknown[]): Promise<unknown> {
    try {
      return await definition.apply(this, args)
    } catch (error) {
      if (!(this instanceof AcceptanceWorld)) throw error
      const excuse = excuseFor(this, error)
      if (excuse) return skip(this, excuse.reason, excuse.toSet)
      this.failedWith = error
      showCalls(this)
      throw error
    }
  }
})

function excuseFor(world: AcceptanceWorld, error: unknown): { reason: string; toSet: string } | undefined {
  if (error instanceof NotOffered || (error instanceof MissingOptional && world.access.isLive)) return error
  return error instanceof ApiError ? world.skipReasonFor(error.failure) : undefined
}

function showCalls(world: AcceptanceWorld): void {
  const recent = world.access.exchanges.take()
  if (!recent) return
  world.attach(Buffer.from(JSON.stringify(recent)), CALLS)
  world.log(callsText(recent))
}

function skipUnreachable(world: AcceptanceWorld, service: string, since: string): 'skipped' {
  const { address = '' } = world.run.target(service)
  world.attach(`${service} was not reachable after ${since} (${address})`, UNREACHABLE)
  return skip(world, `${service} was not reachable after ${since}`, `make sure that ${address} responds, and run again`)
}

function skip(world: AcceptanceWorld, reason: string, toSet: string): 'skipped' {
  world.attach(JSON.stringify({ reason, toSet }), SKIP_REASON)
  return 'skipped'
}
