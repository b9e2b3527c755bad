import { type DataTable, Given, Then, When } from '@cucumber/cucumber'
import { ChatState } from '../../support/chat/state'
import * as messages from '../../support/chat/tasks/messages'
import { say } from '../../support/chat/tasks/send'
import type { PersonName } from '../../support/parameter-types'
import type { AcceptanceWorld } from '../../support/world'

When('{person} sends {string}', async function (this: AcceptanceWorld, who: PersonName, text: string) {
  await say(this.state(ChatState), who, text)
})

Given('{person} has sent {string}', async function (this: AcceptanceWorld, who: PersonName, text: string) {
  await say(this.state(ChatState), who, text)
})

Given('Ada has sent, one after the other:', async function (this: AcceptanceWorld, texts: DataTable) {
  for (const [text = ''] of texts.raw()) await say(this.state(ChatState), 'Ada', text)
})

When('Ada sends {string} with these parts:', function (this: AcceptanceWorld, title: string, parts: DataTable) {
  return messages.sayFormatted(this.state(ChatState), title, parts.raw())
})

When('Ada shows the table {string}:', function (this: AcceptanceWorld, title: string, rows: DataTable) {
  return messages.showTable(this.state(ChatState), title, rows.raw())
})

When('Ada sends {string} at the greatest length there is', function (this: AcceptanceWorld, title: string) {
  return messages.sayMuch(this.state(ChatState), title)
})

When('Ada changes {string} to {string}', function (this: AcceptanceWorld, text: string, newText: string) {
  return messages.change(this.state(ChatState), text, newText)
})

When('Ada takes {string} back', function (this: AcceptanceWorld, text: string) {
  return messages.takeBack(this.state(ChatState), text)
})

When('Ada tries to send {string}', function (this: AcceptanceWorld, text: string) {
  return messages.trySay(this.state(ChatState), text)
})

When('Ada tries to send nothing', function (this: AcceptanceWorld) {
  return messages.trySayNothing(this.state(ChatState))
})

When('Ada tries to send more than a message may hold', function (this: AcceptanceWorld) {
  return messages.trySayTooMuch(this.state(ChatState))
})

When('Ada tries to send something to a channel that never was', function (this: AcceptanceWorld) {
  return messages.trySayNowhere(this.state(ChatState))
})

When('Ada tries to change {string}', function (this: AcceptanceWorld, text: string) {
  return messages.tryToChange(this.state(ChatState), text)
})

When('Ada tries to change a message that never was', function (this: AcceptanceWorld) {
  return messages.tryToChangeNothing(this.state(ChatState))
})

When('Ada tries to take {string} back', function (this: AcceptanceWorld, text: string) {
  return messages.tryToTakeBack(this.state(ChatState), text)
})

Then('{string} reads as it was sent', function (this: AcceptanceWorld, text: string) {
  return messages.expectAsSent(this.state(ChatState), text)
})

Then('{string} shows everything as it was meant', function (this: AcceptanceWorld, text: string) {
  return messages.expectFormatted(this.state(ChatState), text)
})

Then('{string} can be read in plain words', function (this: AcceptanceWorld, text: string) {
  return messages.expectReadablePlainly(this.state(ChatState), text)
})

Then('{string} is shown as edited', function (this: AcceptanceWorld, text: string) {
  return messages.expectEdited(this.state(ChatState), text)
})

Then('{string} is gone', function (this: AcceptanceWorld, text: string) {
  return messages.expectGone(this.state(ChatState), text)
})
