import { Then, When } from '@cucumber/cucumber'
import type { Excess } from '../../support/services/symphony/parameter-types'
import { SymphonyState } from '../../support/services/symphony/state'
import * as messages from '../../support/services/symphony/tasks/messages'
import type { AcceptanceWorld } from '../../support/world'

When('Ada sends {string} in MessageML:', function (this: AcceptanceWorld, title: string, markup: string) {
  return messages.sendMessageML(this.state(SymphonyState), title, markup)
})

When('Ada tries to send this MessageML:', function (this: AcceptanceWorld, message: string) {
  return messages.tryToSendMessageML(this.state(SymphonyState), message)
})

When('Ada tries to send MessageML {excess}', function (this: AcceptanceWorld, excess: Excess) {
  return messages.tryOversized(this.state(SymphonyState), excess)
})

Then('Ada cannot react to {string}', function (this: AcceptanceWorld, title: string) {
  return messages.expectNoReactions(this.state(SymphonyState), title)
})

When('Ada replies to {string} with {string} in a card', function (this: AcceptanceWorld, text: string, reply: string) {
  return messages.replyInCard(this.state(SymphonyState), text, reply)
})

When('Ada forwards {string} as {string} in a card', function (this: AcceptanceWorld, text: string, as: string) {
  return messages.forwardInCard(this.state(SymphonyState), text, as)
})
