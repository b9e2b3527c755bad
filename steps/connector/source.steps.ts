import { type DataTable, Given } from '@cucumber/cucumber'
import type { PersonName } from '../../support/parameter-types'
import { FLAWS } from '../../support/services/connector/flaws'
import { ConnectorScene } from '../../support/services/connector/state'
import * as filters from '../../support/services/connector/tasks/filters'
import * as source from '../../support/services/connector/tasks/source'
import type { AcceptanceWorld } from '../../support/world'

Given('{flaw}', function (this: AcceptanceWorld, flaw: string) {
  return FLAWS[flaw]?.(this.scene(ConnectorScene))
})

Given('the connector logs in as a read-only user', function (this: AcceptanceWorld) {
  return source.logInReadOnly(this.scene(ConnectorScene))
})

Given('{person} includes {schemas} only', function (this: AcceptanceWorld, _who: PersonName, schemas: string[]) {
  return filters.include(this.scene(ConnectorScene), schemas)
})

Given('{person} includes {schemas} only, as text', function (this: AcceptanceWorld, _who: PersonName, schemas: string[]) {
  return filters.includeAsText(this.scene(ConnectorScene), schemas)
})

Given('{person} excludes {schemas}', function (this: AcceptanceWorld, _who: PersonName, schemas: string[]) {
  return filters.exclude(this.scene(ConnectorScene), schemas)
})

Given('{person} includes the database {string}', function (this: AcceptanceWorld, _who: PersonName, database: string) {
  return filters.includeDatabase(this.scene(ConnectorScene), database)
})

Given('{person} includes a schema {string} that is not there', function (this: AcceptanceWorld, _who: PersonName, name: string) {
  return filters.includeMissingSchema(this.scene(ConnectorScene), name)
})

Given('{person} leaves out tables like {string}', function (this: AcceptanceWorld, _who: PersonName, pattern: string) {
  return filters.leaveOutTables(this.scene(ConnectorScene), pattern)
})

Given('{person} gives a run', function (this: AcceptanceWorld, _who: PersonName, table: DataTable) {
  return source.give(this.scene(ConnectorScene), table.raw())
})

Given('the connection is called {string}', function (this: AcceptanceWorld, name: string) {
  return source.nameConnection(this.scene(ConnectorScene), name)
})

Given('the source has a schema {string} with a table and a view of it', function (this: AcceptanceWorld, name: string) {
  return source.makeOwnSchema(this.scene(ConnectorScene), name)
})

Given('the table of {string} is being rebuilt', function (this: AcceptanceWorld, name: string) {
  return source.rebuild(this.scene(ConnectorScene), name)
})

Given('runs start at {string}', function (this: AcceptanceWorld, endpoint: string) {
  return source.startAt(this.scene(ConnectorScene), endpoint)
})

Given('the app may take {int} seconds to answer', function (this: AcceptanceWorld, seconds: number) {
  return source.allowSeconds(this.scene(ConnectorScene), seconds)
})
