import { Given, Then, When } from '@cucumber/cucumber'
import { ChatState } from '../../support/chat/state'
import * as messages from '../../support/services/discord/tasks/messages'
import type { AcceptanceWorld } from '../../support/world'

When(
  'Ada replies to {string} with {string}, even if the message is deleted',
  function (this: AcceptanceWorld, to: string, text: string) {
    return messages.replyEvenIfDeleted(this.state(ChatState), to, text)
  },
)

Then('{string} is not a reply', function (this: AcceptanceWorld, text: string) {
  return messages.expectNoReply(this.state(ChatState), text)
})

Then('{string} links to the thread {string}', function (this: AcceptanceWorld, text: string, thread: string) {
  return messages.expectThreadLinked(this.state(ChatState), text, thread)
})

Then(
  'the thread {string} is archived after {int} minutes of inactivity',
  function (this: AcceptanceWorld, thread: string, minutes: number) {
    return messages.expectAutoArchive(this.state(ChatState), thread, minutes)
  },
)

Given('the rate limit is {int} messages in {int} milliseconds', function (this: AcceptanceWorld, count: number, window: number) {
  return messages.limit(this.state(ChatState), count, window)
})

When('Ada sends {int} messages at once', function (this: AcceptanceWorld, count: number) {
  return messages.sendMany(this.state(ChatState), count)
})

Then('all {int} messages are in the channel exactly once', function (this: AcceptanceWorld, count: number) {
  return messages.expectAllSent(this.state(ChatState), count)
})
