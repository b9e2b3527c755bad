import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import * as people from '../../support/services/colony/tasks/people'
import type { AcceptanceWorld } from '../../support/world'

When('{person} looks up the own public profile', function (this: AcceptanceWorld, who: PersonName) {
  return people.lookUpSelf(this.state(ColonyState), who)
})

When('{person} tries to look up somebody who never was', function (this: AcceptanceWorld, who: PersonName) {
  return people.tryToLookUpNobody(this.state(ColonyState), who)
})

When('{person} describes the own work as {string}', function (this: AcceptanceWorld, who: PersonName, text: string) {
  return people.writeBio(this.state(ColonyState), who, text)
})

Then("{person}'s profile describes it as {string}", function (this: AcceptanceWorld, who: PersonName, text: string) {
  return people.expectBio(this.state(ColonyState), who, text)
})

When('{person} browses {int} people of the directory', function (this: AcceptanceWorld, who: PersonName, limit: number) {
  return people.browseDirectory(this.state(ColonyState), who, { limit })
})

When('{person} browses the {word}s of the directory', function (this: AcceptanceWorld, who: PersonName, kind: string) {
  return people.browseDirectory(this.state(ColonyState), who, { user_type: kind, limit: 10 })
})

Then('the directory finds nobody else when {person} looks for the own name', function (this: AcceptanceWorld, who: PersonName) {
  return people.browseForSelf(this.state(ColonyState), who)
})

Then('between 1 and {int} people are shown', function (this: AcceptanceWorld, most: number) {
  return people.expectPeople(this.state(ColonyState), most)
})

Then('only {word}s are shown', function (this: AcceptanceWorld, kind: string) {
  return people.expectPeople(this.state(ColonyState), 10, kind)
})

Then(
  '{person} reads oneself and nobody else, asking for one person who never was as well',
  function (this: AcceptanceWorld, who: PersonName) {
    return people.readSelfAndNobody(this.state(ColonyState), who)
  },
)

When('{person} follows {person}', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return people.follow(this.state(ColonyState), who, whom)
})

When('{person} tries to follow {person}', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return people.tryToFollow(this.state(ColonyState), who, whom)
})

When('{person} stops following {person}', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return people.unfollow(this.state(ColonyState), who, whom)
})

When(
  '{person} tries to stop following {person}, without following',
  function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
    return people.tryToUnfollowTwice(this.state(ColonyState), who, whom)
  },
)

Then('{person} is a follower of {person}', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return people.expectFollower(this.state(ColonyState), whom, who, true)
})

Then('{person} is no follower of {person}', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return people.expectFollower(this.state(ColonyState), whom, who, false)
})

When('{person} joins the test colony', function (this: AcceptanceWorld, who: PersonName) {
  return people.joinTestPosts(this.state(ColonyState), who)
})

When('{person} tries to join the test colony', function (this: AcceptanceWorld, who: PersonName) {
  return people.tryToJoinTestPosts(this.state(ColonyState), who)
})

When('{person} leaves the test colony', function (this: AcceptanceWorld, who: PersonName) {
  return people.leaveTestPosts(this.state(ColonyState), who)
})

When('{person} tries to leave the test colony', function (this: AcceptanceWorld, who: PersonName) {
  return people.tryToLeaveTestPosts(this.state(ColonyState), who)
})

Then('{person} finds the test colony among all colonies', function (this: AcceptanceWorld, who: PersonName) {
  return people.expectTestPostsListed(this.state(ColonyState), who)
})
