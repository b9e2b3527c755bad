import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import type { Recipients } from '../../support/services/cocalc/groups'
import { CocalcState } from '../../support/services/cocalc/state'
import * as accounts from '../../support/services/cocalc/tasks/accounts'
import * as messages from '../../support/services/cocalc/tasks/messages'
import * as signInTokens from '../../support/services/cocalc/tasks/sign-in-tokens'
import type { AcceptanceWorld } from '../../support/world'

When(
  '{person} sends the message {string} to {recipients}',
  function (this: AcceptanceWorld, who: PersonName, title: string, recipients: Recipients) {
    return messages.send(this.state(CocalcState), who, title, recipients)
  },
)

When(
  '{person} sends the message {string} to {recipients}:',
  function (this: AcceptanceWorld, who: PersonName, title: string, recipients: Recipients, body: string) {
    return messages.send(this.state(CocalcState), who, title, recipients, body)
  },
)

Then(
  'the message {string} is sent from {person} to {exactPersons}',
  function (this: AcceptanceWorld, title: string, sender: PersonName, names: string[]) {
    return messages.expectSent(this.state(CocalcState), title, sender, names)
  },
)

Then(
  '{person} receives the message {string} from {person}',
  function (this: AcceptanceWorld, name: PersonName, title: string, sender: PersonName) {
    return messages.expectReceived(this.state(CocalcState), name, title, sender)
  },
)

Then('{person} does not receive the message {string}', function (this: AcceptanceWorld, name: PersonName, title: string) {
  return messages.expectNotReceived(this.state(CocalcState), name, title)
})

When(
  '{person} creates/(has )created a sign-in token for {person}',
  function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
    return accounts.createSignInToken(this.state(CocalcState), who, whom)
  },
)

When(
  '{person} revokes/(has )revoked the sign-in token for {person}',
  function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
    return signInTokens.revoke(this.state(CocalcState), who, whom)
  },
)

Then('the sign-in token for {person} is {tokenState}', function (this: AcceptanceWorld, whom: PersonName, expected: string) {
  return signInTokens.expectValidity(this.state(CocalcState), whom, expected === 'valid')
})
