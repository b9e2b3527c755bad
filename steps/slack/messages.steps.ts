import { Given, Then, When } from '@cucumber/cucumber'
import { ChatState } from '../../support/chat/state'
import type { PersonName } from '../../support/parameter-types'
import type { Circumstances, HistoryTarget, TokenOf } from '../../support/services/slack/parameter-types'
import * as channels from '../../support/services/slack/tasks/channels'
import * as inbound from '../../support/services/slack/tasks/inbound'
import * as people from '../../support/services/slack/tasks/people'
import * as slack from '../../support/services/slack/tasks/slack'
import type { AcceptanceWorld } from '../../support/world'

Given('{circumstance}', function (this: AcceptanceWorld, circumstances: Circumstances) {
  return slack.arrange(this.state(ChatState), circumstances)
})

Given('the token of Ada {tokenEnd}', function (this: AcceptanceWorld, state: string) {
  return slack.endToken(this.state(ChatState), state)
})

When('Ada tries to sign in with {token}', function (this: AcceptanceWorld, token: TokenOf) {
  return slack.tryToken(this.state(ChatState), token)
})

When('Ada tries to send a message with an unknown block type', function (this: AcceptanceWorld) {
  return slack.tryUnknownBlock(this.state(ChatState))
})

When('Ada reads the last {int} messages in pages of {int}', function (this: AcceptanceWorld, limit: number, size: number) {
  return channels.readInPages(this.state(ChatState), limit, size)
})

When(
  'Ada replies to {string} with {string}, also sent to the channel',
  function (this: AcceptanceWorld, to: string, text: string) {
    return slack.broadcastReply(this.state(ChatState), to, text)
  },
)

Then('{string} is both in the channel and in the thread of {string}', function (this: AcceptanceWorld, text: string, to: string) {
  return slack.expectInBoth(this.state(ChatState), text, to)
})

Then('{string} counts {int} replies', function (this: AcceptanceWorld, text: string, count: number) {
  return slack.expectReplyCount(this.state(ChatState), text, count)
})

Then('the permalink of {string} leads to it', function (this: AcceptanceWorld, text: string) {
  return slack.expectPermalink(this.state(ChatState), text)
})

When('Ada tries to read the history of {historyTarget}', function (this: AcceptanceWorld, target: HistoryTarget) {
  return channels.tryToReadHistoryOf(this.state(ChatState), target)
})

Given('{person} joined the channel', function (this: AcceptanceWorld, who: PersonName) {
  return channels.bringIn(this.state(ChatState), who)
})

When('Ada tries to reply to a join message', function (this: AcceptanceWorld) {
  return channels.tryToReplyToJoin(this.state(ChatState))
})

When('Ada closes the connection', function (this: AcceptanceWorld) {
  return inbound.close(this.state(ChatState))
})

Then('Ada has no open connection to Slack', function (this: AcceptanceWorld) {
  return inbound.expectNoConnection(this.state(ChatState))
})

Given('Slack {renewal}', function (this: AcceptanceWorld, reason: string) {
  return inbound.endConnection(this.state(ChatState), reason)
})

When('Ada tries to set the status {string}', function (this: AcceptanceWorld, text: string) {
  return people.tryStatusAsBot(this.state(ChatState), text)
})

When('Ben sets the status {string}', function (this: AcceptanceWorld, text: string) {
  return people.setBensStatus(this.state(ChatState), text)
})

Then('others see the status {string} of Ben', function (this: AcceptanceWorld, text: string) {
  return people.expectStatus(this.state(ChatState), text)
})

Then('the profile of {person} has a name, a time zone and no bot flag', function (this: AcceptanceWorld, whom: PersonName) {
  return people.expectProfile(this.state(ChatState), whom)
})

Then('the channel is active and has Ada as a member', function (this: AcceptanceWorld) {
  return people.expectActiveChannel(this.state(ChatState))
})
