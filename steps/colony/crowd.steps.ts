import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import { haveLongThread } from '../../support/services/colony/tasks/comments'
import * as crowd from '../../support/services/colony/tasks/crowd'
import type { AcceptanceWorld } from '../../support/world'

When(
  '{person} and {person} look at their own profiles {int} times each, all at once',
  function (this: AcceptanceWorld, one: PersonName, other: PersonName, times: number) {
    return crowd.lookAtProfiles(this.state(ColonyState), [one, other], times)
  },
)

Then('each of them saw nobody but themselves', function (this: AcceptanceWorld) {
  crowd.expectOwnProfiles(this.state(ColonyState))
})

Given(
  '{person} and {person} wrote the long conversation {string} at the same time',
  function (this: AcceptanceWorld, one: PersonName, other: PersonName, title: string) {
    return haveLongThread(this.state(ColonyState), [one, other], title)
  },
)

When(
  '{person} and {person} react with {emojis} to {string}, all at once',
  function (this: AcceptanceWorld, one: PersonName, other: PersonName, emojis: string[], title: string) {
    return crowd.reactTogether(this.state(ColonyState), [one, other], emojis, title)
  },
)

Then('each reaction stands there once from both', function (this: AcceptanceWorld) {
  crowd.expectBothReactions(this.state(ColonyState))
})
