import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { OrbitalState } from '../../support/services/orbital/state'
import * as deliveries from '../../support/services/orbital/tasks/deliveries'
import * as events from '../../support/services/orbital/tasks/events'
import * as kept from '../../support/services/orbital/tasks/kept'
import type { AcceptanceWorld } from '../../support/world'

When('{person} goes {courierStatus}', function (this: AcceptanceWorld, who: PersonName, status: string) {
  return deliveries.setStatus(this.state(OrbitalState), who, status)
})

When('{person} tries to go {courierStatus}', function (this: AcceptanceWorld, who: PersonName, status: string) {
  return deliveries.tryToSetStatus(this.state(OrbitalState), who, status)
})

When('{person} tries to go {string}', function (this: AcceptanceWorld, who: PersonName, status: string) {
  return deliveries.tryToSetStatus(this.state(OrbitalState), who, status)
})

Then('{person} is shown as {courierStatus}', function (this: AcceptanceWorld, who: PersonName, status: string) {
  return kept.expectStatus(this.state(OrbitalState), who, status)
})

Then(
  'other services learn that {person} went from {courierStatus} to {courierStatus}',
  function (this: AcceptanceWorld, who: PersonName, from: string, to: string) {
    return events.expectStatusTold(this.state(OrbitalState), who, from, to)
  },
)

Given('{person} is delivering {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return deliveries.seedDelivery(this.state(OrbitalState), title, who)
})

When('{string} is assigned to {person}', function (this: AcceptanceWorld, title: string, who: PersonName) {
  return deliveries.assign(this.state(OrbitalState), title, who)
})

When('{string} is assigned to {person} twice', function (this: AcceptanceWorld, title: string, who: PersonName) {
  return deliveries.assign(this.state(OrbitalState), title, who, 2)
})

When('an assignment {badAssignment} comes', function (this: AcceptanceWorld, how: string) {
  return deliveries.assignBadly(this.state(OrbitalState), how)
})

Then('it lies among the dead letters', function (this: AcceptanceWorld) {
  return deliveries.expectDeadLetter(this.state(OrbitalState))
})

Then('{person} can still be given {string}', async function (this: AcceptanceWorld, who: PersonName, title: string) {
  await deliveries.assign(this.state(OrbitalState), title, who)
  await deliveries.expectDelivery(this.state(OrbitalState), who, title, 'assigned')
})

Then('{person} sees that {string} is {word}', function (this: AcceptanceWorld, who: PersonName, title: string, status: string) {
  return deliveries.expectDelivery(this.state(OrbitalState), who, title, status)
})

Then('{person} has {int} delivery/deliveries', function (this: AcceptanceWorld, who: PersonName, count: number) {
  return deliveries.expectDeliveries(this.state(OrbitalState), who, count)
})

When('{person} completes/completed {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return deliveries.complete(this.state(OrbitalState), who, title)
})

When('{person} tries to complete {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return deliveries.tryToComplete(this.state(OrbitalState), who, title)
})

When('{person} tries to look at the delivery {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return deliveries.tryToSee(this.state(OrbitalState), who, title)
})

Then('other services learn that {person} completed {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return events.expectCompletionTold(this.state(OrbitalState), who, title)
})
