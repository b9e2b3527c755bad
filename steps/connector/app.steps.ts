import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { STEP_TIMEOUT } from '../../support/services/connector/settings'
import { ConnectorState } from '../../support/services/connector/state'
import * as app from '../../support/services/connector/tasks/app'
import type { AcceptanceWorld } from '../../support/world'

When('{person} uploads {string}', STEP_TIMEOUT, function (this: AcceptanceWorld, _who: PersonName, name: string) {
  return app.upload(this.state(ConnectorState), name)
})

When('{person} reads the {description}', STEP_TIMEOUT, function (this: AcceptanceWorld, _who: PersonName, what: string) {
  return app.read(this.state(ConnectorState), what)
})

When(
  '{person} tries to read the {description} of the entrypoint {string}',
  STEP_TIMEOUT,
  function (this: AcceptanceWorld, _who: PersonName, what: string, name: string) {
    return app.tryToRead(this.state(ConnectorState), what, name)
  },
)

When('the source notifies the app that {string} has changed', STEP_TIMEOUT, function (this: AcceptanceWorld, schema: string) {
  return app.notifyOfChange(this.state(ConnectorState), schema)
})

Then('the app is healthy', STEP_TIMEOUT, function (this: AcceptanceWorld) {
  return app.expectHealthy(this.state(ConnectorState))
})

Then('the manifest has no unresolved placeholder', function (this: AcceptanceWorld) {
  app.expectResolved(this.state(ConnectorState))
})

Then('every form can be read', STEP_TIMEOUT, function (this: AcceptanceWorld) {
  return app.expectFormsReadable(this.state(ConnectorState))
})

Then('the build identity names the app', function (this: AcceptanceWorld) {
  return app.expectAppNamed(this.state(ConnectorState))
})
