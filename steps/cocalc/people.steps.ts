import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { CocalcState } from '../../support/services/cocalc/state'
import * as accounts from '../../support/services/cocalc/tasks/accounts'
import * as people from '../../support/services/cocalc/tasks/people'
import type { AcceptanceWorld } from '../../support/world'

Given('{person} has an account', function (this: AcceptanceWorld, name: PersonName) {
  return accounts.giveAccount(this.state(CocalcState), name)
})

When(
  '{person} creates/(has )created an account for {person} in {organization}',
  function (this: AcceptanceWorld, who: PersonName, name: PersonName, title: string | undefined) {
    return accounts.createAccount(this.state(CocalcState), who, name, title)
  },
)

When(
  '{person} searches for {person} by {searchKey}',
  function (this: AcceptanceWorld, who: PersonName, whom: PersonName, key: string) {
    return people.searchFor(this.state(CocalcState), who, whom, key)
  },
)

When('{person} searches for a name that no account has', function (this: AcceptanceWorld, who: PersonName) {
  return people.searchForUnusedName(this.state(CocalcState), who)
})

Then('the search finds {exactPersons}', function (this: AcceptanceWorld, names: string[]) {
  return people.expectExactlyFound(this.state(CocalcState), names)
})

Then('{person} is among the accounts found', function (this: AcceptanceWorld, name: PersonName) {
  return people.expectAmongFound(this.state(CocalcState), name)
})

When('{person} looks up the name of {account}', function (this: AcceptanceWorld, who: PersonName, whom: string | undefined) {
  return people.lookUpName(this.state(CocalcState), who, whom)
})

Then('the name shown is that of {account}', function (this: AcceptanceWorld, whom: string | undefined) {
  return people.expectName(this.state(CocalcState), whom)
})
