import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { OrbitalScene } from '../../support/services/orbital/state'
import * as deliveries from '../../support/services/orbital/tasks/deliveries'
import * as events from '../../support/services/orbital/tasks/events'
import * as kept from '../../support/services/orbital/tasks/kept'
import type { AcceptanceWorld } from '../../support/world'

When('{person} goes {courierStatus}', function (this: AcceptanceWorld, who: PersonName, status: string) {
  return deliveries.setStatus(this.scene(OrbitalScene), who, status)
})

When('{person} tries to go {courierStatus}', function (this: AcceptanceWorld, who: PersonName, status: string) {
  return deliveries.tryToSetStatus(this.scene(OrbitalScene), who, status)
})

When('{person} tries to go {string}', function (this: AcceptanceWorld, who: PersonName, status: string) {
  return deliveries.tryToSetStatus(this.scene(OrbitalScene), who, status)
})

Then('{person} is shown as {courierStatus}', function (this: AcceptanceWorld, who: PersonName, status: string) {
  return kept.expectStatus(this.scene(OrbitalScene), who, status)
})

Then(
  'other services learn that {person} went from {courierStatus} to {courierStatus}',
  function (this: AcceptanceWorld, who: PersonName, from: string, to: string) {
    return events.expectStatusTold(this.scene(OrbitalScene), who, from, to)
  },
)

Given('{person} is delivering {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return deliveries.seedDelivery(this.scene(OrbitalScene), title, who)
})

When('{string} is assigned to {person}', function (this: AcceptanceWorld, title: string, who: PersonName) {
  return deliveries.assign(this.scene(OrbitalScene), title, who)
})

When('{string} is assigned to {person} twice', function (this: AcceptanceWorld, title: string, who: PersonName) {
  return deliveries.assign(this.scene(OrbitalScene), title, who, 2)
})

When('an assignment {badAssignment} comes', function (this: AcceptanceWorld, how: string) {
  return deliveries.assignBadly(this.scene(OrbitalScene), how)
})

Then('it lies among the dead letters', function (this: AcceptanceWorld) {
  return deliveries.expectDeadLetter(this.scene(OrbitalScene))
})

Then('{person} can still be given {string}', async function (this: AcceptanceWorld, who: PersonName, title: string) {
  await deliveries.assign(this.scene(OrbitalScene), title, who)
  await deliveries.expectDelivery(this.scene(OrbitalScene), who, title, 'assigned')
})

Then('{person} sees that {string} is {word}', function (this: AcceptanceWorld, who: PersonName, title: string, status: string) {
  return deliveries.expectDelivery(this.scene(OrbitalScene), who, title, status)
})

Then('{person} has {int} delivery/deliveries', function (this: AcceptanceWorld, who: PersonName, count: number) {
  return deliveries.expectDeliveries(this.scene(OrbitalScene), who, count)
})

When('{person} completes/completed {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return deliveries.complete(this.scene(OrbitalScene), who, title)
})

When('{person} tries to complete {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return deliveries.tryToComplete(this.scene(OrbitalScene), who, title)
})

When('{person} tries to look at the delivery {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return deliveries.tryToSee(this.scene(OrbitalScene), who, title)
})

Then('other services learn that {person} completed {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return events.expectCompletionTold(this.scene(OrbitalScene), who, title)
})
