import { type DataTable, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { STEP_TIMEOUT } from '../../support/services/connector/settings'
import { ConnectorState } from '../../support/services/connector/state'
import type { ConfigurationName } from '../../support/services/connector/tasks/config'
import * as config from '../../support/services/connector/tasks/config'
import type { AcceptanceWorld } from '../../support/world'

When(
  '{person} (has )save(s)(d) the configuration {configuration}',
  STEP_TIMEOUT,
  function (this: AcceptanceWorld, _who: PersonName, which: ConfigurationName, table: DataTable) {
    return config.save(this.state(ConnectorState), which, table.rowsHash())
  },
)

When(
  '{person} tries to {configurationAct} the configuration {configuration}',
  STEP_TIMEOUT,
  function (this: AcceptanceWorld, _who: PersonName, act: 'read' | 'save', which: ConfigurationName) {
    const state = this.state(ConnectorState)
    return act === 'read' ? config.tryToRead(state, which) : config.tryToSave(state, which)
  },
)

When('{person} stores the credentials in the vault', STEP_TIMEOUT, function (this: AcceptanceWorld, _who: PersonName) {
  return config.storeCredentials(this.state(ConnectorState))
})

Then(
  '{person} can read the configuration {configuration}',
  STEP_TIMEOUT,
  function (this: AcceptanceWorld, _who: PersonName, which: ConfigurationName, table: DataTable) {
    return config.expectStored(this.state(ConnectorState), which, table.rowsHash())
  },
)

Then('the stored configuration shows the host and no secret', STEP_TIMEOUT, function (this: AcceptanceWorld) {
  return config.expectNoSecretStored(this.state(ConnectorState))
})
