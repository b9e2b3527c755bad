import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import type { Account } from '../../support/services/orbital/parameter-types'
import { OrbitalState } from '../../support/services/orbital/state'
import * as login from '../../support/services/orbital/tasks/login'
import type { AcceptanceWorld } from '../../support/world'

Given('{person} is {employment}', async function (this: AcceptanceWorld, who: PersonName, account: Account) {
  await this.state(OrbitalState).seed(who, account)
})

When('{person} logs in', function (this: AcceptanceWorld, who: PersonName) {
  return login.logIn(this.state(OrbitalState), who)
})

When('{person} tries to log in {loginFlaw}', function (this: AcceptanceWorld, who: PersonName, flaw: string) {
  return login.tryToLogIn(this.state(OrbitalState), who, flaw)
})

Then(
  'the access token identifies {person} as {employment}',
  function (this: AcceptanceWorld, who: PersonName, { courier }: Account) {
    return login.expectTokenOf(this.state(OrbitalState), who, courier)
  },
)

Then('the refusal is the same as for a wrong password', function (this: AcceptanceWorld) {
  login.expectSameAsWrongPassword(this.state(OrbitalState))
})

When('{person} tries every operation with {flawedToken}', function (this: AcceptanceWorld, who: PersonName, token: string) {
  return login.tryEverything(this.state(OrbitalState), who, token)
})

Then('every operation is refused because {reason}', function (this: AcceptanceWorld, words: string) {
  login.expectAllRefused(this.state(OrbitalState), words)
})
