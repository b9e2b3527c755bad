import { Then, When } from '@cucumber/cucumber'
import { SymphonyState } from '../../support/services/symphony/state'
import * as rooms from '../../support/services/symphony/tasks/rooms'
import type { AcceptanceWorld } from '../../support/world'

When('Ada opens/opened the room {string}', function (this: AcceptanceWorld, title: string) {
  return rooms.openRoom(this.state(SymphonyState), title)
})

Then('the room {string} is open, can be found, and belongs to Ada', function (this: AcceptanceWorld, title: string) {
  return rooms.expectOwnRoom(this.state(SymphonyState), title)
})

When('Ada sends {string} in the room {string}', function (this: AcceptanceWorld, text: string, title: string) {
  return rooms.sayInRoom(this.state(SymphonyState), text, title)
})

When('Ada tries to send {string} in the room {string}', function (this: AcceptanceWorld, text: string, title: string) {
  return rooms.tryToSayInRoom(this.state(SymphonyState), text, title)
})

When('Ada closes/closed the room {string}', function (this: AcceptanceWorld, title: string) {
  return rooms.closeRoom(this.state(SymphonyState), title)
})

Then('the room {string} is closed', function (this: AcceptanceWorld, title: string) {
  return rooms.expectClosed(this.state(SymphonyState), title)
})

When('Ada tries to open the room {string}', function (this: AcceptanceWorld, title: string) {
  return rooms.tryToOpenRoom(this.state(SymphonyState), title)
})

When('Ada tries to open a room named like {string}', function (this: AcceptanceWorld, title: string) {
  return rooms.tryToOpenTwin(this.state(SymphonyState), title)
})

When('Ada tries to open a room with too long a name', function (this: AcceptanceWorld) {
  return rooms.tryLongName(this.state(SymphonyState))
})

When('Ada tries to open a public room that hides its past', function (this: AcceptanceWorld) {
  return rooms.tryClosedPast(this.state(SymphonyState))
})

When('Ada reads the room {string}', function (this: AcceptanceWorld, title: string) {
  return rooms.readRoom(this.state(SymphonyState), title)
})

When('Ada tries to read the history without a start time', function (this: AcceptanceWorld) {
  return rooms.tryHistoryWithoutStart(this.state(SymphonyState))
})

When('Ada left the room of the tests', function (this: AcceptanceWorld) {
  return rooms.leaveRoom(this.state(SymphonyState))
})
