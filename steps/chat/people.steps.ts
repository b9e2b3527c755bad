import { Then, When } from '@cucumber/cucumber'
import type { Presence, PresenceRequest } from '../../support/chat/adapter'
import { LONGEST_WAIT_FOR_PERSON } from '../../support/chat/human'
import type { NameKind, NoPartner, UnknownTarget } from '../../support/chat/parameter-types'
import { ChatState } from '../../support/chat/state'
import * as direct from '../../support/chat/tasks/direct'
import * as people from '../../support/chat/tasks/people'
import type { PersonName } from '../../support/parameter-types'
import type { AcceptanceWorld } from '../../support/world'

When('Ada looks up {person} by {nameKind}', function (this: AcceptanceWorld, whom: PersonName, kind: NameKind) {
  return people.lookUp(this.state(ChatState), whom, kind)
})

When('Ada looks up her own account', function (this: AcceptanceWorld) {
  return people.lookUp(this.state(ChatState), 'Ada', 'id')
})

When('Ada looks up a name that no account has', function (this: AcceptanceWorld) {
  return people.lookUpUnknownName(this.state(ChatState))
})

Then('the account of {person} is found', function (this: AcceptanceWorld, whom: PersonName) {
  return people.expectFound(this.state(ChatState), whom)
})

Then('no account is found', function (this: AcceptanceWorld) {
  people.expectNoneFound(this.state(ChatState))
})

Then('{person} is identified as a bot', function (this: AcceptanceWorld, who: PersonName) {
  return people.expectBot(this.state(ChatState), who)
})

When('Ada tries to look up {unknownTarget}', function (this: AcceptanceWorld, target: UnknownTarget) {
  return people.tryToLookUp(this.state(ChatState), target)
})

When('Ada looks up the channel by {nameKind}', function (this: AcceptanceWorld, kind: NameKind) {
  return people.lookUpChannel(this.state(ChatState), kind)
})

Then('the channel of the tests is found', function (this: AcceptanceWorld) {
  return people.expectChannelFound(this.state(ChatState))
})

When(
  '{person} sets/set her/his presence to {presence}',
  { timeout: LONGEST_WAIT_FOR_PERSON },
  function (this: AcceptanceWorld, who: PersonName, presence: Presence) {
    return people.setPresence(this.state(ChatState), who, presence)
  },
)

When(
  'Ada sets/set her presence to {presence} with the text {string}',
  function (this: AcceptanceWorld, presence: Presence, text: string) {
    return people.setPresence(this.state(ChatState), 'Ada', presence, text)
  },
)

When('Ada tries to set her presence to {presenceRequest}', function (this: AcceptanceWorld, presence: PresenceRequest) {
  return people.tryToSetPresence(this.state(ChatState), presence)
})

Then('others see {person} as {presence}', function (this: AcceptanceWorld, whom: PersonName, presence: Presence) {
  return people.expectPresence(this.state(ChatState), whom, presence)
})

Then('Ada can see the presence of {person}', function (this: AcceptanceWorld, whom: PersonName) {
  return people.expectSomePresence(this.state(ChatState), whom)
})

When('Ada opens/opened a direct conversation with {people}', async function (this: AcceptanceWorld, others: PersonName[]) {
  await direct.openDirect(this.state(ChatState), others)
})

When(
  'Ada tries to open a direct conversation with {partners}',
  function (this: AcceptanceWorld, partners: PersonName[] | NoPartner) {
    return direct.tryToOpenDirect(this.state(ChatState), partners)
  },
)

Then('there is only one direct conversation with {people}', function (this: AcceptanceWorld, others: PersonName[]) {
  return direct.expectOneConversation(this.state(ChatState), others)
})

When('Ada sends/sent {string} to {people} directly', function (this: AcceptanceWorld, text: string, others: PersonName[]) {
  return direct.sendDirect(this.state(ChatState), text, others)
})

When('Ada tries to send {string} to {people} directly', function (this: AcceptanceWorld, text: string, others: PersonName[]) {
  return direct.trySendDirect(this.state(ChatState), text, others)
})

Then('only {people} can read {string}', function (this: AcceptanceWorld, others: PersonName[], text: string) {
  return direct.expectOnlyReaders(this.state(ChatState), others, text)
})

When('Ada sends {string} directly to the author of the latest message', function (this: AcceptanceWorld, text: string) {
  return direct.sendToLatestAuthor(this.state(ChatState), text)
})
