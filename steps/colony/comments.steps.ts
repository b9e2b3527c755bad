import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import * as comments from '../../support/services/colony/tasks/comments'
import { NOBODYS } from '../../support/services/colony/tasks/posts'
import type { AcceptanceWorld } from '../../support/world'

When('{person} comments {string} on {string}', function (this: AcceptanceWorld, who: PersonName, text: string, title: string) {
  return comments.comment(this.state(ColonyState), who, text, title)
})

Given(
  'there is a comment {string} by {person} on {string}',
  function (this: AcceptanceWorld, text: string, who: PersonName, title: string) {
    return comments.haveComment(this.state(ColonyState), who, text, title)
  },
)

When('{person} answers {string} to {string}', function (this: AcceptanceWorld, who: PersonName, text: string, to: string) {
  return comments.reply(this.state(ColonyState), who, text, to)
})

Given('{string} is a long conversation of {person}', function (this: AcceptanceWorld, title: string, who: PersonName) {
  return comments.haveLongThread(this.state(ColonyState), [who], title)
})

When('{person} reads all comments on {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return comments.readComments(this.state(ColonyState), who, title)
})

When(
  '{person} reads at most {int} comments on {string}',
  function (this: AcceptanceWorld, who: PersonName, most: number, title: string) {
    return comments.readComments(this.state(ColonyState), who, title, most)
  },
)

Then('{person} sees the comment {string} on the first page', function (this: AcceptanceWorld, who: PersonName, text: string) {
  return comments.expectOnFirstPage(this.state(ColonyState), who, text)
})

Then(
  '{person} finds {string} among all comments on {string}',
  function (this: AcceptanceWorld, who: PersonName, text: string, title: string) {
    return comments.expectBelow(this.state(ColonyState), who, text, title)
  },
)

Then(
  '{person} sees {string} as an answer to {string}',
  function (this: AcceptanceWorld, who: PersonName, text: string, to: string) {
    return comments.expectReplyTo(this.state(ColonyState), who, text, to)
  },
)

Then('{int} comments are shown', function (this: AcceptanceWorld, count: number) {
  comments.expectRemarks(this.state(ColonyState), count)
})

Then('the whole conversation is shown, oldest first and nothing twice', function (this: AcceptanceWorld) {
  comments.expectWholeThread(this.state(ColonyState))
})

Then('{person} finds no comments on a post that never was', function (this: AcceptanceWorld, who: PersonName) {
  return comments.expectNoCommentsOn(this.state(ColonyState), who, NOBODYS)
})
