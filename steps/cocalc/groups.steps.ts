import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import type { Group } from '../../support/services/cocalc/groups'
import { CocalcState } from '../../support/services/cocalc/state'
import * as accounts from '../../support/services/cocalc/tasks/accounts'
import * as groups from '../../support/services/cocalc/tasks/groups'
import type { AcceptanceWorld } from '../../support/world'

Given('{person} is a member of {organization}', function (this: AcceptanceWorld, name: PersonName, title: string | undefined) {
  return accounts.giveAccount(this.state(CocalcState), name, title)
})

When(
  '{person} adds/(has )added {persons} to {group}',
  function (this: AcceptanceWorld, who: PersonName, whom: string[], group: Group) {
    return groups.add(this.state(CocalcState), who, whom, group)
  },
)

When(
  '{person} tries to add {person} to {group}',
  function (this: AcceptanceWorld, who: PersonName, whom: PersonName, group: Group) {
    return groups.tryToAdd(this.state(CocalcState), who, whom, group)
  },
)

When('{person} removes {person} from {group}', function (this: AcceptanceWorld, who: PersonName, whom: PersonName, group: Group) {
  return groups.remove(this.state(CocalcState), who, whom, group)
})

When(
  '{person} tries to remove {person} from {group}',
  function (this: AcceptanceWorld, who: PersonName, whom: PersonName, group: Group) {
    return groups.tryToRemove(this.state(CocalcState), who, whom, group)
  },
)

Then('{exactPersons} belong(s) to {group}', function (this: AcceptanceWorld, names: string[], group: Group) {
  return groups.expectExactly(this.state(CocalcState), names, group)
})
