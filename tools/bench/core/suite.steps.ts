import { Given, Then, When } from '@cucumber/cucumber'
import { expect } from 'chai'
import type { PersonName } from '../../../support/parameter-types'
import { ColonyScene } from '../../../support/services/colony/scene'
import { publish } from '../../../support/services/colony/tasks'
import type { AcceptanceWorld } from '../../../support/world'

// The suite's own way of doing the bench's scenarios: the post is made through the undo journal, which also takes it back
// and looks that it is gone after the last step.

Given('{person} has something to say', async function (this: AcceptanceWorld, who: PersonName) {
  await this.scene(ColonyScene).as(who)
})

When('{person} says {string}', async function (this: AcceptanceWorld, who: PersonName, title: string) {
  await publish(this.scene(ColonyScene), who, title)
})

Then('what was said is {string}', function (this: AcceptanceWorld, title: string) {
  expect(this.scene(ColonyScene).posts.recall(title).title).to.contain(title)
})

Then('{person} takes it back', function (this: AcceptanceWorld, _who: PersonName) {
  expect(this.undo.open).to.have.length(1)
})

Then('it is gone', function (this: AcceptanceWorld) {
  expect(this.document).to.equal(undefined)
})
