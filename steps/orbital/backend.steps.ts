import { Given, Then, When } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { OrbitalState } from '../../support/services/orbital/state'
import * as backend from '../../support/services/orbital/tasks/backend'
import * as location from '../../support/services/orbital/tasks/location'
import type { AcceptanceWorld } from '../../support/world'

When('somebody asks how the backend is', function (this: AcceptanceWorld) {
  return backend.askHealth(this.state(OrbitalState))
})

Then('its {backingServers} are well', function (this: AcceptanceWorld, names: string[]) {
  backend.expectAllWell(this.state(OrbitalState), names)
})

Given('the backend keeps positions at hand for {int} seconds', function (this: AcceptanceWorld, seconds: number) {
  return backend.overrideSetting(this.state(OrbitalState), 'LOCATION-CACHE-TTL-SECONDS', seconds)
})

Given('the {backingServer} is down', function (this: AcceptanceWorld, server: string) {
  return backend.changeLine(this.state(OrbitalState), server, 'cut')
})

When('the {backingServer} is back', function (this: AcceptanceWorld, server: string) {
  return backend.changeLine(this.state(OrbitalState), server, 'mend')
})

When('{person} reports/reported where she is in spite of it', function (this: AcceptanceWorld, who: PersonName) {
  return location.tryToReportWhileDown(this.state(OrbitalState), who)
})

Then('the backend asks for another try later', function (this: AcceptanceWorld) {
  location.expectUnavailable(this.state(OrbitalState))
})

Then('a report of {person} is taken before long', function (this: AcceptanceWorld, who: PersonName) {
  return location.reportOnceBack(this.state(OrbitalState), who)
})

When('somebody asks the database for its revision', function (this: AcceptanceWorld) {
  return backend.askRevision(this.state(OrbitalState))
})

Then('it is at the revision {string}', function (this: AcceptanceWorld, revision: string) {
  backend.expectRevision(this.state(OrbitalState), revision)
})

When('somebody looks through the revisions', function (this: AcceptanceWorld) {
  return backend.askRevisions(this.state(OrbitalState))
})

Then('they form one chain', function (this: AcceptanceWorld) {
  backend.expectOneChain(this.state(OrbitalState))
})

Given('an empty database', function (this: AcceptanceWorld) {
  return backend.makeDatabase(this.state(OrbitalState))
})

When('it is/was brought up to date', async function (this: AcceptanceWorld) {
  await backend.migrate(this.state(OrbitalState), 'upgrade')
})

When('it is/was taken back to the beginning', async function (this: AcceptanceWorld) {
  await backend.migrate(this.state(OrbitalState), 'downgrade')
})

Then('bringing it up to date once more changes nothing', function (this: AcceptanceWorld) {
  return backend.expectUpgradeDoesNothing(this.state(OrbitalState))
})

Then('it holds users, couriers and deliveries', function (this: AcceptanceWorld) {
  return backend.expectComplete(this.state(OrbitalState))
})

Then('it holds nothing', function (this: AcceptanceWorld) {
  return backend.expectTables(this.state(OrbitalState), [], undefined)
})
