import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import * as posts from '../../support/services/colony/tasks/posts'
import type { AcceptanceWorld } from '../../support/world'

When('{person} posts {string}', async function (this: AcceptanceWorld, who: PersonName, title: string) {
  await posts.publish(this.state(ColonyState), who, title)
})

Given('{person} has posted {string}', async function (this: AcceptanceWorld, who: PersonName, title: string) {
  await posts.publish(this.state(ColonyState), who, title)
})

Given('there is a post {string} by {person}', async function (this: AcceptanceWorld, title: string, who: PersonName) {
  await posts.havePost(this.state(ColonyState), who, title)
})

Given('{string} is {int} minutes old', function (this: AcceptanceWorld, title: string, minutes: number) {
  return posts.letTimePass(this.state(ColonyState), title, minutes)
})

When(
  '{person} rewrites {string} as {string}',
  function (this: AcceptanceWorld, who: PersonName, title: string, newTitle: string) {
    return posts.rewrite(this.state(ColonyState), who, title, newTitle)
  },
)

When('{person} tries to rewrite {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return posts.tryToRewrite(this.state(ColonyState), who, title)
})

When('{person} takes {string} down', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return posts.takeDown(this.state(ColonyState), who, title)
})

When('{person} tries to take {string} down', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return posts.tryToTakeDown(this.state(ColonyState), who, title)
})

When('{person} tries to read {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return posts.tryToRead(this.state(ColonyState), who, title)
})

When('{person} tries to read a post that never was', function (this: AcceptanceWorld, who: PersonName) {
  return posts.tryToReadNobodys(this.state(ColonyState), who)
})

When('{person} tries to take down a post that never was', function (this: AcceptanceWorld, who: PersonName) {
  return posts.tryToTakeDownNobodys(this.state(ColonyState), who)
})

Then('{person} can read {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return posts.expectReadable(this.state(ColonyState), who, title)
})
