import { Then, When } from '@cucumber/cucumber'
import type { Presence } from '../../support/chat/adapter'
import { ChatState } from '../../support/chat/state'
import * as people from '../../support/chat/tasks/people'
import * as privately from '../../support/chat/tasks/private'
import type { PersonName } from '../../support/parameter-types'
import type { AcceptanceWorld } from '../../support/world'

Then('{person} is known as a bot', function (this: AcceptanceWorld, who: PersonName) {
  return people.expectMyself(this.state(ChatState), who)
})

When('Ada looks {person} up', function (this: AcceptanceWorld, whom: PersonName) {
  return people.lookUp(this.state(ChatState), whom)
})

When('Ada looks for {person} by name', function (this: AcceptanceWorld, whom: PersonName) {
  return people.lookFor(this.state(ChatState), whom)
})

When('Ada looks for {person} by display name', function (this: AcceptanceWorld, whom: PersonName) {
  return people.lookForDisplayName(this.state(ChatState), whom)
})

When('Ada looks for a name nobody has', function (this: AcceptanceWorld) {
  return people.lookForNobody(this.state(ChatState))
})

When('Ada tries to look up an account that never was', function (this: AcceptanceWorld) {
  return people.tryToLookUpNobody(this.state(ChatState))
})

Then('it is {person} who is found', function (this: AcceptanceWorld, whom: PersonName) {
  return people.expectFound(this.state(ChatState), whom)
})

Then('nobody is found', function (this: AcceptanceWorld) {
  people.expectNobodyFound(this.state(ChatState))
})

When('Ada looks the channel up', function (this: AcceptanceWorld) {
  return people.lookUpChannel(this.state(ChatState))
})

When('Ada looks for the channel by name', function (this: AcceptanceWorld) {
  return people.lookForChannel(this.state(ChatState))
})

When('Ada tries to look up a channel that never was', function (this: AcceptanceWorld) {
  return people.tryToLookUpNoChannel(this.state(ChatState))
})

Then('it is the channel they all talk in', function (this: AcceptanceWorld) {
  return people.expectChannel(this.state(ChatState))
})

When('Ada shows as {presence} with {string}', function (this: AcceptanceWorld, presence: Presence, says: string) {
  return people.appear(this.state(ChatState), presence, says)
})

Then('others see {person} as {presence}', function (this: AcceptanceWorld, whom: PersonName, presence: Presence) {
  return people.expectPresence(this.state(ChatState), whom, presence)
})

Then('Ada can tell whether {person} is there', function (this: AcceptanceWorld, whom: PersonName) {
  return people.expectSomePresence(this.state(ChatState), whom)
})

When('Ada opens a private conversation with {people}', async function (this: AcceptanceWorld, others: PersonName[]) {
  await privately.openPrivate(this.state(ChatState), others)
})

When('Ada tries to open a private conversation with {people}', function (this: AcceptanceWorld, others: PersonName[]) {
  return privately.tryToOpenPrivate(this.state(ChatState), others)
})

Then('opening it with {people} again leads to the same', function (this: AcceptanceWorld, others: PersonName[]) {
  return privately.expectSamePrivate(this.state(ChatState), others)
})

When('Ada says {string} to {people} in private', function (this: AcceptanceWorld, text: string, others: PersonName[]) {
  return privately.sayPrivately(this.state(ChatState), text, others)
})

When('Ada tries to say {string} to {people} in private', function (this: AcceptanceWorld, text: string, others: PersonName[]) {
  return privately.trySayPrivately(this.state(ChatState), text, others)
})

Then('only {people} can read {string}', function (this: AcceptanceWorld, others: PersonName[], text: string) {
  return privately.expectPrivately(this.state(ChatState), text, others)
})

When('Ada answers whoever spoke last with {string} in private', function (this: AcceptanceWorld, text: string) {
  return privately.sayToLatestAuthor(this.state(ChatState), text)
})

Then('{string} has reached {person} in private', function (this: AcceptanceWorld, text: string, whom: PersonName) {
  return privately.expectToldLatestAuthor(this.state(ChatState), text, whom)
})

When('Ada attaches {string} to {string}', function (this: AcceptanceWorld, file: string, text: string) {
  return privately.attach(this.state(ChatState), file, text)
})

When('Ada tries to attach {string} to {string}', function (this: AcceptanceWorld, file: string, text: string) {
  return privately.tryToAttach(this.state(ChatState), file, text)
})

Then('{string} carries the file {string}', function (this: AcceptanceWorld, text: string, file: string) {
  return privately.expectFile(this.state(ChatState), text, file)
})
