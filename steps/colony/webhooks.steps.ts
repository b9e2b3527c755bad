import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import * as webhooks from '../../support/services/colony/tasks/webhooks'
import type { AcceptanceWorld } from '../../support/world'

When(
  '{person} subscribes {string} to {events}',
  function (this: AcceptanceWorld, who: PersonName, name: string, events: string[]) {
    return webhooks.subscribe(this.state(ColonyState), who, name, events)
  },
)

Given('{person} subscribes a receiver to {events}', function (this: AcceptanceWorld, who: PersonName, events: string[]) {
  return webhooks.subscribeReceiver(this.state(ColonyState), who, events)
})

When(
  '{person} turns {string} into {string} for {events}',
  function (this: AcceptanceWorld, who: PersonName, name: string, newName: string, events: string[]) {
    return webhooks.redirect(this.state(ColonyState), who, name, newName, events)
  },
)

When('{person} ends the subscription {string}', function (this: AcceptanceWorld, who: PersonName, name: string) {
  return webhooks.unsubscribe(this.state(ColonyState), who, name)
})

When('{person} tries to end a subscription that never was', function (this: AcceptanceWorld, who: PersonName) {
  return webhooks.tryToUnsubscribeNobodys(this.state(ColonyState), who)
})

When('{person} tries to subscribe with a secret of five letters', function (this: AcceptanceWorld, who: PersonName) {
  return webhooks.tryToSubscribe(this.state(ColonyState), who, { secret: 'short' })
})

When('{person} tries to subscribe to an event that does not exist', function (this: AcceptanceWorld, who: PersonName) {
  return webhooks.tryToSubscribe(this.state(ColonyState), who, { events: ['sunrise'] })
})

When('{person} tries to subscribe an address inside the house', function (this: AcceptanceWorld, who: PersonName) {
  return webhooks.tryToSubscribe(this.state(ColonyState), who, { origin: 'http://192.168.1.1' })
})

Then('{person} sees the subscription {string} listed', function (this: AcceptanceWorld, who: PersonName, name: string) {
  return webhooks.expectListed(this.state(ColonyState), who, name, true)
})

Then('{person} sees the subscription {string} no longer', function (this: AcceptanceWorld, who: PersonName, name: string) {
  return webhooks.expectListed(this.state(ColonyState), who, name, false)
})

Then('the receiver is told of {event} {string}, signed', function (this: AcceptanceWorld, event: string, title: string) {
  return webhooks.expectDelivery(this.state(ColonyState), event, title)
})
