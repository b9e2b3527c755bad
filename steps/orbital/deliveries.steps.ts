import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import type { Change } from '../../support/services/orbital/parameter-types'
import { OrbitalState } from '../../support/services/orbital/state'
import * as deliveries from '../../support/services/orbital/tasks/deliveries'
import * as events from '../../support/services/orbital/tasks/events'
import * as stored from '../../support/services/orbital/tasks/stored'
import type { AcceptanceWorld } from '../../support/world'

When('{person} goes {courierStatus}', function (this: AcceptanceWorld, who: PersonName, status: string) {
  return deliveries.setStatus(this.state(OrbitalState), who, status)
})

When('{person} tries to go {requestedStatus}', function (this: AcceptanceWorld, who: PersonName, status: string) {
  return deliveries.tryToSetStatus(this.state(OrbitalState), who, status)
})

Then('{person} is shown as {courierStatus}', function (this: AcceptanceWorld, who: PersonName, status: string) {
  return stored.expectStatus(this.state(OrbitalState), who, status)
})

Then('other services are notified that {person} {change}', function (this: AcceptanceWorld, who: PersonName, change: Change) {
  const state = this.state(OrbitalState)
  return 'completed' in change
    ? events.expectCompletion(state, who, change.completed)
    : events.expectStatusChange(state, who, change.from, change.to)
})

Given('{person} is delivering {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return deliveries.seedDelivery(this.state(OrbitalState), title, who)
})

When('{string} is/was assigned to {person}( again)', function (this: AcceptanceWorld, title: string, who: PersonName) {
  return deliveries.assign(this.state(OrbitalState), title, who)
})

When('{badAssignment} arrives/arrived', function (this: AcceptanceWorld, assignment: string) {
  return deliveries.assignBadly(this.state(OrbitalState), assignment)
})

Then('{badAssignment} is in the dead-letter queue', function (this: AcceptanceWorld, assignment: string) {
  return deliveries.expectDeadLetter(this.state(OrbitalState), assignment)
})

Then(
  '{person} sees that {string} is {deliveryStatus}',
  function (this: AcceptanceWorld, who: PersonName, title: string, status: string) {
    return deliveries.expectDelivery(this.state(OrbitalState), who, title, status)
  },
)

Then(
  '{person} has exactly the deliveries {string} and {string}',
  function (this: AcceptanceWorld, who: PersonName, one: string, other: string) {
    return deliveries.expectDeliveries(this.state(OrbitalState), who, [one, other])
  },
)

When('{person} completes/completed {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return deliveries.complete(this.state(OrbitalState), who, title)
})

When(
  '{person} tries to {deliveryAct} {string}',
  function (this: AcceptanceWorld, who: PersonName, act: 'view' | 'complete', title: string) {
    return deliveries.attempt(this.state(OrbitalState), who, act, title)
  },
)
