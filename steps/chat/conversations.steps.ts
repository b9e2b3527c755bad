import { type DataTable, Then, When } from '@cucumber/cucumber'
import type { PlaceKind, Side } from '../../support/chat/parameter-types'
import { ChatState } from '../../support/chat/state'
import * as history from '../../support/chat/tasks/history'
import * as threads from '../../support/chat/tasks/threads'
import type { PersonName } from '../../support/parameter-types'
import type { AcceptanceWorld } from '../../support/world'

When('Ada starts/started the thread {string} on {string}', function (this: AcceptanceWorld, name: string, text: string) {
  return threads.startThread(this.state(ChatState), name, text)
})

When('Ada tries to start the thread {string} on {string}', function (this: AcceptanceWorld, name: string, text: string) {
  return threads.tryToStartThread(this.state(ChatState), name, text)
})

When(
  '{person} sends/sent {string} in the {placeKind} {string}',
  function (this: AcceptanceWorld, who: PersonName, text: string, _kind: PlaceKind, name: string) {
    return threads.sendIn(this.state(ChatState), who, text, name)
  },
)

Then('the thread {string} contains exactly:', function (this: AcceptanceWorld, thread: string, texts: DataTable) {
  return threads.expectInThread(this.state(ChatState), thread, texts.raw().flat())
})

Then('the thread {string} belongs to {string}', function (this: AcceptanceWorld, thread: string, text: string) {
  threads.expectThreadOn(this.state(ChatState), thread, text)
})

When('Ada replies to {string} with {string}', function (this: AcceptanceWorld, to: string, text: string) {
  return threads.reply(this.state(ChatState), to, text)
})

When('Ada tries to reply to {string} with {string}', function (this: AcceptanceWorld, to: string, text: string) {
  return threads.tryToReply(this.state(ChatState), to, text)
})

Then('{string} is a reply to {string}', function (this: AcceptanceWorld, text: string, to: string) {
  return threads.expectReply(this.state(ChatState), text, to)
})

When('Ada reads the last {int} messages', function (this: AcceptanceWorld, limit: number) {
  return history.readHistory(this.state(ChatState), limit)
})

When('Ada reads the {int} message(s) {side} {string}', function (this: AcceptanceWorld, limit: number, side: Side, text: string) {
  return history.readHistory(this.state(ChatState), limit, side, text)
})

When('Ada tries to read the last {int} messages', function (this: AcceptanceWorld, limit: number) {
  return history.tryToReadHistory(this.state(ChatState), limit)
})

Then('the messages include, newest first:', function (this: AcceptanceWorld, texts: DataTable) {
  return history.expectIncluded(this.state(ChatState), texts.raw().flat())
})

Then('the messages are exactly, newest first:', function (this: AcceptanceWorld, texts: DataTable) {
  return history.expectExactly(this.state(ChatState), texts.raw().flat())
})

Then('between 1 and {int} messages are returned, newest first', function (this: AcceptanceWorld, most: number) {
  history.expectCount(this.state(ChatState), most)
})

Then('no messages are returned', function (this: AcceptanceWorld) {
  history.expectNone(this.state(ChatState))
})

When('Ada forwards {string} as {string}', function (this: AcceptanceWorld, text: string, as: string) {
  return history.forward(this.state(ChatState), text, as)
})

Then('{string} shows the text, channel and author of {string}', function (this: AcceptanceWorld, as: string, text: string) {
  return history.expectForwarded(this.state(ChatState), as, text)
})
