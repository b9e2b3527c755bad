import {
  After,
  Before,
  type ITestCaseHookParameter,
  Status,
  setDefaultTimeout,
  setDefinitionFunctionWrapper,
  setParallelCanAssign,
} from '@cucumber/cucumber'
import { ApiError } from './core/errors'
import { leftoversText } from './core/leftovers'
import { SKIP_REASON } from './report/media-types'
import { serialRule } from './serial'
import { serviceOfFeature } from './services'
import { closedGates } from './tags'
import { AcceptanceWorld } from './world'

setDefaultTimeout(60_000)
setParallelCanAssign(serialRule)

Before({ name: 'Begin, unless a gate is closed' }, function (this: AcceptanceWorld, { pickle }: ITestCaseHookParameter) {
  const { run } = this
  if (run.stop.isStopping) return run.stop.hold()
  const service = serviceOfFeature(pickle.uri)
  const resolved = run.target(service)
  if (resolved.kind === 'none') return skip(this, 'it runs only live', resolved.missing.join(' and '))
  this.begin(service)
  const [closed] = closedGates(
    pickle.tags.map(({ name }) => name),
    { service: run.definition(service), resolved, environment: run.environment, ...run.resolved },
  )
  return closed && skip(this, closed.reason, closed.toSet)
})

After({ name: 'Show the calls of a failure' }, function (this: AcceptanceWorld, { result }: ITestCaseHookParameter) {
  if (result?.status === Status.FAILED && this.exchanges.count > 0) this.log(this.exchanges.describe())
})

After({ name: 'Undo what the scenario made' }, async function (this: AcceptanceWorld) {
  const leftovers = await this.unwind()
  if (leftovers.length > 0 && !this.access.isLive) throw new Error(leftoversText(leftovers))
})

After({ name: 'No refusal goes unexamined' }, function (this: AcceptanceWorld, { result }: ITestCaseHookParameter) {
  const refusal = this.takeRefusal()
  if (refusal && result?.status === Status.PASSED) throw refusal
})

/** Live, a failure that speaks of the account skips the scenario where it happens, saying what is missing. */
setDefinitionFunctionWrapper((definition: (this: unknown, ...args: unknown[]) => unknown) => {
  return async function (this: unknown, ...args: unknown[]): Promise<unknown> {
    try {
      return await definition.apply(this, args)
    } catch (error) {
      const excuse = this instanceof AcceptanceWorld && error instanceof ApiError ? this.excuseFor(error.failure) : undefined
      if (!excuse || !(this instanceof AcceptanceWorld)) throw error
      return skip(this, excuse.reason, excuse.toSet)
    }
  }
})

function skip(world: AcceptanceWorld, reason: string, toSet: string): 'skipped' {
  world.attach(JSON.stringify({ reason, toSet }), SKIP_REASON)
  return 'skipped'
}
