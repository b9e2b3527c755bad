import { type DataTable, Given, Then, When } from '@cucumber/cucumber'
import type { Reaction } from '../../support/chat/adapter'
import { ChatState } from '../../support/chat/state'
import * as history from '../../support/chat/tasks/history'
import * as reactions from '../../support/chat/tasks/reactions'
import * as threads from '../../support/chat/tasks/threads'
import type { PersonName } from '../../support/parameter-types'
import type { AcceptanceWorld } from '../../support/world'

When('Ada puts {reactions} below {string}', function (this: AcceptanceWorld, list: Reaction[], text: string) {
  return reactions.react(this.state(ChatState), text, list)
})

Given('Ada has put {reactions} below {string}', function (this: AcceptanceWorld, list: Reaction[], text: string) {
  return reactions.react(this.state(ChatState), text, list)
})

When('Ada takes {reactions} off {string}', function (this: AcceptanceWorld, list: Reaction[], text: string) {
  return reactions.unreact(this.state(ChatState), text, list)
})

When('Ada tries to put {reactions} below {string}', function (this: AcceptanceWorld, list: Reaction[], text: string) {
  return reactions.tryToReact(this.state(ChatState), text, list)
})

When('Ada tries to put {reactions} below a message that never was', function (this: AcceptanceWorld, list: Reaction[]) {
  return reactions.tryToReactToNothing(this.state(ChatState), list)
})

When('Ada tries to take {reactions} off {string}', function (this: AcceptanceWorld, list: Reaction[], text: string) {
  return reactions.tryToUnreact(this.state(ChatState), text, list)
})

Then('{string} has the reactions {reactions}', function (this: AcceptanceWorld, text: string, list: Reaction[]) {
  return reactions.expectReactions(this.state(ChatState), text, list)
})

Then('{string} has no reaction', function (this: AcceptanceWorld, text: string) {
  return reactions.expectNoReaction(this.state(ChatState), text)
})

Given('Ada has opened the thread {string} below {string}', function (this: AcceptanceWorld, name: string, text: string) {
  return threads.openThread(this.state(ChatState), name, text)
})

When('Ada opens the thread {string} below {string}', function (this: AcceptanceWorld, name: string, text: string) {
  return threads.openThread(this.state(ChatState), name, text)
})

When('Ada tries to open the thread {string} below {string}', function (this: AcceptanceWorld, name: string, text: string) {
  return threads.tryToOpenThread(this.state(ChatState), name, text)
})

When('{person} says {string} in the thread {string}', sayInThread)
When('{person} has said {string} in the thread {string}', sayInThread)

Then(
  'the thread {string} holds {string} and {string}',
  function (this: AcceptanceWorld, thread: string, one: string, other: string) {
    return threads.expectInThread(this.state(ChatState), thread, [one, other])
  },
)

Then('the thread {string} holds {string}', function (this: AcceptanceWorld, thread: string, text: string) {
  return threads.expectInThread(this.state(ChatState), thread, [text])
})

Then('the thread {string} hangs below {string}', function (this: AcceptanceWorld, thread: string, text: string) {
  threads.expectThreadBelow(this.state(ChatState), thread, text)
})

When('Ada replies to {string} with {string}', function (this: AcceptanceWorld, text: string, answer: string) {
  return threads.reply(this.state(ChatState), 'Ada', text, answer)
})

When('Ada tries to reply to {string} with {string}', function (this: AcceptanceWorld, text: string, answer: string) {
  return threads.tryToReply(this.state(ChatState), text, answer)
})

Then('{string} is a reply to {string}', function (this: AcceptanceWorld, answer: string, text: string) {
  return threads.expectReply(this.state(ChatState), answer, text)
})

When('Ada reads the last {int} messages', function (this: AcceptanceWorld, limit: number) {
  return history.readHistory(this.state(ChatState), limit)
})

When('Ada reads the {int} message(s) before {string}', function (this: AcceptanceWorld, limit: number, text: string) {
  return history.readHistory(this.state(ChatState), limit, 'before', text)
})

When('Ada reads the {int} message(s) after {string}', function (this: AcceptanceWorld, limit: number, text: string) {
  return history.readHistory(this.state(ChatState), limit, 'after', text)
})

When('Ada tries to read the last {int} messages', function (this: AcceptanceWorld, limit: number) {
  return history.tryToReadHistory(this.state(ChatState), limit)
})

When('Ada tries to read the history of a channel that never was', function (this: AcceptanceWorld) {
  return history.tryToReadHistoryOfNowhere(this.state(ChatState))
})

Then('these are among them, newest first:', function (this: AcceptanceWorld, texts: DataTable) {
  return history.expectShown(this.state(ChatState), texts.raw().flat())
})

Then('these are all of them, newest first:', function (this: AcceptanceWorld, texts: DataTable) {
  history.expectExactlyShown(this.state(ChatState), texts.raw().flat())
})

Then('there are some, but at most {int}, newest first', function (this: AcceptanceWorld, most: number) {
  history.expectCount(this.state(ChatState), most)
})

Then('there are none', function (this: AcceptanceWorld) {
  history.expectNothingShown(this.state(ChatState))
})

When('Ada passes {string} on as {string}', function (this: AcceptanceWorld, text: string, as: string) {
  return history.forward(this.state(ChatState), text, as)
})

Then('{string} tells where {string} comes from', function (this: AcceptanceWorld, as: string, text: string) {
  return history.expectForwarded(this.state(ChatState), as, text)
})

function sayInThread(this: AcceptanceWorld, who: PersonName, text: string, thread: string): Promise<void> {
  return threads.sayInThread(this.state(ChatState), who, text, thread)
}
