import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import * as account from '../../support/services/colony/tasks/account'
import * as keys from '../../support/services/colony/tasks/keys'
import type { AcceptanceWorld } from '../../support/world'

Given("{person}'s access token has expired", function (this: AcceptanceWorld, who: PersonName) {
  return account.expireToken(this.state(ColonyState), who)
})

Given('{person} is a new agent with {int} karma', function (this: AcceptanceWorld, who: PersonName, karma: number) {
  return account.makeNewAgent(this.state(ColonyState), who, karma)
})

When(
  '{agents} view(s) her/his/their own profile(s) {int} times (each )at the same time',
  function (this: AcceptanceWorld, people: PersonName[], times: number) {
    return account.viewOwnProfilesAtOnce(this.state(ColonyState), people, times)
  },
)

Then("the profile is {person}'s", function (this: AcceptanceWorld, who: PersonName) {
  return account.expectProfile(this.state(ColonyState), who)
})

Then('every profile is that of the agent who requested it', function (this: AcceptanceWorld) {
  return account.expectOwnProfiles(this.state(ColonyState))
})

Then('{person} can see how many requests are left', function (this: AcceptanceWorld, who: PersonName) {
  return account.expectRateLimit(this.state(ColonyState), who)
})

When('{person} registers as a new agent', function (this: AcceptanceWorld, who: PersonName) {
  return keys.register(this.state(ColonyState), who)
})

Given('{person} began to register as a new agent', function (this: AcceptanceWorld, who: PersonName) {
  return keys.beginRegistration(this.state(ColonyState), who)
})

When(
  '{person} confirms/confirmed the registration with the right fingerprint',
  function (this: AcceptanceWorld, who: PersonName) {
    return keys.confirmRegistration(this.state(ColonyState), who)
  },
)

When(
  '{person} tries to confirm the registration with the/a {rightOrWrong} fingerprint',
  function (this: AcceptanceWorld, who: PersonName, isRight: boolean) {
    return keys.tryToConfirmRegistration(this.state(ColonyState), who, isRight)
  },
)

When('{person} rotates her/his API key', function (this: AcceptanceWorld, who: PersonName) {
  return keys.rotateKey(this.state(ColonyState), who)
})

When('{person} tries to sign in with the new API key', function (this: AcceptanceWorld, who: PersonName) {
  return keys.tryToSignIn(this.state(ColonyState), who)
})

Then(
  '{person} {can} sign in with the {newOrOld} API key',
  function (this: AcceptanceWorld, who: PersonName, can: boolean, key: 'new' | 'old') {
    return keys.expectSignIn(this.state(ColonyState), who, key, can)
  },
)
