import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { PROJECT_STEP_TIMEOUT } from '../../support/services/cocalc/retry'
import { CocalcState } from '../../support/services/cocalc/state'
import * as access from '../../support/services/cocalc/tasks/access'
import type { AcceptanceWorld } from '../../support/world'

When(
  '{person} pings/(has )pinged {target} {times}',
  { timeout: PROJECT_STEP_TIMEOUT },
  function (this: AcceptanceWorld, who: PersonName, target: string, times: number) {
    return access.ping(this.state(CocalcState), who, target, times)
  },
)

Then('{target} responds {times} with the current time', function (this: AcceptanceWorld, target: string, times: number) {
  return access.expectResponses(this.state(CocalcState), target, times)
})

When('a program tries to ping CoCalc with {credential}', function (this: AcceptanceWorld, tokenOf: string | undefined) {
  return access.tryPing(this.state(CocalcState), tokenOf)
})

When('{person} queries her own first name', function (this: AcceptanceWorld, who: PersonName) {
  return access.queryFirstName(this.state(CocalcState), who)
})

Then('the query returns the first name of {person}', function (this: AcceptanceWorld, who: PersonName) {
  return access.expectFirstName(this.state(CocalcState), who)
})
