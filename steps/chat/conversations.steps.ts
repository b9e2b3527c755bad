import { type DataTable, Given, Then, When } from '@cucumber/cucumber'
import type { Reaction } from '../../support/chat/adapter'
import { ChatScene } from '../../support/chat/state'
import * as history from '../../support/chat/tasks/history'
import * as reactions from '../../support/chat/tasks/reactions'
import * as threads from '../../support/chat/tasks/threads'
import type { PersonName } from '../../support/parameter-types'
import type { AcceptanceWorld } from '../../support/world'

When('Ada puts {reactions} below {string}', function (this: AcceptanceWorld, list: Reaction[], text: string) {
  return reactions.react(this.scene(ChatScene), text, list)
})

Given('Ada has put {reactions} below {string}', function (this: AcceptanceWorld, list: Reaction[], text: string) {
  return reactions.react(this.scene(ChatScene), text, list)
})

When('Ada takes {reactions} off {string}', function (this: AcceptanceWorld, list: Reaction[], text: string) {
  return reactions.unreact(this.scene(ChatScene), text, list)
})

When('Ada tries to put {reactions} below {string}', function (this: AcceptanceWorld, list: Reaction[], text: string) {
  return reactions.tryToReact(this.scene(ChatScene), text, list)
})

When('Ada tries to put {reactions} below a message that never was', function (this: AcceptanceWorld, list: Reaction[]) {
  return reactions.tryToReactToNothing(this.scene(ChatScene), list)
})

When('Ada tries to take {reactions} off {string}', function (this: AcceptanceWorld, list: Reaction[], text: string) {
  return reactions.tryToUnreact(this.scene(ChatScene), text, list)
})

Then('{string} has the reactions {reactions}', function (this: AcceptanceWorld, text: string, list: Reaction[]) {
  return reactions.expectReactions(this.scene(ChatScene), text, list)
})

Then('{string} has no reaction', function (this: AcceptanceWorld, text: string) {
  return reactions.expectNoReaction(this.scene(ChatScene), text)
})

Given('Ada has opened the thread {string} below {string}', function (this: AcceptanceWorld, name: string, text: string) {
  return threads.openThread(this.scene(ChatScene), name, text)
})

When('Ada opens the thread {string} below {string}', function (this: AcceptanceWorld, name: string, text: string) {
  return threads.openThread(this.scene(ChatScene), name, text)
})

When('Ada tries to open the thread {string} below {string}', function (this: AcceptanceWorld, name: string, text: string) {
  return threads.tryToOpenThread(this.scene(ChatScene), name, text)
})

When('{person} says {string} in the thread {string}', sayInThread)
When('{person} has said {string} in the thread {string}', sayInThread)

Then(
  'the thread {string} holds {string} and {string}',
  function (this: AcceptanceWorld, thread: string, one: string, other: string) {
    return threads.expectInThread(this.scene(ChatScene), thread, [one, other])
  },
)

Then('the thread {string} holds {string}', function (this: AcceptanceWorld, thread: string, text: string) {
  return threads.expectInThread(this.scene(ChatScene), thread, [text])
})

Then('the thread {string} hangs below {string}', function (this: AcceptanceWorld, thread: string, text: string) {
  threads.expectThreadBelow(this.scene(ChatScene), thread, text)
})

When('Ada replies to {string} with {string}', function (this: AcceptanceWorld, text: string, answer: string) {
  return threads.reply(this.scene(ChatScene), 'Ada', text, answer)
})

When('Ada tries to reply to {string} with {string}', function (this: AcceptanceWorld, text: string, answer: string) {
  return threads.tryToReply(this.scene(ChatScene), text, answer)
})

Then('{string} is a reply to {string}', function (this: AcceptanceWorld, answer: string, text: string) {
  return threads.expectReply(this.scene(ChatScene), answer, text)
})

When('Ada reads the last {int} messages', function (this: AcceptanceWorld, limit: number) {
  return history.readHistory(this.scene(ChatScene), limit)
})

When('Ada reads the {int} message(s) before {string}', function (this: AcceptanceWorld, limit: number, text: string) {
  return history.readHistory(this.scene(ChatScene), limit, 'before', text)
})

When('Ada reads the {int} message(s) after {string}', function (this: AcceptanceWorld, limit: number, text: string) {
  return history.readHistory(this.scene(ChatScene), limit, 'after', text)
})

When('Ada tries to read the last {int} messages', function (this: AcceptanceWorld, limit: number) {
  return history.tryToReadHistory(this.scene(ChatScene), limit)
})

When('Ada tries to read the history of a channel that never was', function (this: AcceptanceWorld) {
  return history.tryToReadHistoryOfNowhere(this.scene(ChatScene))
})

Then('these are among them, newest first:', function (this: AcceptanceWorld, texts: DataTable) {
  return history.expectShown(this.scene(ChatScene), texts.raw().flat())
})

Then('these are all of them, newest first:', function (this: AcceptanceWorld, texts: DataTable) {
  history.expectExactlyShown(this.scene(ChatScene), texts.raw().flat())
})

Then('there are some, but at most {int}, newest first', function (this: AcceptanceWorld, most: number) {
  history.expectCount(this.scene(ChatScene), most)
})

Then('there are none', function (this: AcceptanceWorld) {
  history.expectNothingShown(this.scene(ChatScene))
})

When('Ada passes {string} on as {string}', function (this: AcceptanceWorld, text: string, as: string) {
  return history.forward(this.scene(ChatScene), text, as)
})

Then('{string} tells where {string} comes from', function (this: AcceptanceWorld, as: string, text: string) {
  return history.expectForwarded(this.scene(ChatScene), as, text)
})

function sayInThread(this: AcceptanceWorld, who: PersonName, text: string, thread: string): Promise<void> {
  return threads.sayInThread(this.scene(ChatScene), who, text, thread)
}
