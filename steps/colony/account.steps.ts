import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyScene } from '../../support/services/colony/state'
import * as account from '../../support/services/colony/tasks/account'
import type { AcceptanceWorld } from '../../support/world'

Given("{person}'s token has expired", function (this: AcceptanceWorld, who: PersonName) {
  return account.expireToken(this.scene(ColonyScene), who)
})

When('{person} looks at the own profile', function (this: AcceptanceWorld, who: PersonName) {
  return account.lookAtOwnProfile(this.scene(ColonyScene), who)
})

When('{person} looks at the own profile {int} times at once', function (this: AcceptanceWorld, who: PersonName, times: number) {
  return account.lookAtOwnProfileAtOnce(this.scene(ColonyScene), who, times)
})

Then("it is {person}'s profile", function (this: AcceptanceWorld, who: PersonName) {
  return account.expectOwnProfile(this.scene(ColonyScene), who)
})

Then('{person} knows how many calls are left', function (this: AcceptanceWorld, who: PersonName) {
  return account.expectCallsLeft(this.scene(ColonyScene), who)
})

Given('{person} is new and has {int} karma', function (this: AcceptanceWorld, who: PersonName, karma: number) {
  return account.makeNewcomer(this.scene(ColonyScene), who, karma)
})
