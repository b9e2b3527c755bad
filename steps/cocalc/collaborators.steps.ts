import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { CocalcScene } from '../../support/services/cocalc/state'
import * as collaborators from '../../support/services/cocalc/tasks/collaborators'
import type { AcceptanceWorld } from '../../support/world'

When(
  '{person} adds {everybody} to {string} one after the other',
  function (this: AcceptanceWorld, who: PersonName, whom: string[], title: string) {
    return collaborators.add(this.scene(CocalcScene), who, whom, title)
  },
)

Given('{everybody} is/are on {string}', function (this: AcceptanceWorld, whom: string[], title: string) {
  return collaborators.add(this.scene(CocalcScene), 'Ada', whom, title)
})

When(
  '{person} removes {person} from the project {string}',
  function (this: AcceptanceWorld, who: PersonName, whom: PersonName, title: string) {
    return collaborators.remove(this.scene(CocalcScene), who, whom, title)
  },
)

When(
  '{person} tries to remove {person} from the project {string}',
  function (this: AcceptanceWorld, who: PersonName, whom: PersonName, title: string) {
    return collaborators.tryToRemove(this.scene(CocalcScene), who, whom, title)
  },
)

When(
  '{person} tries to add {person} to {string}',
  function (this: AcceptanceWorld, who: PersonName, whom: PersonName, title: string) {
    return collaborators.tryToAdd(this.scene(CocalcScene), who, whom, title)
  },
)

Then('exactly {everybody} are on {string}', function (this: AcceptanceWorld, names: string[], title: string) {
  return collaborators.expectOn(this.scene(CocalcScene), names, title)
})
