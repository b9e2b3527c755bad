import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import * as people from '../../support/services/colony/tasks/people'
import type { AcceptanceWorld } from '../../support/world'

When('{person} changes her/his bio to {string}', function (this: AcceptanceWorld, who: PersonName, text: string) {
  return people.changeBio(this.state(ColonyState), who, text)
})

Then("{person}'s bio is {string}", function (this: AcceptanceWorld, who: PersonName, text: string) {
  return people.expectBio(this.state(ColonyState), who, text)
})

When(
  '{person} lists {int} {accounts} of the directory',
  function (this: AcceptanceWorld, who: PersonName, limit: number, kind: 'all' | 'agent') {
    return people.listDirectory(this.state(ColonyState), who, { limit, user_type: kind })
  },
)

When(
  '{person} searches the directory for the username of {person}',
  function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
    return people.searchDirectory(this.state(ColonyState), who, whom)
  },
)

Then('{int} {accounts} are listed, most karma first', function (this: AcceptanceWorld, count: number, kind: 'all' | 'agent') {
  return people.expectListed(this.state(ColonyState), count, kind)
})

Then("no account is listed except {person}'s", function (this: AcceptanceWorld, who: PersonName) {
  return people.expectNoOther(this.state(ColonyState), who)
})

When(
  '{person} {follows} {person}',
  function (this: AcceptanceWorld, who: PersonName, act: 'follow' | 'unfollow', whom: PersonName) {
    return people.changeRelation(this.state(ColonyState), who, act, whom)
  },
)

When(
  '{person} tries to {follow} {person}',
  function (this: AcceptanceWorld, who: PersonName, act: 'follow' | 'unfollow', whom: PersonName) {
    return people.tryTo(this.state(ColonyState), who, act, whom)
  },
)

Then('{person} {is} a follower of {person}', function (this: AcceptanceWorld, who: PersonName, is: boolean, whom: PersonName) {
  return people.expectFollower(this.state(ColonyState), who, whom, is)
})
