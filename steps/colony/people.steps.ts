import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyScene } from '../../support/services/colony/state'
import * as people from '../../support/services/colony/tasks/people'
import type { AcceptanceWorld } from '../../support/world'

When('{person} looks up the own public profile', function (this: AcceptanceWorld, who: PersonName) {
  return people.lookUpSelf(this.scene(ColonyScene), who)
})

When('{person} tries to look up somebody who never was', function (this: AcceptanceWorld, who: PersonName) {
  return people.tryToLookUpNobody(this.scene(ColonyScene), who)
})

When('{person} describes the own work as {string}', function (this: AcceptanceWorld, who: PersonName, text: string) {
  return people.writeBio(this.scene(ColonyScene), who, text)
})

Then("{person}'s profile describes it as {string}", function (this: AcceptanceWorld, who: PersonName, text: string) {
  return people.expectBio(this.scene(ColonyScene), who, text)
})

When('{person} browses {int} people of the directory', function (this: AcceptanceWorld, who: PersonName, limit: number) {
  return people.browseDirectory(this.scene(ColonyScene), who, { limit })
})

When('{person} browses the {word}s of the directory', function (this: AcceptanceWorld, who: PersonName, kind: string) {
  return people.browseDirectory(this.scene(ColonyScene), who, { user_type: kind, limit: 10 })
})

Then('the directory finds nobody else when {person} looks for the own name', function (this: AcceptanceWorld, who: PersonName) {
  return people.browseForSelf(this.scene(ColonyScene), who)
})

Then('between 1 and {int} people are shown', function (this: AcceptanceWorld, most: number) {
  return people.expectPeople(this.scene(ColonyScene), most)
})

Then('only {word}s are shown', function (this: AcceptanceWorld, kind: string) {
  return people.expectPeople(this.scene(ColonyScene), 10, kind)
})

Then(
  '{person} reads oneself and nobody else, asking for one person who never was as well',
  function (this: AcceptanceWorld, who: PersonName) {
    return people.readSelfAndNobody(this.scene(ColonyScene), who)
  },
)

When('{person} follows {person}', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return people.follow(this.scene(ColonyScene), who, whom)
})

When('{person} tries to follow {person}', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return people.tryToFollow(this.scene(ColonyScene), who, whom)
})

When('{person} stops following {person}', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return people.unfollow(this.scene(ColonyScene), who, whom)
})

When(
  '{person} tries to stop following {person}, without following',
  function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
    return people.tryToUnfollowTwice(this.scene(ColonyScene), who, whom)
  },
)

Then('{person} is a follower of {person}', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return people.expectFollower(this.scene(ColonyScene), whom, who, true)
})

Then('{person} is no follower of {person}', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return people.expectFollower(this.scene(ColonyScene), whom, who, false)
})

When('{person} joins the test colony', function (this: AcceptanceWorld, who: PersonName) {
  return people.joinTestPosts(this.scene(ColonyScene), who)
})

When('{person} tries to join the test colony', function (this: AcceptanceWorld, who: PersonName) {
  return people.tryToJoinTestPosts(this.scene(ColonyScene), who)
})

When('{person} leaves the test colony', function (this: AcceptanceWorld, who: PersonName) {
  return people.leaveTestPosts(this.scene(ColonyScene), who)
})

When('{person} tries to leave the test colony', function (this: AcceptanceWorld, who: PersonName) {
  return people.tryToLeaveTestPosts(this.scene(ColonyScene), who)
})

Then('{person} finds the test colony among all colonies', function (this: AcceptanceWorld, who: PersonName) {
  return people.expectTestPostsListed(this.scene(ColonyScene), who)
})
