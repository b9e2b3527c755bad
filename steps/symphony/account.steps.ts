import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { SymphonyState } from '../../support/services/symphony/state'
import * as account from '../../support/services/symphony/tasks/account'
import * as people from '../../support/services/symphony/tasks/people'
import * as proofs from '../../support/services/symphony/tasks/proofs'
import type { AcceptanceWorld } from '../../support/world'

Given('Ada has {proof} to show', function (this: AcceptanceWorld, words: string) {
  return proofs.prepare(this.state(SymphonyState), words)
})

When('Ada signs in to the pod', function (this: AcceptanceWorld) {
  return account.signIn(this.state(SymphonyState))
})

When('Ada tries to sign in to the pod', function (this: AcceptanceWorld) {
  return account.tryToSignIn(this.state(SymphonyState))
})

Then('the pod knows Ada by name', function (this: AcceptanceWorld) {
  return account.expectSignedIn(this.state(SymphonyState))
})

Given('Ada has signed out of the pod', function (this: AcceptanceWorld) {
  return account.signOut(this.state(SymphonyState))
})

When('Ada tries to go on in the old session', function (this: AcceptanceWorld) {
  return account.tryOldSession(this.state(SymphonyState))
})

Given('the session of Ada has run out', function (this: AcceptanceWorld) {
  return account.letSessionRunOut(this.state(SymphonyState))
})

Then('Ada is in a new session', function (this: AcceptanceWorld) {
  return account.expectNewSession(this.state(SymphonyState))
})

Given('the administrator does not let Ada {entitlement}', function (this: AcceptanceWorld, what: string) {
  return account.forbid(this.state(SymphonyState), what)
})

Given('a rule of the pod forbids what Ada says next', function (this: AcceptanceWorld) {
  return account.blockNext(this.state(SymphonyState))
})

Given('the pod has had enough of Ada for a moment', function (this: AcceptanceWorld) {
  return account.limitNext(this.state(SymphonyState))
})

Then('the directory has name, email, company and department of {person}', function (this: AcceptanceWorld, whom: PersonName) {
  return people.expectProfile(this.state(SymphonyState), whom)
})

When('Ada tries to see the presence of an account that does not exist', function (this: AcceptanceWorld) {
  return people.tryPresenceOfNobody(this.state(SymphonyState))
})
