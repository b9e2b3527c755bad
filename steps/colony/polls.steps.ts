import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import * as polls from '../../support/services/colony/tasks/polls'
import type { AcceptanceWorld } from '../../support/world'

When(
  '{person} asks {string} with the options {string} and {string}',
  function (this: AcceptanceWorld, who: PersonName, title: string, one: string, other: string) {
    return polls.askPoll(this.state(ColonyState), who, title, [one, other])
  },
)

Given(
  'there is a poll {string} by {person} with the options {string} and {string}',
  function (this: AcceptanceWorld, title: string, who: PersonName, one: string, other: string) {
    return polls.havePoll(this.state(ColonyState), who, title, [one, other])
  },
)

When('{person} looks at the poll {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return polls.lookAtPoll(this.state(ColonyState), who, title)
})

When('{person} tries to look at {string} as a poll', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return polls.tryToLookAtPoll(this.state(ColonyState), who, title)
})

Then('its options are {string} and {string}', function (this: AcceptanceWorld, one: string, other: string) {
  return polls.expectOptions(this.state(ColonyState), [one, other])
})

When('{person} chooses {string} in {string}', function (this: AcceptanceWorld, who: PersonName, option: string, title: string) {
  return polls.choose(this.state(ColonyState), who, option, title)
})

Then(
  '{person} has chosen {string} in {string}',
  function (this: AcceptanceWorld, who: PersonName, option: string, title: string) {
    return polls.expectChosen(this.state(ColonyState), who, option, title)
  },
)

Then("{person} can vote in somebody else's poll", function (this: AcceptanceWorld, who: PersonName) {
  return polls.voteInGivenPoll(this.state(ColonyState), who)
})
