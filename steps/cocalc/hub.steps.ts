import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { CocalcState } from '../../support/services/cocalc/state'
import * as hub from '../../support/services/cocalc/tasks/hub'
import type { AcceptanceWorld } from '../../support/world'

When('{person} asks whether CoCalc is there', function (this: AcceptanceWorld, who: PersonName) {
  return hub.ask(this.state(CocalcState), who, 1)
})

When(
  '{person} asks whether CoCalc is there {int} times in a row',
  function (this: AcceptanceWorld, who: PersonName, times: number) {
    return hub.ask(this.state(CocalcState), who, times)
  },
)

Then('CoCalc has answered once', function (this: AcceptanceWorld) {
  return hub.expectAnswers(this.state(CocalcState), 1)
})

Then('CoCalc has answered {int} times', function (this: AcceptanceWorld, times: number) {
  return hub.expectAnswers(this.state(CocalcState), times)
})

When('somebody with a made-up key tries to ask whether CoCalc is there', function (this: AcceptanceWorld) {
  return hub.tryMadeUpKey(this.state(CocalcState))
})

When('{person} looks up the own first name', function (this: AcceptanceWorld, who: PersonName) {
  return hub.lookUpFirstName(this.state(CocalcState), who)
})

Then('a first name is shown', function (this: AcceptanceWorld) {
  return hub.expectFirstName(this.state(CocalcState))
})

When('{person} searches for {person} by e-mail address', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return hub.searchFor(this.state(CocalcState), who, whom, 'email')
})

When('{person} searches for {person} by first name', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return hub.searchFor(this.state(CocalcState), who, whom, 'first')
})

When('{person} searches for {person} by last name', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return hub.searchFor(this.state(CocalcState), who, whom, 'last')
})

When('{person} searches for a word that nobody is called', function (this: AcceptanceWorld, who: PersonName) {
  return hub.searchForNobody(this.state(CocalcState), who)
})

Then('exactly {person} is found, with name and address', function (this: AcceptanceWorld, whom: PersonName) {
  return hub.expectExactly(this.state(CocalcState), whom)
})

Then('{person} is among those found', function (this: AcceptanceWorld, whom: PersonName) {
  return hub.expectFound(this.state(CocalcState), whom)
})

Then('nobody at all is found', function (this: AcceptanceWorld) {
  return hub.expectNobody(this.state(CocalcState))
})

When('{person} looks up the name of {person}', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return hub.lookUpName(this.state(CocalcState), who, whom)
})

Then("it is {person}'s name", function (this: AcceptanceWorld, whom: PersonName) {
  return hub.expectName(this.state(CocalcState), whom)
})

When('{person} looks up the name of somebody who never was', function (this: AcceptanceWorld, who: PersonName) {
  return hub.lookUpNobodysName(this.state(CocalcState), who)
})

Then('it is the name of a deleted user', function (this: AcceptanceWorld) {
  return hub.expectDeletedName(this.state(CocalcState))
})
