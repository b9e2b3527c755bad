import { Given, Then, When } from '@cucumber/cucumber'
import type { Presence } from '../../support/chat/adapter'
import { ChatState } from '../../support/chat/state'
import type { PersonName } from '../../support/parameter-types'
import type { Pass, Wishes } from '../../support/services/slack/parameter-types'
import * as channels from '../../support/services/slack/tasks/channels'
import * as inbound from '../../support/services/slack/tasks/inbound'
import * as people from '../../support/services/slack/tasks/people'
import * as slack from '../../support/services/slack/tasks/slack'
import type { AcceptanceWorld } from '../../support/world'

Given('{circumstance}', function (this: AcceptanceWorld, wishes: Wishes) {
  return slack.arrange(this.state(ChatState), wishes)
})

Given('Ada’s token has {ending}', function (this: AcceptanceWorld, state: string) {
  return slack.endToken(this.state(ChatState), state)
})

When('Ada tries to sign in', function (this: AcceptanceWorld) {
  return slack.tryToSignIn(this.state(ChatState))
})

When('Ada tries to sign in with {pass}', function (this: AcceptanceWorld, pass: Pass) {
  return slack.tryPass(this.state(ChatState), pass)
})

When('Ada tries to send a layout that Slack does not know', function (this: AcceptanceWorld) {
  return slack.tryToSendBadLayout(this.state(ChatState))
})

When('Ada tries to change {string} to more than it may hold', function (this: AcceptanceWorld, text: string) {
  return slack.tryToChangeToTooMuch(this.state(ChatState), text)
})

When('Ada calls on {audience} with {string}', function (this: AcceptanceWorld, audience: string, text: string) {
  return slack.callOut(this.state(ChatState), audience, text)
})

Then('{string} calls on {audience}', function (this: AcceptanceWorld, text: string, audience: string) {
  return slack.expectCalledOut(this.state(ChatState), text, audience)
})

When('Ada replies to {string} for all to see with {string}', function (this: AcceptanceWorld, text: string, answer: string) {
  return slack.replyToAll(this.state(ChatState), text, answer)
})

Then('{string} stands in the channel and below {string}', function (this: AcceptanceWorld, answer: string, text: string) {
  return slack.expectInBoth(this.state(ChatState), answer, text)
})

Given('there is a channel that Ada is not in', function (this: AcceptanceWorld) {
  return channels.findChannelWithoutAda(this.state(ChatState))
})

When('Ada tries to read what was said there', function (this: AcceptanceWorld) {
  return channels.tryToReadThere(this.state(ChatState))
})

Given('{person} has joined the channel', function (this: AcceptanceWorld, who: PersonName) {
  return channels.bringIn(this.state(ChatState), who)
})

When('Ada tries to reply to the news that somebody joined', function (this: AcceptanceWorld) {
  return channels.tryToReplyToArrival(this.state(ChatState))
})

Then('{string} counts {int} replies', function (this: AcceptanceWorld, text: string, count: number) {
  return slack.expectReplyCount(this.state(ChatState), text, count)
})

Then('there is a link to {string}', function (this: AcceptanceWorld, text: string) {
  return slack.expectLink(this.state(ChatState), text)
})

When('Ada tries to react to {string} with an emoji nobody knows', function (this: AcceptanceWorld, text: string) {
  return slack.tryUnknownEmoji(this.state(ChatState), text)
})

Then('{string} came from {person}', function (this: AcceptanceWorld, text: string, whom: PersonName) {
  return inbound.expectSpeaker(this.state(ChatState), text, whom)
})

When('Ada hangs up', function (this: AcceptanceWorld) {
  return inbound.close(this.state(ChatState))
})

Then('Slack has no line to Ada any more', function (this: AcceptanceWorld) {
  return inbound.expectNoLine(this.state(ChatState))
})

When('Slack {renewal}', function (this: AcceptanceWorld, reason: string) {
  return inbound.endConnection(this.state(ChatState), reason)
})

Then('Ada is marked as {presence}', function (this: AcceptanceWorld, presence: Presence) {
  return people.expectMark(this.state(ChatState), presence)
})

Given('{person} is {presence}', function (this: AcceptanceWorld, whom: PersonName, presence: Presence) {
  return people.bePresent(this.state(ChatState), whom, presence)
})

When('Ada tries to show as asleep', function (this: AcceptanceWorld) {
  return people.tryUnknownPresence(this.state(ChatState))
})

When('Ada tries to show the status {string}', function (this: AcceptanceWorld, text: string) {
  return people.tryStatusAsBot(this.state(ChatState), text)
})

When('Ben shows the status {string}', function (this: AcceptanceWorld, text: string) {
  return people.showStatus(this.state(ChatState), text)
})

Then('others see Ben’s status {string}', function (this: AcceptanceWorld, text: string) {
  return people.expectStatus(this.state(ChatState), text)
})

Then('Ada knows what there is to know of {person}', function (this: AcceptanceWorld, whom: PersonName) {
  return people.expectKnown(this.state(ChatState), whom)
})

Then('Ada knows what there is to know of the channel', function (this: AcceptanceWorld) {
  return people.expectChannelKnown(this.state(ChatState))
})
