import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { PATIENT } from '../../support/services/connector/patience'
import { ConnectorState } from '../../support/services/connector/state'
import * as app from '../../support/services/connector/tasks/app'
import * as forms from '../../support/services/connector/tasks/forms'
import type { AcceptanceWorld } from '../../support/world'

When('{person} tests the login', PATIENT, function (this: AcceptanceWorld, _who: PersonName) {
  return forms.testLogin(this.state(ConnectorState))
})

When('{person} tries to test the login', PATIENT, function (this: AcceptanceWorld, _who: PersonName) {
  return forms.tryToTestLogin(this.state(ConnectorState))
})

Then('the connector can log in', PATIENT, function (this: AcceptanceWorld) {
  return forms.expectLoggedIn(this.state(ConnectorState))
})

When('{person} checks the set-up', PATIENT, function (this: AcceptanceWorld, _who: PersonName) {
  return forms.checkSetUp(this.state(ConnectorState))
})

When('{person} checks the {check} only', PATIENT, function (this: AcceptanceWorld, _who: PersonName, check: string) {
  return forms.checkOnly(this.state(ConnectorState), check)
})

Then('the set-up is {verdict}', PATIENT, function (this: AcceptanceWorld, verdict: string) {
  return forms.expectVerdict(this.state(ConnectorState), verdict)
})

Then('the check of the {check} passes', PATIENT, function (this: AcceptanceWorld, check: string) {
  return forms.expectCheck(this.state(ConnectorState), check, true)
})

Then('the check of the {check} fails for {string}', PATIENT, function (this: AcceptanceWorld, check: string, about: string) {
  return forms.expectCheck(this.state(ConnectorState), check, false, about)
})

Then('the {check} alone was checked', PATIENT, function (this: AcceptanceWorld, check: string) {
  return forms.expectChecks(this.state(ConnectorState), [check])
})

When('{person} lists the schemas', PATIENT, function (this: AcceptanceWorld, _who: PersonName) {
  return forms.listSchemas(this.state(ConnectorState))
})

When('{person} tries to list the schemas', PATIENT, function (this: AcceptanceWorld, _who: PersonName) {
  return forms.tryToListSchemas(this.state(ConnectorState))
})

Then('{schemas} are among the schemas', PATIENT, function (this: AcceptanceWorld, schemas: string[]) {
  return forms.expectSchemas(this.state(ConnectorState), schemas)
})

Then('the app is up', PATIENT, function (this: AcceptanceWorld) {
  return app.expectHealthy(this.state(ConnectorState))
})

Then('every form of the app can be read', PATIENT, function (this: AcceptanceWorld) {
  return app.expectFormsReadable(this.state(ConnectorState))
})
