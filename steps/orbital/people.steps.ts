import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { OrbitalState } from '../../support/services/orbital/state'
import * as people from '../../support/services/orbital/tasks/people'
import type { AcceptanceWorld } from '../../support/world'

Given('{person} is a courier who is {courierStatus}', async function (this: AcceptanceWorld, who: PersonName, courier: string) {
  await this.state(OrbitalState).seed(who, { courier })
})

Given('{person} is no courier', async function (this: AcceptanceWorld, who: PersonName) {
  await this.state(OrbitalState).seed(who)
})

Given('the account of {person} is switched off', async function (this: AcceptanceWorld, who: PersonName) {
  await this.state(OrbitalState).seed(who, { isActive: false })
})

When('{person} logs in', function (this: AcceptanceWorld, who: PersonName) {
  return people.logIn(this.state(OrbitalState), who)
})

When('{person} tries to log in', function (this: AcceptanceWorld, who: PersonName) {
  return people.tryToLogIn(this.state(OrbitalState), who, {})
})

When('{person} tries to log in with a wrong password', function (this: AcceptanceWorld, who: PersonName) {
  return people.tryToLogIn(this.state(OrbitalState), who, { password: 'not the one' })
})

When('{person} tries to log in with a phone nobody has', function (this: AcceptanceWorld, who: PersonName) {
  return people.tryToLogIn(this.state(OrbitalState), who, { phone: '+15550000000000' })
})

When('{person} tries to log in without a password', function (this: AcceptanceWorld, who: PersonName) {
  return people.tryToLogInWithout(this.state(OrbitalState), who, 'password')
})

When('{person} tries to log in without a phone', function (this: AcceptanceWorld, who: PersonName) {
  return people.tryToLogInWithout(this.state(OrbitalState), who, 'phone')
})

Then('the pass shows that she is {person}', function (this: AcceptanceWorld, who: PersonName) {
  return people.expectTokenIs(this.state(OrbitalState), who)
})

Then(
  'the account of {person} shows a courier who is {courierStatus}',
  function (this: AcceptanceWorld, who: PersonName, status: string) {
    return people.expectCourierStatusInAccount(this.state(OrbitalState), who, status)
  },
)

When('{person} tries everything with {flawedPass}', function (this: AcceptanceWorld, who: PersonName, pass: string) {
  return people.tryEverything(this.state(OrbitalState), who, pass)
})

Then('all of it is refused, for nobody knows who she is', function (this: AcceptanceWorld) {
  people.expectAllRefused(this.state(OrbitalState))
})
