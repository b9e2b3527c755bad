import { Given, Then, When } from '@cucumber/cucumber'
import { OrbitalState } from '../../support/services/orbital/state'
import * as operations from '../../support/services/orbital/tasks/operations'
import type { AcceptanceWorld } from '../../support/world'

When('the health of the backend is checked', function (this: AcceptanceWorld) {
  return operations.checkHealth(this.state(OrbitalState))
})

Then('the {backingServers} are available', function (this: AcceptanceWorld, names: string[]) {
  operations.expectHealthy(this.state(OrbitalState), names)
})

Given('the backend caches positions for {duration}', function (this: AcceptanceWorld, seconds: number) {
  return operations.overrideSetting(this.state(OrbitalState), 'LOCATION-CACHE-TTL-SECONDS', seconds)
})

Given('the {backingServers} is {downOrUp}', function (this: AcceptanceWorld, names: string[], isDown: boolean) {
  return operations.setAvailability(this.state(OrbitalState), names, isDown ? 'cut' : 'mend')
})

When('the schema revisions are read', function (this: AcceptanceWorld) {
  return operations.readRevisions(this.state(OrbitalState))
})

Then('the database is at exactly one revision, the latest', function (this: AcceptanceWorld) {
  operations.expectLatestRevision(this.state(OrbitalState))
})

Then('the revisions form a single chain', function (this: AcceptanceWorld) {
  operations.expectChain(this.state(OrbitalState))
})

Given('an empty database', function (this: AcceptanceWorld) {
  return operations.createDatabase(this.state(OrbitalState))
})

When('the database is/was {migration}', function (this: AcceptanceWorld, direction: 'upgrade' | 'downgrade') {
  return operations.migrate(this.state(OrbitalState), direction)
})

Then('the schema is unchanged', function (this: AcceptanceWorld) {
  operations.expectUnchanged(this.state(OrbitalState))
})

Then('the database has {tables}', function (this: AcceptanceWorld, tables: string[]) {
  operations.expectTables(this.state(OrbitalState), tables)
})
