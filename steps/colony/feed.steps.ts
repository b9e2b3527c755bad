import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import * as feed from '../../support/services/colony/tasks/feed'
import type { Filter } from '../../support/services/colony/words'
import type { AcceptanceWorld } from '../../support/world'

When(
  '{person} reads {int} posts of the feed in pages of {int}',
  function (this: AcceptanceWorld, who: PersonName, count: number, size: number) {
    return feed.readPages(this.state(ColonyState), who, count, size)
  },
)

When('{person} reads the posts {filter}', function (this: AcceptanceWorld, who: PersonName, filter: Filter) {
  return feed.readFeed(this.state(ColonyState), who, filter)
})

When('{person} tries to read the posts {filter}', function (this: AcceptanceWorld, who: PersonName, filter: Filter) {
  return feed.tryToReadFeed(this.state(ColonyState), who, filter)
})

When(
  '{person} searches for {string} among the posts {filter}',
  function (this: AcceptanceWorld, who: PersonName, text: string, filter: Filter) {
    return feed.search(this.state(ColonyState), who, text, filter)
  },
)

When('{person} tries to search for {string}', function (this: AcceptanceWorld, who: PersonName, text: string) {
  return feed.tryToSearch(this.state(ColonyState), who, text)
})

Then('{int} different posts are listed', function (this: AcceptanceWorld, count: number) {
  return feed.expectListed(this.state(ColonyState), count)
})

Then('the posts listed are {filter}', function (this: AcceptanceWorld, filter: Filter) {
  return feed.expectEvery(this.state(ColonyState), filter)
})
