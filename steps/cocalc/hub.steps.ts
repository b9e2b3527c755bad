import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { CocalcScene } from '../../support/services/cocalc/state'
import * as hub from '../../support/services/cocalc/tasks/hub'
import type { AcceptanceWorld } from '../../support/world'

When('{person} asks whether CoCalc is there', function (this: AcceptanceWorld, who: PersonName) {
  return hub.ask(this.scene(CocalcScene), who, 1)
})

When(
  '{person} asks whether CoCalc is there {int} times in a row',
  function (this: AcceptanceWorld, who: PersonName, times: number) {
    return hub.ask(this.scene(CocalcScene), who, times)
  },
)

Then('CoCalc has answered once', function (this: AcceptanceWorld) {
  return hub.expectAnswers(this.scene(CocalcScene), 1)
})

Then('CoCalc has answered {int} times', function (this: AcceptanceWorld, times: number) {
  return hub.expectAnswers(this.scene(CocalcScene), times)
})

When('somebody with a made-up key tries to ask whether CoCalc is there', function (this: AcceptanceWorld) {
  return hub.tryMadeUpKey(this.scene(CocalcScene))
})

When('{person} looks up the own first name', function (this: AcceptanceWorld, who: PersonName) {
  return hub.lookUpFirstName(this.scene(CocalcScene), who)
})

Then('a first name is shown', function (this: AcceptanceWorld) {
  return hub.expectFirstName(this.scene(CocalcScene))
})

When('{person} searches for {person} by e-mail address', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return hub.searchFor(this.scene(CocalcScene), who, whom, 'email')
})

When('{person} searches for {person} by first name', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return hub.searchFor(this.scene(CocalcScene), who, whom, 'first')
})

When('{person} searches for {person} by last name', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return hub.searchFor(this.scene(CocalcScene), who, whom, 'last')
})

When('{person} searches for a word that nobody is called', function (this: AcceptanceWorld, who: PersonName) {
  return hub.searchForNobody(this.scene(CocalcScene), who)
})

Then('exactly {person} is found, with name and address', function (this: AcceptanceWorld, whom: PersonName) {
  return hub.expectExactly(this.scene(CocalcScene), whom)
})

Then('{person} is among those found', function (this: AcceptanceWorld, whom: PersonName) {
  return hub.expectFound(this.scene(CocalcScene), whom)
})

Then('nobody at all is found', function (this: AcceptanceWorld) {
  return hub.expectNobody(this.scene(CocalcScene))
})

When('{person} looks up the name of {person}', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return hub.lookUpName(this.scene(CocalcScene), who, whom)
})

Then("it is {person}'s name", function (this: AcceptanceWorld, whom: PersonName) {
  return hub.expectName(this.scene(CocalcScene), whom)
})

When('{person} looks up the name of somebody who never was', function (this: AcceptanceWorld, who: PersonName) {
  return hub.lookUpNobodysName(this.scene(CocalcScene), who)
})

Then('it is the name of a deleted user', function (this: AcceptanceWorld) {
  return hub.expectDeletedName(this.scene(CocalcScene))
})
