import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import * as items from '../../support/services/colony/tasks/items'
import * as notifications from '../../support/services/colony/tasks/notifications'
import type { Markable } from '../../support/services/colony/words'
import type { AcceptanceWorld } from '../../support/world'

Given('{person} has a notification', function (this: AcceptanceWorld, who: PersonName) {
  return notifications.haveNotification(this.state(ColonyState), who)
})

When('{person} marks/marked {markable} as read', function (this: AcceptanceWorld, who: PersonName, which: Markable) {
  return items.markRead(this.state(ColonyState), who, which)
})

Then('{person} has no unread notifications', function (this: AcceptanceWorld, who: PersonName) {
  return notifications.expectNoneUnread(this.state(ColonyState), who)
})

Then(
  '{person} is notified of the comment {string} by {person}',
  function (this: AcceptanceWorld, who: PersonName, text: string, by: PersonName) {
    return notifications.expectNotified(this.state(ColonyState), who, text, by)
  },
)

Then('at most {int} {word} notifications are listed', function (this: AcceptanceWorld, most: number, which: string) {
  return notifications.expectListed(this.state(ColonyState), most, which === 'unread')
})

Then('that notification is marked as read for {person}', function (this: AcceptanceWorld, who: PersonName) {
  return notifications.expectRead(this.state(ColonyState), who)
})
