import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import * as webhooks from '../../support/services/colony/tasks/webhooks'
import type { WebhookFlaw } from '../../support/services/colony/words'
import type { AcceptanceWorld } from '../../support/world'

When(
  '{person} creates/created the webhook {string} for {events}',
  function (this: AcceptanceWorld, who: PersonName, name: string, events: string[]) {
    return webhooks.create(this.state(ColonyState), who, name, events)
  },
)

Given(
  '{person} created a webhook with a receiver for {events}',
  function (this: AcceptanceWorld, who: PersonName, events: string[]) {
    return webhooks.createWithReceiver(this.state(ColonyState), who, events)
  },
)

When(
  '{person} changes the webhook {string} to {string} for {events}',
  function (this: AcceptanceWorld, who: PersonName, name: string, newName: string, events: string[]) {
    return webhooks.change(this.state(ColonyState), who, { name, newName, events })
  },
)

When('{person} tries to create a webhook {webhookFlaw}', function (this: AcceptanceWorld, who: PersonName, flaw: WebhookFlaw) {
  return webhooks.tryToCreate(this.state(ColonyState), who, flaw)
})

Then(
  'the receiver gets one signed event for {event} {string} by {person}',
  function (this: AcceptanceWorld, event: string, title: string, by: PersonName) {
    return webhooks.expectDelivery(this.state(ColonyState), { event, title, by })
  },
)
