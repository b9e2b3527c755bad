import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import type { PodEvent } from '../../support/services/symphony/parameter-types'
import { SymphonyState } from '../../support/services/symphony/state'
import * as account from '../../support/services/symphony/tasks/account'
import * as credentials from '../../support/services/symphony/tasks/credentials'
import * as people from '../../support/services/symphony/tasks/people'
import * as pod from '../../support/services/symphony/tasks/pod'
import type { AcceptanceWorld } from '../../support/world'

When('Ada signs in to the pod with {proof}', async function (this: AcceptanceWorld, words: string) {
  await credentials.prepare(this.state(SymphonyState), words)
  return account.signIn(this.state(SymphonyState))
})

When('Ada tries to sign in to the pod with {proof}', async function (this: AcceptanceWorld, words: string) {
  await credentials.prepare(this.state(SymphonyState), words)
  return account.tryToSignIn(this.state(SymphonyState))
})

Then('the pod session belongs to Ada', function (this: AcceptanceWorld) {
  return account.expectSignedIn(this.state(SymphonyState))
})

Given('Ada has signed out of the pod', function (this: AcceptanceWorld) {
  return account.signOut(this.state(SymphonyState))
})

When('Ada tries to use the ended session', function (this: AcceptanceWorld) {
  return account.tryEndedSession(this.state(SymphonyState))
})

Then('Ada has a new session', function (this: AcceptanceWorld) {
  return account.expectNewSession(this.state(SymphonyState))
})

Given('Ada lacks the entitlement to {entitlement}', function (this: AcceptanceWorld, what: string) {
  return account.revoke(this.state(SymphonyState), what)
})

Given('the pod {podEvent}', function (this: AcceptanceWorld, event: PodEvent) {
  return pod.bringAbout(this.state(SymphonyState), event)
})

Then('the directory has name, email, company and department of {person}', function (this: AcceptanceWorld, whom: PersonName) {
  return people.expectProfile(this.state(SymphonyState), whom)
})
