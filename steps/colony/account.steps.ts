import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import * as account from '../../support/services/colony/tasks/account'
import type { AcceptanceWorld } from '../../support/world'

Given("{person}'s token has expired", function (this: AcceptanceWorld, who: PersonName) {
  return account.expireToken(this.state(ColonyState), who)
})

When('{person} looks at the own profile', function (this: AcceptanceWorld, who: PersonName) {
  return account.lookAtOwnProfile(this.state(ColonyState), who)
})

When('{person} looks at the own profile {int} times at once', function (this: AcceptanceWorld, who: PersonName, times: number) {
  return account.lookAtOwnProfileAtOnce(this.state(ColonyState), who, times)
})

Then("it is {person}'s profile", function (this: AcceptanceWorld, who: PersonName) {
  return account.expectOwnProfile(this.state(ColonyState), who)
})

Then('{person} knows how many calls are left', function (this: AcceptanceWorld, who: PersonName) {
  return account.expectCallsLeft(this.state(ColonyState), who)
})

Given('{person} is new and has {int} karma', function (this: AcceptanceWorld, who: PersonName, karma: number) {
  return account.makeNewcomer(this.state(ColonyState), who, karma)
})
