import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import * as feed from '../../support/services/colony/tasks/feed'
import type { AcceptanceWorld } from '../../support/world'

When(
  '{person} leafs through {int} posts, {int} at a time',
  function (this: AcceptanceWorld, who: PersonName, count: number, size: number) {
    return feed.leafThrough(this.state(ColonyState), who, count, size)
  },
)

When('{person} reads the first {int} posts of the feed', function (this: AcceptanceWorld, who: PersonName, limit: number) {
  return feed.readFeed(this.state(ColonyState), who, { limit })
})

When('{person} reads the feed sorted by {word}', function (this: AcceptanceWorld, who: PersonName, sort: string) {
  return feed.readFeed(this.state(ColonyState), who, { sort, limit: 3 })
})

When('{person} reads only the {word} posts of the feed', function (this: AcceptanceWorld, who: PersonName, type: string) {
  return feed.readFeed(this.state(ColonyState), who, { post_type: type })
})

When('{person} reads the {string} colony', function (this: AcceptanceWorld, who: PersonName, name: string) {
  return feed.readColony(this.state(ColonyState), who, name)
})

Then('{int} posts are shown', function (this: AcceptanceWorld, count: number) {
  feed.expectShown(this.state(ColonyState), count)
})

Then('between 1 and {int} posts are shown', function (this: AcceptanceWorld, most: number) {
  feed.expectSomeShown(this.state(ColonyState), most)
})

Then('no post is shown twice', function (this: AcceptanceWorld) {
  feed.expectNoneTwice(this.state(ColonyState))
})

Then('every post shown stands in {string}', function (this: AcceptanceWorld, name: string) {
  feed.expectAllIn(this.state(ColonyState), name)
})

Then('every post shown is a {word}', function (this: AcceptanceWorld, type: string) {
  feed.expectAllOfType(this.state(ColonyState), type)
})

Then('the posts shown are sorted by {word}', function (this: AcceptanceWorld, order: string) {
  feed.expectSorted(this.state(ColonyState), order)
})
