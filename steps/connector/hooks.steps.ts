import { After, Before, type ITestCaseHookParameter, Status } from '@cucumber/cucumber'
import { anyHooks, hooksOf } from '../../support/services/connector/hooks'
import { PATIENT } from '../../support/services/connector/patience'
import { ConnectorState } from '../../support/services/connector/state'
import type { AcceptanceWorld } from '../../support/world'

const isOurs = (world: AcceptanceWorld): boolean => /[\\/]connector[\\/]/.test(world.feature)

// Projects without hooks of connectors, and scenarios of other services, pay nothing for them.
if (anyHooks()) {
  Before(
    { ...PATIENT, name: 'What the connector sets up' },
    async function (this: AcceptanceWorld, { pickle }: ITestCaseHookParameter) {
      if (!isOurs(this)) return
      const state = this.state(ConnectorState)
      const hooks = await hooksOf(state.connector)
      if (hooks.setUp) state.setup = await this.access.once('setup', state.connector)
      state.hasBegun = true
      await hooks.before?.(state, pickle.name)
    },
  )

  After(
    { ...PATIENT, name: 'What the connector does after each' },
    async function (this: AcceptanceWorld, { pickle, result }: ITestCaseHookParameter) {
      if (!isOurs(this) || result?.status === Status.SKIPPED) return
      const state = this.state(ConnectorState)
      if (state.hasBegun) await (await hooksOf(state.connector)).after?.(state, pickle.name, result?.status === Status.PASSED)
    },
  )
}
