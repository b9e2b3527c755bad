import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { CocalcState } from '../../support/services/cocalc/state'
import * as collaborators from '../../support/services/cocalc/tasks/collaborators'
import type { AcceptanceWorld } from '../../support/world'

When(
  '{person} adds {everybody} to {string} one after the other',
  function (this: AcceptanceWorld, who: PersonName, whom: string[], title: string) {
    return collaborators.add(this.state(CocalcState), who, whom, title)
  },
)

Given('{everybody} is/are on {string}', function (this: AcceptanceWorld, whom: string[], title: string) {
  return collaborators.add(this.state(CocalcState), 'Ada', whom, title)
})

When(
  '{person} removes {person} from the project {string}',
  function (this: AcceptanceWorld, who: PersonName, whom: PersonName, title: string) {
    return collaborators.remove(this.state(CocalcState), who, whom, title)
  },
)

When(
  '{person} tries to remove {person} from the project {string}',
  function (this: AcceptanceWorld, who: PersonName, whom: PersonName, title: string) {
    return collaborators.tryToRemove(this.state(CocalcState), who, whom, title)
  },
)

When(
  '{person} tries to add {person} to {string}',
  function (this: AcceptanceWorld, who: PersonName, whom: PersonName, title: string) {
    return collaborators.tryToAdd(this.state(CocalcState), who, whom, title)
  },
)

Then('exactly {everybody} are on {string}', function (this: AcceptanceWorld, names: string[], title: string) {
  return collaborators.expectOn(this.state(CocalcState), names, title)
})
