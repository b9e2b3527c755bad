import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { CocalcState } from '../../support/services/cocalc/state'
import * as accounts from '../../support/services/cocalc/tasks/accounts'
import * as mail from '../../support/services/cocalc/tasks/mail'
import type { AcceptanceWorld } from '../../support/world'

When('{person} mails {string} to {person}', function (this: AcceptanceWorld, who: PersonName, title: string, whom: PersonName) {
  return mail.mail(this.state(CocalcState), who, title, whom)
})

Then(
  '{person} has mailed {string} to exactly {everybody}',
  function (this: AcceptanceWorld, _who: PersonName, title: string, names: string[]) {
    return mail.expectSent(this.state(CocalcState), title, names)
  },
)

Then(
  '{person} has got {string} from {person}',
  function (this: AcceptanceWorld, name: PersonName, title: string, sender: PersonName) {
    return mail.expectGot(this.state(CocalcState), name, title, sender)
  },
)

Then('{person} has not got {string}', function (this: AcceptanceWorld, name: PersonName, title: string) {
  return mail.expectNotGot(this.state(CocalcState), name, title)
})

When(
  '{person} announces {string} to {string}',
  function (this: AcceptanceWorld, who: PersonName, title: string, organization: string) {
    return mail.announce(this.state(CocalcState), who, title, organization)
  },
)

When(
  '{person} announces {string} to {string}, with headings, lists and a link',
  function (this: AcceptanceWorld, who: PersonName, title: string, organization: string) {
    return mail.announceFormatted(this.state(CocalcState), who, title, organization)
  },
)

Then('{string} has gone to exactly {everybody}', function (this: AcceptanceWorld, title: string, names: string[]) {
  return mail.expectSent(this.state(CocalcState), title, names)
})

Then(
  '{string} has gone to exactly {everybody}, formatting and all',
  function (this: AcceptanceWorld, title: string, names: string[]) {
    return mail.expectSent(this.state(CocalcState), title, names)
  },
)

When('{person} gets a pass for {person}', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return accounts.getPass(this.state(CocalcState), who, whom)
})

Given('{person} has got a pass for {person}', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return accounts.getPass(this.state(CocalcState), who, whom)
})

Then('the pass has an address where it is used', function (this: AcceptanceWorld) {
  return mail.expectPass(this.state(CocalcState))
})

When('{person} withdraws the pass', function (this: AcceptanceWorld, who: PersonName) {
  return mail.withdraw(this.state(CocalcState), who)
})

Then('the pass is no longer known, and withdrawing it again changes nothing', function (this: AcceptanceWorld) {
  return mail.expectWithdrawn(this.state(CocalcState))
})

When('somebody tries to use the pass as a key', function (this: AcceptanceWorld) {
  return mail.tryPassAsKey(this.state(CocalcState))
})
