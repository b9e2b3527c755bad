import { type DataTable, Given, Then, When } from '@cucumber/cucumber'
import type { Reaction } from '../../support/chat/adapter'
import { LONGEST_WAIT_FOR_PERSON } from '../../support/chat/human'
import type { InvalidMessage } from '../../support/chat/parameter-types'
import { ChatState } from '../../support/chat/state'
import * as files from '../../support/chat/tasks/files'
import { sendMessage } from '../../support/chat/tasks/mentions'
import * as messages from '../../support/chat/tasks/messages'
import * as reactions from '../../support/chat/tasks/reactions'
import { expectRead, tryToSend } from '../../support/chat/tasks/send'
import type { PersonName } from '../../support/parameter-types'
import type { AcceptanceWorld } from '../../support/world'

When(
  '{person} sends/sent {string}',
  { timeout: LONGEST_WAIT_FOR_PERSON },
  function (this: AcceptanceWorld, who: PersonName, text: string) {
    return sendMessage(this.state(ChatState), who, text)
  },
)

Given('Ada sent, one after the other:', async function (this: AcceptanceWorld, texts: DataTable) {
  for (const [text = ''] of texts.raw()) await sendMessage(this.state(ChatState), 'Ada', text)
})

When(
  '{person} sends {string} with these parts:',
  { timeout: LONGEST_WAIT_FOR_PERSON },
  function (this: AcceptanceWorld, who: PersonName, title: string, parts: DataTable) {
    return messages.sendFormatted(this.state(ChatState), who, title, parts.raw())
  },
)

Then('{string} shows these parts:', function (this: AcceptanceWorld, title: string, parts: DataTable) {
  return messages.expectParts(this.state(ChatState), title, parts.raw())
})

When('Ada sends {string} with this table:', function (this: AcceptanceWorld, title: string, rows: DataTable) {
  return messages.sendTable(this.state(ChatState), title, rows.raw())
})

When('Ada sends {string}, padded to the maximum length', function (this: AcceptanceWorld, title: string) {
  return messages.sendLongest(this.state(ChatState), title)
})

When('Ada sends {string} with these files:', function (this: AcceptanceWorld, text: string, rows: DataTable) {
  return files.sendWithFiles(this.state(ChatState), text, rows.raw())
})

When('Ada tries to send {string} with these files:', function (this: AcceptanceWorld, text: string, rows: DataTable) {
  return files.trySendWithFiles(this.state(ChatState), text, rows.raw())
})

When('Ada edits {string} to {string}', function (this: AcceptanceWorld, text: string, newText: string) {
  return messages.edit(this.state(ChatState), text, newText)
})

When('Ada deletes/deleted {string}', function (this: AcceptanceWorld, text: string) {
  return messages.deleteMessage(this.state(ChatState), text)
})

When('Ada tries to send {string}', function (this: AcceptanceWorld, text: string) {
  return tryToSend(this.state(ChatState), text)
})

When('Ada tries to send {invalidMessage}', function (this: AcceptanceWorld, which: InvalidMessage) {
  return messages.trySending(this.state(ChatState), which)
})

When(
  'Ada tries to edit {message} to {newText}',
  function (this: AcceptanceWorld, text: string | undefined, newText: string | undefined) {
    return messages.tryToEdit(this.state(ChatState), text, newText)
  },
)

When('Ada tries to delete {string}', function (this: AcceptanceWorld, text: string) {
  return messages.tryToDelete(this.state(ChatState), text)
})

Then('{string} reads as it was sent', function (this: AcceptanceWorld, text: string) {
  return expectRead(this.state(ChatState), text)
})

Then('{string} reads, without any formatting:', function (this: AcceptanceWorld, text: string, parts: DataTable) {
  return messages.expectReadableText(this.state(ChatState), text, parts.raw())
})

Then('{string} can no longer be read', function (this: AcceptanceWorld, text: string) {
  return messages.expectDeleted(this.state(ChatState), text)
})

Then('every file of {string} can be downloaded unchanged', function (this: AcceptanceWorld, text: string) {
  return files.expectFiles(this.state(ChatState), text)
})

When('Ada reacts/reacted to {string} with {reactions}', function (this: AcceptanceWorld, text: string, list: Reaction[]) {
  return reactions.react(this.state(ChatState), text, list)
})

When('Ada removes {reactions} from {string}', function (this: AcceptanceWorld, list: Reaction[], text: string) {
  return reactions.unreact(this.state(ChatState), text, list)
})

When(
  'Ada tries to react to {message} with {reactions}',
  function (this: AcceptanceWorld, text: string | undefined, list: Reaction[]) {
    return reactions.tryToReact(this.state(ChatState), text, list)
  },
)

When('Ada tries to remove {reactions} from {string}', function (this: AcceptanceWorld, list: Reaction[], text: string) {
  return reactions.tryToUnreact(this.state(ChatState), text, list)
})

Then('{string} has exactly these reactions: {reactions}', function (this: AcceptanceWorld, text: string, list: Reaction[]) {
  return reactions.expectReactions(this.state(ChatState), text, list)
})

Then('{string} has no reactions', function (this: AcceptanceWorld, text: string) {
  return reactions.expectReactions(this.state(ChatState), text, [])
})
