import { Then, When } from '@cucumber/cucumber'
import type { RoomRequest, RoomState } from '../../support/services/symphony/parameter-types'
import { SymphonyState } from '../../support/services/symphony/state'
import * as rooms from '../../support/services/symphony/tasks/rooms'
import type { AcceptanceWorld } from '../../support/world'

When('Ada creates/created the room {string}', function (this: AcceptanceWorld, title: string) {
  return rooms.createRoom(this.state(SymphonyState), title)
})

Then('the room {string} is {roomState}', function (this: AcceptanceWorld, title: string, roomState: RoomState) {
  return rooms.expectRoom(this.state(SymphonyState), title, roomState)
})

When('Ada tries to send {string} in the room {string}', function (this: AcceptanceWorld, text: string, title: string) {
  return rooms.tryToSendInRoom(this.state(SymphonyState), text, title)
})

When('Ada deactivates/deactivated the room {string}', function (this: AcceptanceWorld, title: string) {
  return rooms.deactivateRoom(this.state(SymphonyState), title)
})

When('Ada tries to create {roomRequest}', function (this: AcceptanceWorld, request: RoomRequest) {
  return rooms.tryToCreate(this.state(SymphonyState), request)
})

When('Ada reads the history of the room {string}', function (this: AcceptanceWorld, title: string) {
  return rooms.readRoom(this.state(SymphonyState), title)
})

When('Ada tries to read the history without a start time', function (this: AcceptanceWorld) {
  return rooms.tryHistoryWithoutStart(this.state(SymphonyState))
})

When('Ada left the room of the tests', function (this: AcceptanceWorld) {
  return rooms.leaveRoom(this.state(SymphonyState))
})
