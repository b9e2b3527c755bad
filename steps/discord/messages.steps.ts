import { Given, Then, When } from '@cucumber/cucumber'
import { ChatState } from '../../support/chat/state'
import * as messages from '../../support/services/discord/tasks/messages'
import type { AcceptanceWorld } from '../../support/world'

When('Ada replies to {string} all the same with {string}', function (this: AcceptanceWorld, text: string, answer: string) {
  return messages.replyAllTheSame(this.state(ChatState), text, answer)
})

Then('{string} stands there as a message of its own', function (this: AcceptanceWorld, text: string) {
  return messages.expectNoReply(this.state(ChatState), text)
})

Then('{string} reports the thread {string}', function (this: AcceptanceWorld, text: string, thread: string) {
  return messages.expectThreadSeen(this.state(ChatState), text, thread)
})

Then('the thread {string} closes after an hour of silence', function (this: AcceptanceWorld, thread: string) {
  return messages.expectClosesAfterAnHour(this.state(ChatState), thread)
})

When('Ada reads the {int} messages around {string}', function (this: AcceptanceWorld, limit: number, text: string) {
  return messages.readAround(this.state(ChatState), limit, text)
})

Given('the channel takes {int} messages in {int} milliseconds', function (this: AcceptanceWorld, count: number, window: number) {
  return messages.limit(this.state(ChatState), count, window)
})

When('Ada sends {int} messages at once', function (this: AcceptanceWorld, count: number) {
  return messages.flood(this.state(ChatState), count)
})

Then('all {int} of them are there, each once', function (this: AcceptanceWorld, count: number) {
  return messages.expectAllThere(this.state(ChatState), count)
})
