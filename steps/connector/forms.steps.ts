import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import type { CheckOutcome, Verdict } from '../../support/services/connector/parameter-types'
import { type CheckMeaning, STEP_TIMEOUT } from '../../support/services/connector/settings'
import { ConnectorState } from '../../support/services/connector/state'
import * as forms from '../../support/services/connector/tasks/forms'
import type { AcceptanceWorld } from '../../support/world'

When('{person} (tries to )test(s) the login', STEP_TIMEOUT, function (this: AcceptanceWorld, _who: PersonName) {
  return forms.testLogin(this.state(ConnectorState))
})

Then('the login succeeds', function (this: AcceptanceWorld) {
  forms.expectLoggedIn(this.state(ConnectorState))
})

When('{person} runs the preflight', STEP_TIMEOUT, function (this: AcceptanceWorld, _who: PersonName) {
  return forms.runPreflight(this.state(ConnectorState))
})

When(
  '{person} runs only the {check} check',
  STEP_TIMEOUT,
  function (this: AcceptanceWorld, _who: PersonName, check: CheckMeaning) {
    return forms.runOnly(this.state(ConnectorState), check)
  },
)

Then('the preflight {verdict}', function (this: AcceptanceWorld, verdict: Verdict) {
  forms.expectVerdict(this.state(ConnectorState), verdict)
})

Then('the {check} check {checkOutcome}', function (this: AcceptanceWorld, check: CheckMeaning, outcome: CheckOutcome) {
  forms.expectCheck(this.state(ConnectorState), check, outcome)
})

Then('only the {check} check was run', function (this: AcceptanceWorld, check: CheckMeaning) {
  forms.expectOnly(this.state(ConnectorState), check)
})

When('{person} (tries to )list(s) the schemas', STEP_TIMEOUT, function (this: AcceptanceWorld, _who: PersonName) {
  return forms.listSchemas(this.state(ConnectorState))
})

Then('the list includes {schemas}', function (this: AcceptanceWorld, schemas: string[]) {
  forms.expectSchemas(this.state(ConnectorState), schemas)
})
