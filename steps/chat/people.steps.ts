import { Then, When } from '@cucumber/cucumber'
import type { Presence } from '../../support/chat/adapter'
import { ChatScene } from '../../support/chat/state'
import * as people from '../../support/chat/tasks/people'
import * as privately from '../../support/chat/tasks/private'
import type { PersonName } from '../../support/parameter-types'
import type { AcceptanceWorld } from '../../support/world'

Then('{person} is known as a bot', function (this: AcceptanceWorld, who: PersonName) {
  return people.expectMyself(this.scene(ChatScene), who)
})

When('Ada looks {person} up', function (this: AcceptanceWorld, whom: PersonName) {
  return people.lookUp(this.scene(ChatScene), whom)
})

When('Ada looks for {person} by name', function (this: AcceptanceWorld, whom: PersonName) {
  return people.lookFor(this.scene(ChatScene), whom)
})

When('Ada looks for {person} by display name', function (this: AcceptanceWorld, whom: PersonName) {
  return people.lookForDisplayName(this.scene(ChatScene), whom)
})

When('Ada looks for a name nobody has', function (this: AcceptanceWorld) {
  return people.lookForNobody(this.scene(ChatScene))
})

When('Ada tries to look up an account that never was', function (this: AcceptanceWorld) {
  return people.tryToLookUpNobody(this.scene(ChatScene))
})

Then('it is {person} who is found', function (this: AcceptanceWorld, whom: PersonName) {
  return people.expectFound(this.scene(ChatScene), whom)
})

Then('nobody is found', function (this: AcceptanceWorld) {
  people.expectNobodyFound(this.scene(ChatScene))
})

When('Ada looks the channel up', function (this: AcceptanceWorld) {
  return people.lookUpChannel(this.scene(ChatScene))
})

When('Ada looks for the channel by name', function (this: AcceptanceWorld) {
  return people.lookForChannel(this.scene(ChatScene))
})

When('Ada tries to look up a channel that never was', function (this: AcceptanceWorld) {
  return people.tryToLookUpNoChannel(this.scene(ChatScene))
})

Then('it is the channel they all talk in', function (this: AcceptanceWorld) {
  return people.expectChannel(this.scene(ChatScene))
})

When('Ada shows as {presence} with {string}', function (this: AcceptanceWorld, presence: Presence, says: string) {
  return people.appear(this.scene(ChatScene), presence, says)
})

Then('others see {person} as {presence}', function (this: AcceptanceWorld, whom: PersonName, presence: Presence) {
  return people.expectPresence(this.scene(ChatScene), whom, presence)
})

Then('Ada can tell whether {person} is there', function (this: AcceptanceWorld, whom: PersonName) {
  return people.expectSomePresence(this.scene(ChatScene), whom)
})

When('Ada opens a private conversation with {people}', async function (this: AcceptanceWorld, others: PersonName[]) {
  await privately.openPrivate(this.scene(ChatScene), others)
})

When('Ada tries to open a private conversation with {people}', function (this: AcceptanceWorld, others: PersonName[]) {
  return privately.tryToOpenPrivate(this.scene(ChatScene), others)
})

Then('opening it with {people} again leads to the same', function (this: AcceptanceWorld, others: PersonName[]) {
  return privately.expectSamePrivate(this.scene(ChatScene), others)
})

When('Ada says {string} to {people} in private', function (this: AcceptanceWorld, text: string, others: PersonName[]) {
  return privately.sayPrivately(this.scene(ChatScene), text, others)
})

When('Ada tries to say {string} to {people} in private', function (this: AcceptanceWorld, text: string, others: PersonName[]) {
  return privately.trySayPrivately(this.scene(ChatScene), text, others)
})

Then('only {people} can read {string}', function (this: AcceptanceWorld, others: PersonName[], text: string) {
  return privately.expectPrivately(this.scene(ChatScene), text, others)
})

When('Ada answers whoever spoke last with {string} in private', function (this: AcceptanceWorld, text: string) {
  return privately.sayToLatestAuthor(this.scene(ChatScene), text)
})

Then('{string} has reached {person} in private', function (this: AcceptanceWorld, text: string, whom: PersonName) {
  return privately.expectToldLatestAuthor(this.scene(ChatScene), text, whom)
})

When('Ada attaches {string} to {string}', function (this: AcceptanceWorld, file: string, text: string) {
  return privately.attach(this.scene(ChatScene), file, text)
})

When('Ada tries to attach {string} to {string}', function (this: AcceptanceWorld, file: string, text: string) {
  return privately.tryToAttach(this.scene(ChatScene), file, text)
})

Then('{string} carries the file {string}', function (this: AcceptanceWorld, text: string, file: string) {
  return privately.expectFile(this.scene(ChatScene), text, file)
})
