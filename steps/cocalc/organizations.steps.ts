import { type DataTable, Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { CocalcState } from '../../support/services/cocalc/state'
import * as accounts from '../../support/services/cocalc/tasks/accounts'
import * as organizations from '../../support/services/cocalc/tasks/organizations'
import type { AcceptanceWorld } from '../../support/world'

Given('{person} has founded the organization {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return accounts.found(this.state(CocalcState), who, title)
})

When('{person} lists all organizations', function (this: AcceptanceWorld, who: PersonName) {
  return organizations.listAll(this.state(CocalcState), who)
})

Then('a list of organizations is shown', function (this: AcceptanceWorld) {
  return organizations.expectSomeList(this.state(CocalcState))
})

Then('{string} is among them, and each has a name', function (this: AcceptanceWorld, title: string) {
  return organizations.expectAmong(this.state(CocalcState), title)
})

When(
  '{person} describes {string} as follows',
  function (this: AcceptanceWorld, who: PersonName, title: string, table: DataTable) {
    return organizations.describe(this.state(CocalcState), who, title, table.rowsHash())
  },
)

Then('{string} is described as follows', function (this: AcceptanceWorld, title: string, table: DataTable) {
  return organizations.expectDescribed(this.state(CocalcState), title, table.rowsHash())
})

Given('{string} is described as {string}', function (this: AcceptanceWorld, title: string, text: string) {
  return organizations.describe(this.state(CocalcState), 'Ada', title, { title: text })
})

Then('{string} is still described as {string}', function (this: AcceptanceWorld, title: string, text: string) {
  return organizations.expectDescribed(this.state(CocalcState), title, { title: text })
})

When('{person} tries to found {string} again', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return organizations.tryToFoundAgain(this.state(CocalcState), who, title)
})

When('{person} tries to look at {string}', function (this: AcceptanceWorld, who: PersonName, title: string) {
  return organizations.tryToLookAt(this.state(CocalcState), who, title)
})

When('{person} tries to look at an organization that was never founded', function (this: AcceptanceWorld, who: PersonName) {
  return organizations.tryToLookAtNone(this.state(CocalcState), who)
})
