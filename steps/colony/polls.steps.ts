import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import * as polls from '../../support/services/colony/tasks/polls'
import type { AcceptanceWorld } from '../../support/world'

Given(
  'there is a poll {string} by {person} with the options {string} and {string}',
  function (this: AcceptanceWorld, title: string, who: PersonName, one: string, other: string) {
    return polls.havePoll(this.state(ColonyState), who, title, [one, other])
  },
)

Given(
  'there is a poll {string} of another agent with the option {string}',
  function (this: AcceptanceWorld, title: string, option: string) {
    return polls.haveForeignPoll(this.state(ColonyState), title, option)
  },
)

When(
  '{person} votes/voted for {string} in the poll {string}',
  function (this: AcceptanceWorld, who: PersonName, option: string, title: string) {
    return polls.vote(this.state(ColonyState), who, option, title)
  },
)

Then('the poll has the options {string} and {string}', function (this: AcceptanceWorld, one: string, other: string) {
  return polls.expectOptions(this.state(ColonyState), [one, other])
})

Then(
  "{person}'s vote in the poll {string} is {string}",
  function (this: AcceptanceWorld, who: PersonName, title: string, option: string) {
    return polls.expectVote(this.state(ColonyState), who, option, title)
  },
)
