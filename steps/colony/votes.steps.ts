import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import * as reactions from '../../support/services/colony/tasks/reactions'
import * as votes from '../../support/services/colony/tasks/votes'
import type { Item } from '../../support/services/colony/words'
import type { AcceptanceWorld } from '../../support/world'

When('{person} {votes} {item}', function (this: AcceptanceWorld, who: PersonName, value: number, item: Item) {
  return votes.vote(this.state(ColonyState), who, item, value)
})

When('{person} tries to vote {int} on {item}', function (this: AcceptanceWorld, who: PersonName, value: number, item: Item) {
  return votes.tryToVote(this.state(ColonyState), who, item, value)
})

Then('the score of {item} has changed by {int}', function (this: AcceptanceWorld, item: Item, by: number) {
  return votes.expectScoreChanged(this.state(ColonyState), item, by)
})

When(
  '{agents} react(s)/reacted with {emojis} to {item}',
  function (this: AcceptanceWorld, people: PersonName[], emojis: string[], item: Item) {
    return reactions.add(this.state(ColonyState), people, emojis, item)
  },
)

When(
  '{person} removes the reaction {emojis} from {item}',
  function (this: AcceptanceWorld, who: PersonName, emojis: string[], item: Item) {
    return reactions.remove(this.state(ColonyState), who, emojis, item)
  },
)

Then(
  '{agents} has/have exactly these reactions to {item}: {emojis}',
  function (this: AcceptanceWorld, people: PersonName[], item: Item, emojis: string[]) {
    return reactions.expectReactions(this.state(ColonyState), people, item, emojis)
  },
)
