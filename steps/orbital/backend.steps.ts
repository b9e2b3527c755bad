import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { OrbitalScene } from '../../support/services/orbital/state'
import * as backend from '../../support/services/orbital/tasks/backend'
import * as location from '../../support/services/orbital/tasks/location'
import type { AcceptanceWorld } from '../../support/world'

When('somebody asks how the backend is', function (this: AcceptanceWorld) {
  return backend.askHealth(this.scene(OrbitalScene))
})

Then('its {backingServers} are well', function (this: AcceptanceWorld, names: string[]) {
  backend.expectAllWell(this.scene(OrbitalScene), names)
})

Given('the backend keeps positions at hand for {int} seconds', function (this: AcceptanceWorld, seconds: number) {
  return backend.overrideSetting(this.scene(OrbitalScene), 'LOCATION-CACHE-TTL-SECONDS', seconds)
})

Given('the {backingServer} is down', function (this: AcceptanceWorld, server: string) {
  return backend.changeLine(this.scene(OrbitalScene), server, 'cut')
})

When('the {backingServer} is back', function (this: AcceptanceWorld, server: string) {
  return backend.changeLine(this.scene(OrbitalScene), server, 'mend')
})

When('{person} reports/reported where she is in spite of it', function (this: AcceptanceWorld, who: PersonName) {
  return location.tryToReportWhileDown(this.scene(OrbitalScene), who)
})

Then('the backend asks for another try later', function (this: AcceptanceWorld) {
  location.expectUnavailable(this.scene(OrbitalScene))
})

Then('a report of {person} is taken before long', function (this: AcceptanceWorld, who: PersonName) {
  return location.reportOnceBack(this.scene(OrbitalScene), who)
})

When('somebody asks the database for its revision', function (this: AcceptanceWorld) {
  return backend.askRevision(this.scene(OrbitalScene))
})

Then('it is at the revision {string}', function (this: AcceptanceWorld, revision: string) {
  backend.expectRevision(this.scene(OrbitalScene), revision)
})

When('somebody looks through the revisions', function (this: AcceptanceWorld) {
  return backend.askRevisions(this.scene(OrbitalScene))
})

Then('they form one chain', function (this: AcceptanceWorld) {
  backend.expectOneChain(this.scene(OrbitalScene))
})

Given('an empty database', function (this: AcceptanceWorld) {
  return backend.makeDatabase(this.scene(OrbitalScene))
})

When('it is/was brought up to date', async function (this: AcceptanceWorld) {
  await backend.migrate(this.scene(OrbitalScene), 'upgrade')
})

When('it is/was taken back to the beginning', async function (this: AcceptanceWorld) {
  await backend.migrate(this.scene(OrbitalScene), 'downgrade')
})

Then('bringing it up to date once more changes nothing', function (this: AcceptanceWorld) {
  return backend.expectUpgradeDoesNothing(this.scene(OrbitalScene))
})

Then('it holds users, couriers and deliveries', function (this: AcceptanceWorld) {
  return backend.expectComplete(this.scene(OrbitalScene))
})

Then('it holds nothing', function (this: AcceptanceWorld) {
  return backend.expectTables(this.scene(OrbitalScene), [], undefined)
})
