import { After, Before, type ITestCaseHookParameter, Status } from '@cucumber/cucumber'
import { anyHooks, hooksOf } from '../../support/services/connector/hooks'
import { PATIENT } from '../../support/services/connector/patience'
import { ConnectorScene } from '../../support/services/connector/state'
import type { AcceptanceWorld } from '../../support/world'

const isOurs = (world: AcceptanceWorld): boolean => /[\\/]connector[\\/]/.test(world.feature)

// Projects without hooks of connectors, and scenarios of other services, pay nothing for them.
if (anyHooks()) {
  Before(
    { ...PATIENT, name: 'What the connector sets up' },
    async function (this: AcceptanceWorld, { pickle }: ITestCaseHookParameter) {
      if (!isOurs(this)) return
      const scene = this.scene(ConnectorScene)
      const hooks = await hooksOf(scene.connector)
      if (hooks.setUp) scene.setup = await this.access.once('setup', scene.connector)
      scene.hasBegun = true
      await hooks.before?.(scene, pickle.name)
    },
  )

  After(
    { ...PATIENT, name: 'What the connector does after each' },
    async function (this: AcceptanceWorld, { pickle, result }: ITestCaseHookParameter) {
      if (!isOurs(this) || result?.status === Status.SKIPPED) return
      const scene = this.scene(ConnectorScene)
      if (scene.hasBegun) await (await hooksOf(scene.connector)).after?.(scene, pickle.name, result?.status === Status.PASSED)
    },
  )
}
