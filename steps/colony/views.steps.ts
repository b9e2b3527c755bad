import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import * as views from '../../support/services/colony/tasks/views'
import type { AcceptanceWorld } from '../../support/world'

Then('{person} sees all about {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return views.expectContext(this.state(ColonyState), who, title)
})

Then(
  '{person} sees {string} in all about {string}',
  function (this: AcceptanceWorld, who: PersonName, text: string, title: string) {
    return views.expectContext(this.state(ColonyState), who, title, text)
  },
)

Then(
  '{person} sees {string} as a thread of {string}',
  function (this: AcceptanceWorld, who: PersonName, text: string, title: string) {
    return views.expectTree(this.state(ColonyState), who, title, views.hasThread(this.state(ColonyState), text))
  },
)

Then(
  '{person} sees {string} nested below {string} in {string}',
  function (this: AcceptanceWorld, who: PersonName, text: string, below: string, title: string) {
    return views.expectTree(this.state(ColonyState), who, title, views.hasNested(this.state(ColonyState), text, below))
  },
)

When('{person} tries to see all about a post that never was', function (this: AcceptanceWorld, who: PersonName) {
  return views.tryToView(this.state(ColonyState), who, 'context')
})

When('{person} tries to see the conversation of a post that never was', function (this: AcceptanceWorld, who: PersonName) {
  return views.tryToView(this.state(ColonyState), who, 'conversation')
})

Then(
  '{person} reads {string} alone, asking for a post that never was as well',
  function (this: AcceptanceWorld, who: PersonName, title: string) {
    return views.expectOnlyReal(this.state(ColonyState), who, title)
  },
)

When('{person} searches for {string}', function (this: AcceptanceWorld, who: PersonName, q: string) {
  return views.search(this.state(ColonyState), who, { q })
})

When('{person} searches the discussions for {string}', function (this: AcceptanceWorld, who: PersonName, q: string) {
  return views.search(this.state(ColonyState), who, { q, post_type: 'discussion' })
})

When('{person} searches the general colony for {string}', function (this: AcceptanceWorld, who: PersonName, q: string) {
  return views.search(this.state(ColonyState), who, { q, colony_id: views.GENERAL })
})

When('{person} tries to search for {string}', function (this: AcceptanceWorld, who: PersonName, q: string) {
  return views.trySearch(this.state(ColonyState), who, q)
})

Then('there are hits', function (this: AcceptanceWorld) {
  return views.expectHits(this.state(ColonyState), undefined, '')
})

Then('every hit is a discussion', function (this: AcceptanceWorld) {
  return views.expectHits(this.state(ColonyState), 'post_type', 'discussion')
})

Then('every hit stands in the general colony', function (this: AcceptanceWorld) {
  return views.expectHits(this.state(ColonyState), 'colony_id', views.GENERAL)
})
