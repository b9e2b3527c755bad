import { After, Before, type ITestCaseHookParameter, Status } from '@cucumber/cucumber'
import { SKIP_REASON } from '../../support/reports/media-types'
import { connectorNames } from '../../support/services/connector/folders'
import { hooksOf } from '../../support/services/connector/hooks'
import { STEP_TIMEOUT } from '../../support/services/connector/settings'
import { ConnectorState } from '../../support/services/connector/state'
import type { AcceptanceWorld } from '../../support/world'

const SKIPPED = /^the scenario is skipped because "(.*)"$/

const isOurs = (world: AcceptanceWorld): boolean => /[\\/]connector[\\/]/.test(world.feature)

// A project without connectors has no hooks, so that they cost the scenarios of other services nothing.
if (connectorNames().length > 0) {
  Before(
    { ...STEP_TIMEOUT, name: 'Connector set-up' },
    async function (this: AcceptanceWorld, { pickle }: ITestCaseHookParameter) {
      if (!isOurs(this)) return undefined
      const [reason] = pickle.steps.flatMap(({ text }) => SKIPPED.exec(text)?.[1] ?? [])
      if (reason !== undefined) {
        this.attach(JSON.stringify({ reason, toSet: 'remove the step that skips it' }), SKIP_REASON)
        return 'skipped'
      }
      const state = this.state(ConnectorState)
      state.scenario = pickle.name
      const hooks = await hooksOf(state.connector)
      if (hooks.setUp) state.setup = await this.access.once('setup', state.connector)
      state.hasBegun = true
      await hooks.before?.(state, pickle.name)
      return undefined
    },
  )

  After(
    { ...STEP_TIMEOUT, name: 'Connector tear-down' },
    async function (this: AcceptanceWorld, { pickle, result }: ITestCaseHookParameter) {
      if (!isOurs(this) || result?.status === Status.SKIPPED) return
      const state = this.state(ConnectorState)
      if (state.hasBegun) await (await hooksOf(state.connector)).after?.(state, pickle.name, result?.status === Status.PASSED)
    },
  )
}
