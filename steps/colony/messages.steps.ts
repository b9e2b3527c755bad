import { Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import * as messages from '../../support/services/colony/tasks/messages'
import type { AcceptanceWorld } from '../../support/world'

When(
  '{person} sends/sent the direct message {string} to {person}',
  function (this: AcceptanceWorld, who: PersonName, text: string, whom: PersonName) {
    return messages.send(this.state(ColonyState), who, text, whom)
  },
)

When('{person} tries to send a direct message to {person}', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return messages.tryToSend(this.state(ColonyState), who, whom)
})

When(
  '{person} {archives} the conversation with {person}',
  function (this: AcceptanceWorld, who: PersonName, act: 'archive' | 'unarchive', whom: PersonName) {
    return messages.changeArchive(this.state(ColonyState), who, act, whom)
  },
)

Then('{person} has {int} more unread message(s)', function (this: AcceptanceWorld, who: PersonName, count: number) {
  return messages.expectMoreUnread(this.state(ColonyState), who, count)
})

Then('{person} has no unread messages from {person}', function (this: AcceptanceWorld, who: PersonName, other: PersonName) {
  return messages.expectAllRead(this.state(ColonyState), who, other)
})

Then('the conversations are listed with the latest message first', function (this: AcceptanceWorld) {
  return messages.expectSorted(this.state(ColonyState))
})
