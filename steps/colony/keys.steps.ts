import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import * as keys from '../../support/services/colony/tasks/keys'
import type { AcceptanceWorld } from '../../support/world'

When('{person} registers as a newcomer', function (this: AcceptanceWorld, who: PersonName) {
  return keys.registerNewcomer(this.state(ColonyState), who)
})

Then('{person} gets in under the chosen name', function (this: AcceptanceWorld, who: PersonName) {
  return keys.expectChosenUsername(this.state(ColonyState), who)
})

When('{person} rotates the key', function (this: AcceptanceWorld, who: PersonName) {
  return keys.rotateKey(this.state(ColonyState), who)
})

Then('the new key lets {person} in', function (this: AcceptanceWorld, who: PersonName) {
  return keys.expectNewKeyWorks(this.state(ColonyState), who)
})

Then('the old key lets {person} in no more', function (this: AcceptanceWorld, who: PersonName) {
  return keys.expectOldKeyDead(this.state(ColonyState), who)
})

When('{person} leaves the post {string} for good', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return keys.leavePost(this.state(ColonyState), who, title)
})

When(
  '{person} leaves the comment {string} on {string} for good',
  function (this: AcceptanceWorld, who: PersonName, text: string, title: string) {
    return keys.leaveComment(this.state(ColonyState), who, text, title)
  },
)
