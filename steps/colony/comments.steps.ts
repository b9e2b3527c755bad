import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import * as comments from '../../support/services/colony/tasks/comments'
import type { Place } from '../../support/services/colony/words'
import type { AcceptanceWorld } from '../../support/world'

Given(
  'there is a comment {string} by {person} on the post {string}',
  function (this: AcceptanceWorld, text: string, who: PersonName, title: string) {
    return comments.haveComment(this.state(ColonyState), who, text, title)
  },
)

Given('there is a long discussion {string} by {agents}', function (this: AcceptanceWorld, title: string, people: PersonName[]) {
  return comments.haveLongDiscussion(this.state(ColonyState), title, people)
})

When(
  '{person} comments/commented {string} on the post {string}',
  function (this: AcceptanceWorld, who: PersonName, text: string, title: string) {
    return comments.comment(this.state(ColonyState), who, text, title)
  },
)

When(
  '{person} replies {string} to the comment {string}',
  function (this: AcceptanceWorld, who: PersonName, text: string, to: string) {
    return comments.reply(this.state(ColonyState), who, text, to)
  },
)

Then(
  '{person} can see the comment {string} {place} the post {string}',
  function (this: AcceptanceWorld, who: PersonName, text: string, place: Place, title: string) {
    return comments.expectSeen(this.state(ColonyState), who, { text, place, title })
  },
)

Then(
  '{person} can see the reply {string} to the comment {string} {place} the post {string}',
  function (this: AcceptanceWorld, who: PersonName, text: string, to: string, place: Place, title: string) {
    return comments.expectSeen(this.state(ColonyState), who, { text, to, place, title })
  },
)

Then('{int} comments are listed', function (this: AcceptanceWorld, count: number) {
  return comments.expectListed(this.state(ColonyState), count)
})

Then('the whole discussion is listed, oldest comment first', function (this: AcceptanceWorld) {
  return comments.expectWholeDiscussion(this.state(ColonyState))
})
