import { type DataTable, Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import type { Api } from '../../support/services/connector/client'
import { PATIENT } from '../../support/services/connector/patience'
import { ConnectorState } from '../../support/services/connector/state'
import * as app from '../../support/services/connector/tasks/app'
import * as calls from '../../support/services/connector/tasks/calls'
import type { AcceptanceWorld } from '../../support/world'

When('{person} calls {api}', PATIENT, function (this: AcceptanceWorld, _who: PersonName, api: Api) {
  return calls.call(this.state(ConnectorState), api)
})

When('{person} calls {api} with', PATIENT, function (this: AcceptanceWorld, _who: PersonName, api: Api, table: DataTable) {
  return calls.call(this.state(ConnectorState), api, table.raw())
})

When('{person} looks at the status of the run', PATIENT, function (this: AcceptanceWorld, _who: PersonName) {
  return calls.look(this.state(ConnectorState), 'status')
})

When('{person} looks at the result of the run', PATIENT, function (this: AcceptanceWorld, _who: PersonName) {
  return calls.look(this.state(ConnectorState), 'result')
})

Then('the answer has', PATIENT, function (this: AcceptanceWorld, table: DataTable) {
  return calls.expectAnswer(this.state(ConnectorState), table.raw())
})

When('{person} uploads {string}', PATIENT, function (this: AcceptanceWorld, _who: PersonName, name: string) {
  return app.upload(this.state(ConnectorState), name)
})

When('{person} tries to upload nothing', PATIENT, function (this: AcceptanceWorld, _who: PersonName) {
  return app.tryToUploadNothing(this.state(ConnectorState))
})

When('{person} reads the manifest', PATIENT, function (this: AcceptanceWorld, _who: PersonName) {
  return app.readManifest(this.state(ConnectorState))
})

When(
  '{person} tries to read the manifest of {string}',
  PATIENT,
  function (this: AcceptanceWorld, _who: PersonName, name: string) {
    return app.tryToReadManifest(this.state(ConnectorState), name)
  },
)

Then('no name in it is left open', PATIENT, function (this: AcceptanceWorld) {
  return app.expectResolved(this.state(ConnectorState))
})

When('{person} asks what a run may be given', PATIENT, function (this: AcceptanceWorld, _who: PersonName) {
  return app.readInputContract(this.state(ConnectorState))
})

When(
  '{person} tries to ask what {string} may be given',
  PATIENT,
  function (this: AcceptanceWorld, _who: PersonName, name: string) {
    return app.tryToReadInputContract(this.state(ConnectorState), name)
  },
)

Then('these are among it', PATIENT, function (this: AcceptanceWorld, table: DataTable) {
  return app.expectContractNames(this.state(ConnectorState), table.raw().flat())
})

Given('{string} changed in the source', PATIENT, function (this: AcceptanceWorld, schema: string) {
  return app.rememberChanged(this.state(ConnectorState), schema)
})

When('the app hears of it', PATIENT, function (this: AcceptanceWorld) {
  return app.takeEvent(this.state(ConnectorState), 'source-changed')
})
