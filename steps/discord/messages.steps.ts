import { Given, Then, When } from '@cucumber/cucumber'
import { ChatScene } from '../../support/chat/state'
import * as messages from '../../support/services/discord/tasks/messages'
import type { AcceptanceWorld } from '../../support/world'

When('Ada replies to {string} all the same with {string}', function (this: AcceptanceWorld, text: string, answer: string) {
  return messages.replyAllTheSame(this.scene(ChatScene), text, answer)
})

Then('{string} stands there as a message of its own', function (this: AcceptanceWorld, text: string) {
  return messages.expectNoReply(this.scene(ChatScene), text)
})

Then('{string} reports the thread {string}', function (this: AcceptanceWorld, text: string, thread: string) {
  return messages.expectThreadSeen(this.scene(ChatScene), text, thread)
})

Then('the thread {string} closes after an hour of silence', function (this: AcceptanceWorld, thread: string) {
  return messages.expectClosesAfterAnHour(this.scene(ChatScene), thread)
})

When('Ada reads the {int} messages around {string}', function (this: AcceptanceWorld, limit: number, text: string) {
  return messages.readAround(this.scene(ChatScene), limit, text)
})

Given('the channel takes {int} messages in {int} milliseconds', function (this: AcceptanceWorld, count: number, window: number) {
  return messages.limit(this.scene(ChatScene), count, window)
})

When('Ada sends {int} messages at once', function (this: AcceptanceWorld, count: number) {
  return messages.flood(this.scene(ChatScene), count)
})

Then('all {int} of them are there, each once', function (this: AcceptanceWorld, count: number) {
  return messages.expectAllThere(this.scene(ChatScene), count)
})
