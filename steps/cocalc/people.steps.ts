import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import type { Searched, SearchResult } from '../../support/services/cocalc/parameter-types'
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

When('{person} searches for {searched}', function (this: AcceptanceWorld, who: PersonName, searched: Searched) {
  return people.searchFor(this.state(CocalcState), who, searched)
})

Then('the search finds {searchResult}', function (this: AcceptanceWorld, result: SearchResult) {
  return people.expectFound(this.state(CocalcState), result)
})

When('{person} looks up the name of {account}', function (this: AcceptanceWorld, who: PersonName, whom: string | undefined) {
  return people.lookUpName(this.state(CocalcState), who, whom)
})

Then('the name shown is that of {account}', function (this: AcceptanceWorld, whom: string | undefined) {
  return people.expectName(this.state(CocalcState), whom)
})
