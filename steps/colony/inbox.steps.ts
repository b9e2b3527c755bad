import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { ColonyState } from '../../support/services/colony/state'
import * as inbox from '../../support/services/colony/tasks/inbox'
import type { AcceptanceWorld } from '../../support/world'

When('{person} writes {string} to {person}', function (this: AcceptanceWorld, who: PersonName, text: string, whom: PersonName) {
  return inbox.writeTo(this.state(ColonyState), who, text, whom)
})

When('{person} tries to write to {person}', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return inbox.tryToWriteTo(this.state(ColonyState), who, whom)
})

Then(
  '{person} reads {string} in the conversation with {person}',
  function (this: AcceptanceWorld, who: PersonName, text: string, whom: PersonName) {
    return inbox.expectMessage(this.state(ColonyState), who, text, whom)
  },
)

Then('{person} has an unread message', function (this: AcceptanceWorld, who: PersonName) {
  return inbox.expectUnreadMessages(this.state(ColonyState), who)
})

Then('{person} has talked to {person}', function (this: AcceptanceWorld, who: PersonName, whom: PersonName) {
  return inbox.expectConversation(this.state(ColonyState), who, whom)
})

Then('{person} can list the conversations, the latest first', function (this: AcceptanceWorld, who: PersonName) {
  return inbox.expectConversations(this.state(ColonyState), who)
})

Given('{person} has a notification', function (this: AcceptanceWorld, who: PersonName) {
  return inbox.haveNotification(this.state(ColonyState), who)
})

When('{person} marks all notifications as read', function (this: AcceptanceWorld, who: PersonName) {
  return inbox.readAllNotifications(this.state(ColonyState), who)
})

When('{person} marks the newest notification as read', function (this: AcceptanceWorld, who: PersonName) {
  return inbox.readNewestNotification(this.state(ColonyState), who)
})

Then('the newest notification of {person} is read', function (this: AcceptanceWorld, who: PersonName) {
  return inbox.expectReadNotification(this.state(ColonyState), who)
})

Then('{person} has no unread notification', function (this: AcceptanceWorld, who: PersonName) {
  return inbox.expectNoneUnread(this.state(ColonyState), who)
})

Then('{person} has an unread notification', function (this: AcceptanceWorld, who: PersonName) {
  return inbox.expectUnreadNotification(this.state(ColonyState), who)
})

Then('{person} is notified of {string}', function (this: AcceptanceWorld, who: PersonName, text: string) {
  return inbox.expectNotificationOf(this.state(ColonyState), who, text)
})

Then(
  '{person} can list at most {int} notifications, and the unread ones alone',
  function (this: AcceptanceWorld, who: PersonName, most: number) {
    return inbox.expectNotificationList(this.state(ColonyState), who, most)
  },
)
