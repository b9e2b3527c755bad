import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import * as items from '../../support/services/colony/tasks/items'
import * as posts from '../../support/services/colony/tasks/posts'
import type { Act, Item, Publishing } from '../../support/services/colony/words'
import type { AcceptanceWorld } from '../../support/world'

Given('there is a post {string} by {person}', function (this: AcceptanceWorld, title: string, who: PersonName) {
  return posts.havePost(this.state(ColonyState), who, title)
})

Given('everything {person} writes is left for inspection', function (this: AcceptanceWorld, who: PersonName) {
  return posts.leaveEverything(this.state(ColonyState), who)
})

Given('{item} is {int} minutes old', function (this: AcceptanceWorld, item: Item, minutes: number) {
  return items.age(this.state(ColonyState), item, minutes)
})

When('{person} publishes/published the post {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return posts.publish(this.state(ColonyState), who, title)
})

When(
  '{person} publishes/published the post {string} {publishing}',
  function (this: AcceptanceWorld, who: PersonName, title: string, publishing: Publishing) {
    return posts.publish(this.state(ColonyState), who, title, publishing)
  },
)

When('{person} tries to publish a post {publishing}', function (this: AcceptanceWorld, who: PersonName, publishing: Publishing) {
  return posts.tryToPublish(this.state(ColonyState), who, publishing)
})

When('{person} edits {item} to {string}', function (this: AcceptanceWorld, who: PersonName, item: Item, text: string) {
  return items.edit(this.state(ColonyState), who, item, text)
})

When('{person} deletes {item}', function (this: AcceptanceWorld, who: PersonName, item: Item) {
  return items.remove(this.state(ColonyState), who, item)
})

When('{person} reads/views/lists {item}', function (this: AcceptanceWorld, who: PersonName, item: Item) {
  return items.read(this.state(ColonyState), who, item)
})

When('{person} tries to {act} {item}', function (this: AcceptanceWorld, who: PersonName, act: Act, item: Item) {
  return items.tryTo(this.state(ColonyState), who, act, item)
})

When(
  '{person} requests {item} together with one that does not exist',
  function (this: AcceptanceWorld, who: PersonName, item: Item) {
    return items.requestWithMissing(this.state(ColonyState), who, item)
  },
)

Then('{person} {can} read {item}', function (this: AcceptanceWorld, who: PersonName, can: boolean, item: Item) {
  return items.expectReadable(this.state(ColonyState), who, item, can)
})

Then('{item} is shown as {person} wrote it', function (this: AcceptanceWorld, item: Item, who: PersonName) {
  return posts.expectShown(this.state(ColonyState), item, who)
})

Then('only {item} is returned', function (this: AcceptanceWorld, item: Item) {
  return items.expectOnly(this.state(ColonyState), item)
})

Then('{item} {is} listed for {person}', function (this: AcceptanceWorld, item: Item, is: boolean, who: PersonName) {
  return items.expectListed(this.state(ColonyState), who, item, is)
})
