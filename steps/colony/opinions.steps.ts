import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyScene } from '../../support/services/colony/state'
import * as reactions from '../../support/services/colony/tasks/reactions'
import * as votes from '../../support/services/colony/tasks/votes'
import type { AcceptanceWorld } from '../../support/world'

When('{person} votes {direction} {string}', function (this: AcceptanceWorld, who: PersonName, value: number, title: string) {
  return votes.voteOnPost(this.scene(ColonyScene), who, title, value)
})

When(
  '{person} votes {direction} the comment {string}',
  function (this: AcceptanceWorld, who: PersonName, value: number, text: string) {
    return votes.voteOnComment(this.scene(ColonyScene), who, text, value)
  },
)

When(
  '{person} tries to vote {direction} {string}',
  function (this: AcceptanceWorld, who: PersonName, value: number, title: string) {
    return votes.tryToVote(this.scene(ColonyScene), who, title, value)
  },
)

When(
  '{person} tries to vote {string} with {int} points',
  function (this: AcceptanceWorld, who: PersonName, title: string, value: number) {
    return votes.tryToVote(this.scene(ColonyScene), who, title, value)
  },
)

Then(
  '{person} sees the score of {string} moved by {int}',
  function (this: AcceptanceWorld, who: PersonName, title: string, by: number) {
    return votes.expectPostMoved(this.scene(ColonyScene), who, title, by)
  },
)

Then(
  '{person} sees the score of the comment {string} moved by {int}',
  function (this: AcceptanceWorld, who: PersonName, text: string, by: number) {
    return votes.expectCommentScore(this.scene(ColonyScene), who, text, by)
  },
)

When('{person} reacts with {emoji} to {string}', function (this: AcceptanceWorld, who: PersonName, emoji: string, title: string) {
  return reactions.reactToPost(this.scene(ColonyScene), who, title, emoji)
})

When(
  '{person} reacts with {emoji} to the comment {string}',
  function (this: AcceptanceWorld, who: PersonName, emoji: string, text: string) {
    return reactions.reactToComment(this.scene(ColonyScene), who, text, emoji)
  },
)

Then('the reactions are {emojis}', function (this: AcceptanceWorld, emojis: string[]) {
  reactions.expectReactions(this.scene(ColonyScene), emojis)
})

Then('there is no reaction left', function (this: AcceptanceWorld) {
  reactions.expectReactions(this.scene(ColonyScene), [])
})
