import { type DataTable, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { CocalcState } from '../../support/services/cocalc/state'
import * as accounts from '../../support/services/cocalc/tasks/accounts'
import * as organizations from '../../support/services/cocalc/tasks/organizations'
import type { AcceptanceWorld } from '../../support/world'

When(
  '{person} creates/(has )created the organization {string}',
  function (this: AcceptanceWorld, who: PersonName, title: string) {
    return accounts.createOrganization(this.state(CocalcState), who, title)
  },
)

When(
  '{person} tries to create the organization {string} again',
  function (this: AcceptanceWorld, who: PersonName, title: string) {
    return organizations.tryToCreateAgain(this.state(CocalcState), who, title)
  },
)

When(
  '{person} describes/(has )described the organization {string} as follows:',
  function (this: AcceptanceWorld, who: PersonName, title: string, table: DataTable) {
    return organizations.describe(this.state(CocalcState), who, title, table.rowsHash())
  },
)

Then('the organization {string} is described as follows:', function (this: AcceptanceWorld, title: string, table: DataTable) {
  return organizations.expectDescribed(this.state(CocalcState), title, table.rowsHash())
})

When('{person} tries to view {organization}', function (this: AcceptanceWorld, who: PersonName, title: string | undefined) {
  return organizations.tryToView(this.state(CocalcState), who, title)
})
