import { Given, Then, When } from '@cucumber/cucumber'
import type { Presence } from '../../support/chat/adapter'
import { ChatScene } from '../../support/chat/state'
import type { PersonName } from '../../support/parameter-types'
import type { Pass, Wishes } from '../../support/services/slack/parameter-types'
import * as channels from '../../support/services/slack/tasks/channels'
import * as inbound from '../../support/services/slack/tasks/inbound'
import * as people from '../../support/services/slack/tasks/people'
import * as slack from '../../support/services/slack/tasks/slack'
import type { AcceptanceWorld } from '../../support/world'

Given('{circumstance}', function (this: AcceptanceWorld, wishes: Wishes) {
  return slack.arrange(this.scene(ChatScene), wishes)
})

Given('Ada’s token has {ending}', function (this: AcceptanceWorld, state: string) {
  return slack.endToken(this.scene(ChatScene), state)
})

When('Ada tries to sign in', function (this: AcceptanceWorld) {
  return slack.tryToSignIn(this.scene(ChatScene))
})

When('Ada tries to sign in with {pass}', function (this: AcceptanceWorld, pass: Pass) {
  return slack.tryPass(this.scene(ChatScene), pass)
})

When('Ada tries to send a layout that Slack does not know', function (this: AcceptanceWorld) {
  return slack.tryToSendBadLayout(this.scene(ChatScene))
})

When('Ada tries to change {string} to more than it may hold', function (this: AcceptanceWorld, text: string) {
  return slack.tryToChangeToTooMuch(this.scene(ChatScene), text)
})

When('Ada calls on {audience} with {string}', function (this: AcceptanceWorld, audience: string, text: string) {
  return slack.callOut(this.scene(ChatScene), audience, text)
})

Then('{string} calls on {audience}', function (this: AcceptanceWorld, text: string, audience: string) {
  return slack.expectCalledOut(this.scene(ChatScene), text, audience)
})

When('Ada replies to {string} for all to see with {string}', function (this: AcceptanceWorld, text: string, answer: string) {
  return slack.replyToAll(this.scene(ChatScene), text, answer)
})

Then('{string} stands in the channel and below {string}', function (this: AcceptanceWorld, answer: string, text: string) {
  return slack.expectInBoth(this.scene(ChatScene), answer, text)
})

Given('there is a channel that Ada is not in', function (this: AcceptanceWorld) {
  return channels.findChannelWithoutAda(this.scene(ChatScene))
})

When('Ada tries to read what was said there', function (this: AcceptanceWorld) {
  return channels.tryToReadThere(this.scene(ChatScene))
})

Given('{person} has joined the channel', function (this: AcceptanceWorld, who: PersonName) {
  return channels.bringIn(this.scene(ChatScene), who)
})

When('Ada tries to reply to the news that somebody joined', function (this: AcceptanceWorld) {
  return channels.tryToReplyToArrival(this.scene(ChatScene))
})

Then('{string} counts {int} replies', function (this: AcceptanceWorld, text: string, count: number) {
  return slack.expectReplyCount(this.scene(ChatScene), text, count)
})

Then('there is a link to {string}', function (this: AcceptanceWorld, text: string) {
  return slack.expectLink(this.scene(ChatScene), text)
})

When('Ada tries to react to {string} with an emoji nobody knows', function (this: AcceptanceWorld, text: string) {
  return slack.tryUnknownEmoji(this.scene(ChatScene), text)
})

Then('{string} came from {person}', function (this: AcceptanceWorld, text: string, whom: PersonName) {
  return inbound.expectSpeaker(this.scene(ChatScene), text, whom)
})

When('Ada hangs up', function (this: AcceptanceWorld) {
  return inbound.hangUp(this.scene(ChatScene))
})

Then('Slack has no line to Ada any more', function (this: AcceptanceWorld) {
  return inbound.expectNoLine(this.scene(ChatScene))
})

When('Slack {renewal}', function (this: AcceptanceWorld, reason: string) {
  return inbound.endConnection(this.scene(ChatScene), reason)
})

Then('Ada is marked as {presence}', function (this: AcceptanceWorld, presence: Presence) {
  return people.expectMark(this.scene(ChatScene), presence)
})

Given('{person} is {presence}', function (this: AcceptanceWorld, whom: PersonName, presence: Presence) {
  return people.bePresent(this.scene(ChatScene), whom, presence)
})

When('Ada tries to show as asleep', function (this: AcceptanceWorld) {
  return people.tryUnknownPresence(this.scene(ChatScene))
})

When('Ada tries to show the status {string}', function (this: AcceptanceWorld, text: string) {
  return people.tryStatusAsBot(this.scene(ChatScene), text)
})

When('Ben shows the status {string}', function (this: AcceptanceWorld, text: string) {
  return people.showStatus(this.scene(ChatScene), text)
})

Then('others see Ben’s status {string}', function (this: AcceptanceWorld, text: string) {
  return people.expectStatus(this.scene(ChatScene), text)
})

Then('Ada knows what there is to know of {person}', function (this: AcceptanceWorld, whom: PersonName) {
  return people.expectKnown(this.scene(ChatScene), whom)
})

Then('Ada knows what there is to know of the channel', function (this: AcceptanceWorld) {
  return people.expectChannelKnown(this.scene(ChatScene))
})
