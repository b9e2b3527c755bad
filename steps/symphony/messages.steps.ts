import { type DataTable, Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { SymphonyState } from '../../support/services/symphony/state'
import * as inbound from '../../support/services/symphony/tasks/inbound'
import * as messages from '../../support/services/symphony/tasks/messages'
import type { AcceptanceWorld } from '../../support/world'

When('Ada writes {string} in MessageML:', function (this: AcceptanceWorld, title: string, markup: string) {
  return messages.write(this.state(SymphonyState), title, markup)
})

When('Ada tries to write in MessageML:', function (this: AcceptanceWorld, message: string) {
  return messages.tryToWrite(this.state(SymphonyState), message)
})

When('Ada tries to write more than MessageML may hold', function (this: AcceptanceWorld) {
  return messages.tryTooLong(this.state(SymphonyState))
})

When('Ada tries to mention {person} more often than MessageML may', function (this: AcceptanceWorld, whom: PersonName) {
  return messages.tryTooManyMentions(this.state(SymphonyState), whom)
})

Then('{string} shows these parts:', function (this: AcceptanceWorld, title: string, parts: DataTable) {
  return messages.expectParts(this.state(SymphonyState), title, parts.raw())
})

Then('{string} names {person} in full', function (this: AcceptanceWorld, title: string, whom: PersonName) {
  return messages.expectNamed(this.state(SymphonyState), title, whom)
})

Then('Ada cannot react to {string}', function (this: AcceptanceWorld, title: string) {
  return messages.expectNoReactions(this.state(SymphonyState), title)
})

When('Ada replies to {string} with {string} in a card', function (this: AcceptanceWorld, text: string, answer: string) {
  return messages.answerInCard(this.state(SymphonyState), text, answer)
})

When('Ada forwards {string} as {string} in a card', function (this: AcceptanceWorld, text: string, as: string) {
  return messages.forwardInCard(this.state(SymphonyState), text, as)
})

Given('the next datafeed read of Ada is cut off', function (this: AcceptanceWorld) {
  return inbound.cutNextReading(this.state(SymphonyState))
})

Given('the pod lost the datafeed of Ada', function (this: AcceptanceWorld) {
  return inbound.loseFeed(this.state(SymphonyState))
})

When(
  '{person} sends {string} about the hashtag {string} and the cashtag {string}',
  function (this: AcceptanceWorld, who: PersonName, text: string, hashtag: string, cashtag: string) {
    return inbound.speakWithTags(this.state(SymphonyState), who, text, { hashtag, cashtag })
  },
)

Then(
  '{string} is about the hashtag {string} and the cashtag {string}',
  function (this: AcceptanceWorld, text: string, hashtag: string, cashtag: string) {
    return inbound.expectHeardTags(this.state(SymphonyState), text, { hashtag, cashtag })
  },
)
