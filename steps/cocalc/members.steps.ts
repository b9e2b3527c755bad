import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { CocalcState } from '../../support/services/cocalc/state'
import * as accounts from '../../support/services/cocalc/tasks/accounts'
import * as members from '../../support/services/cocalc/tasks/members'
import type { AcceptanceWorld } from '../../support/world'

Given('{person} is a member of {string}', function (this: AcceptanceWorld, name: PersonName, title: string) {
  return accounts.giveMembership(this.state(CocalcState), name, title)
})

When(
  '{person} gives {person} an account in {string}',
  function (this: AcceptanceWorld, _who: PersonName, name: PersonName, title: string) {
    return accounts.giveMembership(this.state(CocalcState), name, title)
  },
)

Given('{person} has an account', function (this: AcceptanceWorld, name: PersonName) {
  return accounts.giveStrayAccount(this.state(CocalcState), name)
})

Given('{person} has an account in an organization that was never founded', function (this: AcceptanceWorld, name: PersonName) {
  return accounts.giveStrayAccount(this.state(CocalcState), name)
})

Given('{person} has joined {string}', function (this: AcceptanceWorld, name: PersonName, title: string) {
  return accounts.join(this.state(CocalcState), name, title)
})

When('{person} looks at the members of {string}', function (this: AcceptanceWorld, _who: PersonName, title: string) {
  return members.lookAtMembers(this.state(CocalcState), title)
})

Then('{string} has no members', function (this: AcceptanceWorld, title: string) {
  return members.expectNoMembers(this.state(CocalcState), title)
})

Then('{string} has exactly the members {everybody}', function (this: AcceptanceWorld, title: string, names: string[]) {
  return members.expectMembers(this.state(CocalcState), title, names)
})

Then(
  '{person} is a member of {string}, with names and address',
  function (this: AcceptanceWorld, name: PersonName, title: string) {
    return members.expectMember(this.state(CocalcState), name, title)
  },
)

When(
  '{person} makes {person} an admin of {string}',
  function (this: AcceptanceWorld, who: PersonName, whom: PersonName, title: string) {
    return members.promote(this.state(CocalcState), who, whom, title)
  },
)

Given(
  '{person} has made {person} an admin of {string}',
  function (this: AcceptanceWorld, who: PersonName, whom: PersonName, title: string) {
    return members.promote(this.state(CocalcState), who, whom, title)
  },
)

Given(
  '{person}, a member of {string}, was made its admin',
  async function (this: AcceptanceWorld, name: PersonName, title: string) {
    const state = this.state(CocalcState)
    await accounts.giveMembership(state, name, title)
    await members.promote(state, 'Ada', name, title)
  },
)

When(
  "{person} takes the admin's rights in {string} from {person}",
  function (this: AcceptanceWorld, who: PersonName, title: string, whom: PersonName) {
    return members.demote(this.state(CocalcState), who, whom, title)
  },
)

When(
  '{person} tries to make {person} an admin of {string}',
  function (this: AcceptanceWorld, who: PersonName, whom: PersonName, title: string) {
    return members.tryToPromote(this.state(CocalcState), who, whom, title)
  },
)

When(
  '{person} tries to remove {person} from the organization {string}',
  function (this: AcceptanceWorld, who: PersonName, whom: PersonName, title: string) {
    return members.tryToRemove(this.state(CocalcState), who, whom, title)
  },
)

When(
  '{person} moves {person} to {string} and makes {person} an admin of it',
  function (this: AcceptanceWorld, who: PersonName, whom: PersonName, title: string, _again: PersonName) {
    return members.moveAndPromote(this.state(CocalcState), who, whom, title)
  },
)

Then('{person} is an admin of {string}', function (this: AcceptanceWorld, name: PersonName, title: string) {
  return members.expectAdmin(this.state(CocalcState), name, title, true)
})

Then('{person} is no admin of {string}', function (this: AcceptanceWorld, name: PersonName, title: string) {
  return members.expectAdmin(this.state(CocalcState), name, title, false)
})
