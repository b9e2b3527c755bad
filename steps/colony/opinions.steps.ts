import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import * as reactions from '../../support/services/colony/tasks/reactions'
import * as votes from '../../support/services/colony/tasks/votes'
import type { AcceptanceWorld } from '../../support/world'

When('{person} votes {direction} {string}', function (this: AcceptanceWorld, who: PersonName, value: number, title: string) {
  return votes.voteOnPost(this.state(ColonyState), who, title, value)
})

When(
  '{person} votes {direction} the comment {string}',
  function (this: AcceptanceWorld, who: PersonName, value: number, text: string) {
    return votes.voteOnComment(this.state(ColonyState), who, text, value)
  },
)

When(
  '{person} tries to vote {direction} {string}',
  function (this: AcceptanceWorld, who: PersonName, value: number, title: string) {
    return votes.tryToVote(this.state(ColonyState), who, title, value)
  },
)

When(
  '{person} tries to vote {string} with {int} points',
  function (this: AcceptanceWorld, who: PersonName, title: string, value: number) {
    return votes.tryToVote(this.state(ColonyState), who, title, value)
  },
)

Then(
  '{person} sees the score of {string} moved by {int}',
  function (this: AcceptanceWorld, who: PersonName, title: string, by: number) {
    return votes.expectPostMoved(this.state(ColonyState), who, title, by)
  },
)

Then(
  '{person} sees the score of the comment {string} moved by {int}',
  function (this: AcceptanceWorld, who: PersonName, text: string, by: number) {
    return votes.expectCommentScore(this.state(ColonyState), who, text, by)
  },
)

When('{person} reacts with {emoji} to {string}', function (this: AcceptanceWorld, who: PersonName, emoji: string, title: string) {
  return reactions.reactToPost(this.state(ColonyState), who, title, emoji)
})

When(
  '{person} reacts with {emoji} to the comment {string}',
  function (this: AcceptanceWorld, who: PersonName, emoji: string, text: string) {
    return reactions.reactToComment(this.state(ColonyState), who, text, emoji)
  },
)

Then('the reactions are {emojis}', function (this: AcceptanceWorld, emojis: string[]) {
  reactions.expectReactions(this.state(ColonyState), emojis)
})

Then('there is no reaction left', function (this: AcceptanceWorld) {
  reactions.expectReactions(this.state(ColonyState), [])
})
